package import Events
internal import JSON

/// Everything known of the world: the profiles in the binary.
package struct Catalog: Sendable {
  package let gateways: [GatewayProfile]
  package let vendors: [VendorProfile]
  /// What holds for every gateway.
  package let genericGateway: GatewayProfile
  /// What holds for every vendor without a profile.
  package let genericVendor: VendorProfile

  /// A profile as text, and the file it is from.
  package typealias File = (name: String, text: String)

  /// Reads the files that were put into the binary; they are tested, so this does not fail there.
  /// `gateways` come before those: of two with one name, theirs is taken.
  package init(gateways added: [File] = []) throws {
    var gateways: [GatewayProfile] = []
    var vendors: [VendorProfile] = []
    let parser = JSONParser()
    func read(_ text: UnsafeBufferPointer<UInt8>, of file: String) throws -> JSONValue {
      do {
        return try parser.parse(text)
      } catch {
        throw ProfileError(file: file, message: error.message)
      }
    }
    for file in added {
      var text = file.text
      let profile = try text.withUTF8 {
        try GatewayProfile(read($0, of: file.name), file: file.name)
      }
      gateways.append(profile)
    }
    let own = Set(gateways.map(\.name))
    for file in Embedded.files {
      let name = "\(file.name)"
      let text = UnsafeBufferPointer(start: file.text.utf8Start, count: file.text.utf8CodeUnitCount)
      let value = try read(text, of: name)
      if name.hasPrefix("Gateways/") {
        let profile = try GatewayProfile(value, file: name)
        if !own.contains(profile.name) { gateways.append(profile) }
      } else {
        vendors.append(try VendorProfile(value, file: name))
      }
    }
    guard let genericGateway = gateways.first(where: \.isGeneric),
      let genericVendor = vendors.first(where: \.isGeneric)
    else {
      throw ProfileError(file: "generic.json", message: "the generic profiles are missing")
    }
    self.genericGateway = genericGateway
    self.genericVendor = genericVendor
    self.gateways = gateways.filter { !$0.isGeneric }
    self.vendors = vendors.filter { !$0.isGeneric }
  }

  /// The vendor known by this name or alias, whatever its case.
  package func vendor(named name: String) -> VendorProfile? {
    let name = name.lowercased()
    return vendors.first { $0.name == name || $0.aliases.contains(name) }
  }

  /// The documented error that a response is, if one is documented: the vendor's own word first,
  /// then what holds for all. A 429 is never anything but a limit of some sort.
  package func rule(
    vendor: VendorProfile?, status: Int, code: Bytes?, message: Bytes?, hasIssues: Bool
  ) -> ErrorRule? {
    vendor?.rule(status: status, code: code, message: message, hasIssues: hasIssues)
      ?? genericVendor.rule(status: status, code: code, message: message, hasIssues: hasIssues)
  }
}
