internal import Files
internal import JSON
internal import Threads

/// The profiles of one sort in the binary, each read when it is first asked for: hardly a command needs
/// them all.
final class BuiltInProfiles<Profile: Sendable>: Sendable {
  /// Those that were read, by file, and all in the order of their files once they were asked for.
  private struct Known {
    var profiles: [String: Profile] = [:]
    var all: [Profile]?
  }

  private let folder: String
  private let read: @Sendable (JSONValue, _ file: String, _ text: Bytes) throws -> Profile
  private let known = Lock(Known())

  /// - Parameters:
  ///   - folder: of their files.
  ///   - read: makes a profile of a file.
  init(
    in folder: String,
    _ read: @escaping @Sendable (JSONValue, _ file: String, _ text: Bytes) throws -> Profile
  ) {
    self.folder = folder + "/"
    self.read = read
  }

  /// All that can be read, in the order of their files: tests see to it that none is missing.
  var all: [Profile] {
    known.withLock { known in
      if let all = known.all { return all }
      let parser = JSONParser()
      defer { withExtendedLifetime(parser) {} }  // as long as values of it are read
      var all: [Profile] = []
      for (file, text) in Catalog.embedded(in: folder) {
        guard
          let profile = known.profiles[file]
            ?? (try? read(Catalog.value(of: text, file, parser), file, text))
        else { continue }
        known.profiles[file] = profile
        all.append(profile)
      }
      known.all = all
      return all
    }
  }

  /// The one whose file has a name; nil where there is none.
  func named(_ name: String) throws -> Profile? {
    try known.withLock { known in
      let wanted = folder + name + ".json"
      if let profile = known.profiles[wanted] { return profile }
      guard let (file, text) = Catalog.embedded(in: folder).first(where: { $0.name == wanted })
      else { return nil }
      let parser = JSONParser()
      return try withExtendedLifetime(parser) {
        let profile = try read(Catalog.value(of: text, file, parser), file, text)
        known.profiles[file] = profile
        return profile
      }
    }
  }
}

extension Catalog {
  static let builtInGateways = BuiltInProfiles(in: "Gateways") {
    try GatewayProfile($0, file: $1, contents: Array($2), isBuiltIn: true)
  }

  static let builtInVendors = BuiltInProfiles(in: "Vendors") {
    try VendorProfile($0, file: $1, contents: Array($2), isBuiltIn: true)
  }

  /// What codes and messages mean where the vendor does not say.
  static let anyVendor = (try? table("Kinds/any-vendor.json")) ?? ErrorTable()
}
