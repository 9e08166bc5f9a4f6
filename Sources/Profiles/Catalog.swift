internal import Events
internal import Files
internal import JSON

/// Everything known of the world: the profiles in the binary, which are read when they are asked for,
/// and a user's own, which win.
package struct Catalog: Sendable {
  /// A user's own, those that are asked first first.
  private let ownGateways: [GatewayProfile]
  private let ownVendors: [VendorProfile]
  /// What holds for every gateway.
  package let genericGateway: GatewayProfile
  /// What holds for every vendor without a profile.
  package let genericVendor: VendorProfile
  /// The only gateway and the only vendor there are; nil for all.
  private var sole: (gateway: String?, vendor: String?)?

  /// Reads a user's own files: a later one is asked first, and takes the place of an earlier one of its
  /// name, as of one in the binary.
  package init(_ files: [ProfileFile] = []) throws {
    let parser = JSONParser()
    defer { withExtendedLifetime(parser) {} }  // as long as values of it are read
    var gateways: [GatewayProfile] = []
    var vendors: [VendorProfile] = []
    for file in files {
      switch try file.text.withUnsafeBufferPointer({ try Catalog.profile($0, file, parser) }) {
      case .gateway(let profile):
        gateways.removeAll { $0.name == profile.name }
        gateways.insert(profile, at: 0)
      case .vendor(let profile):
        vendors.removeAll { $0.name == profile.name }
        vendors.insert(profile, at: 0)
      }
    }
    guard
      let genericGateway = try gateways.first(where: \.isGeneric)
        ?? Catalog.builtInGateways.named(GatewayProfile.genericName),
      let genericVendor = try vendors.first(where: \.isGeneric)
        ?? Catalog.builtInVendors.named(VendorProfile.genericName)
    else {
      throw ProfileError(file: "generic.json", message: "the generic profiles are missing")
    }
    self.genericGateway = genericGateway
    self.genericVendor = genericVendor
    ownGateways = gateways.filter { !$0.isGeneric }
    ownVendors = vendors.filter { !$0.isGeneric }
  }

  /// The same, as if there were no gateway but one, and no vendor but one: a fraction of the profiles is
  /// read for it.
  package func only(gateway: String?, vendor: String?) -> Catalog {
    var catalog = self
    catalog.sole = (gateway, vendor)
    return catalog
  }

  /// Those that are asked first stand first.
  package var gateways: [GatewayProfile] {
    if let sole {
      return Catalog.one(sole.gateway, of: ownGateways, or: Catalog.builtInGateways, \.name)
        .filter { !$0.isGeneric }
    }
    let own = Set(ownGateways.map(\.name))
    return ownGateways
      + Catalog.builtInGateways.all.filter { !$0.isGeneric && !own.contains($0.name) }
  }

  package var vendors: [VendorProfile] {
    if let sole {
      return Catalog.one(sole.vendor, of: ownVendors, or: Catalog.builtInVendors, \.name)
        .filter { !$0.isGeneric }
    }
    let own = Set(ownVendors.map(\.name))
    return ownVendors
      + Catalog.builtInVendors.all.filter { !$0.isGeneric && !own.contains($0.name) }
  }

  /// The profile of a name, a user's own first; none where there is no such file.
  private static func one<Profile>(
    _ name: String?, of own: [Profile], or builtIn: BuiltInProfiles<Profile>,
    _ nameOf: (Profile) -> String
  ) -> [Profile] {
    guard let name else { return [] }
    if let profile = own.first(where: { nameOf($0) == name }) { return [profile] }
    guard let profile = try? builtIn.named(name), nameOf(profile) == name else { return [] }
    return [profile]
  }

  /// What codes and messages mean where the vendor does not say.
  package var kinds: ErrorTable { Catalog.anyVendor }

  /// The files in the binary.
  static var embedded: some Sequence<(name: String, text: Bytes)> { embedded(in: "") }

  /// Those in a folder, which ends in `/`.
  static func embedded(in folder: String) -> some Sequence<(name: String, text: Bytes)> {
    Embedded.files.lazy
      .filter { file in
        file.name.withUTF8Buffer { $0.starts(with: folder.utf8) }
      }
      .map { file in
        let text = Bytes(start: file.text.utf8Start, count: file.text.utf8CodeUnitCount)
        return ("\(file.name)", text)
      }
  }

  /// A table of the files in the binary.
  static func table(_ name: String) throws -> ErrorTable {
    guard let file = embedded(in: name).first(where: { $0.name == name }) else {
      throw ProfileError(file: name, message: "the table is missing")
    }
    let parser = JSONParser()
    return try withExtendedLifetime(parser) {
      try ErrorTable(try value(of: file.text, name, parser), file: name)
    }
  }

  private enum Profile {
    case gateway(GatewayProfile)
    case vendor(VendorProfile)
  }

  /// A user's own. Of those in the binary a test reads the samples.
  private static func profile(
    _ text: Bytes, _ file: ProfileFile, _ parser: JSONParser
  ) throws -> Profile {
    let name = file.name
    do {
      let value = try value(of: text, name, parser)
      let sort = try file.sort ?? ProfileFile.sort(of: value, file: name)
      _ = try samples(in: value, name, sort)
      switch sort {
      case .gateway:
        return .gateway(try GatewayProfile(value, file: name, contents: file.text))
      case .vendor:
        return .vendor(try VendorProfile(value, file: name, contents: file.text))
      }
    } catch let error as ProfileError {
      throw error.placed(in: text)
    }
  }

  private static func samples(
    in value: JSONValue, _ file: String, _ sort: ProfileFile.Sort
  ) throws -> [Sample] {
    try Sample.list(in: ProfileObject(value, file: file), of: sort)
  }

  /// The samples of a profile: few ask for them, so that its file is read once more.
  fileprivate static func samples(
    in contents: [UInt8], _ file: String, _ sort: ProfileFile.Sort
  ) throws -> [Sample] {
    let parser = JSONParser()
    return try withExtendedLifetime(parser) {
      try contents.withUnsafeBufferPointer { text in
        do {
          return try samples(in: try value(of: text, file, parser), file, sort)
        } catch let error as ProfileError {
          throw error.placed(in: text)
        }
      }
    }
  }

  static func value(of text: Bytes, _ file: String, _ parser: JSONParser) throws
    -> JSONValue
  {
    do throws(JSONError) {
      return try parser.parse(text)
    } catch {
      let mistake = JSONText(text).mistake()
      var refusal = ProfileError(file: file, message: mistake?.message ?? error.message)
      refusal.place = mistake?.place
      throw refusal
    }
  }

  /// The vendor known by this name or alias, whatever its case.
  package func vendor(named name: String) -> VendorProfile? {
    let name = name.lowercased()
    func isIts(_ vendor: VendorProfile) -> Bool {
      vendor.name == name || vendor.aliases.contains(name)
    }
    if let own = ownVendors.first(where: isIts) { return own }
    // The file of its name, and else any whose name it is besides.
    if let vendor = try? Catalog.builtInVendors.named(name), vendor.name == name,
      !vendor.isGeneric
    {
      return vendor
    }
    return vendors.first(where: isIts)
  }

  /// The same, also by its title: how people call it.
  package func vendor(called name: String) -> VendorProfile? {
    vendor(named: name) ?? vendors.first { $0.title.lowercased() == name.lowercased() }
  }

  /// The gateway known by this name or title, whatever its case.
  package func gateway(called name: String) -> GatewayProfile? {
    let name = name.lowercased()
    return gateways.first { $0.name.lowercased() == name || $0.title.lowercased() == name }
  }

  /// The documented error that a response is, if one is documented: the vendor's own word first,
  /// then what holds for all. A 429 is never anything but a limit of some sort.
  package func rule(vendor: VendorProfile?, for facts: ErrorFacts) -> ErrorRule? {
    if let rule = vendor?.errors.rule(for: facts) ?? genericVendor.errors.rule(for: facts) {
      return rule
    }
    let rule = kinds.rule(for: facts)
    // What is merely refused may say why in other words, or in another language; what names fields has
    // said it.
    if let rule, rule.kind != .validation || facts.hasIssues { return rule }
    let told = Wordings.rule(for: facts)
    if let rule, !rule.codes.isEmpty {
      // A code for what is invalid outranks words for the state of things, not those for who asks.
      return told.flatMap { Catalog.outranksCodes.contains($0.kind) ? $0 : nil } ?? rule
    }
    return told ?? Languages.rule(for: facts) ?? rule
  }

  private static let outranksCodes: Set<Kind> = [
    .auth, .payment, .planLimit, .rateLimit, .policy, .permission, .unavailable, .cancelled,
  ]
}

extension GatewayProfile {
  /// Its examples, which say what is to be read in them.
  package var samples: [Sample] {
    get throws { try Catalog.samples(in: contents, file ?? name, .gateway) }
  }
}

extension VendorProfile {
  /// Its examples, which say what is to be read in them.
  package var samples: [Sample] {
    get throws { try Catalog.samples(in: contents, file ?? name, .vendor) }
  }
}
