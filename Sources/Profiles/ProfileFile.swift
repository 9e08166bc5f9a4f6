internal import Files
internal import Glibc
internal import JSON

/// A user's own profile, as it stands in a file.
package struct ProfileFile: Sendable {
  /// How errors and lists name it: the path by which it was found.
  package let name: String
  package let text: [UInt8]
  /// What it is about; nil where the file's contents tell.
  package let sort: Sort?

  package enum Sort: String, Sendable, CaseIterable {
    case gateway, vendor
  }

  package init(name: String, text: [UInt8], sort: Sort? = nil) {
    self.name = name
    self.text = text
    self.sort = sort
  }

  /// Larger files are no profiles.
  private static let most = 4 << 20

  /// Reads a file; throws a `ProfileError` where it cannot be read.
  package init(path: String, sort: Sort? = nil) throws {
    do throws(ShortFile.Failure) {
      // What lies in a folder is nothing to wait for.
      let text = try ShortFile.bytes(of: path, most: ProfileFile.most, pipes: sort == nil)
      self.init(name: path, text: text, sort: sort)
    } catch .tooLarge {
      throw ProfileError(file: path, message: "this is too large for a profile")
    } catch .noFile(let kind) {
      throw ProfileError(file: path, message: "this is \(kind.words), and no profile")
    } catch {
      throw ProfileError(file: path, message: error.description)
    }
  }

  /// The profiles in `gateways` and `vendors` below a folder, by name; none where there is no such
  /// folder.
  package static func all(in folder: String) throws -> [ProfileFile] {
    try Sort.allCases.flatMap { sort in
      try paths(in: folder, of: sort).map { try ProfileFile(path: $0, sort: sort) }
    }
  }

  /// Their paths.
  package static func paths(in folder: String) throws -> [String] {
    try Sort.allCases.flatMap { try paths(in: folder, of: $0) }
  }

  private static func paths(in folder: String, of sort: Sort) throws -> [String] {
    let folder = "\(folder)/\(sort.rawValue)s"
    return try names(in: folder).filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted()
      .map { "\(folder)/\($0)" }
  }

  private static func names(in folder: String) throws -> [String] {
    guard let directory = folder.withPath({ opendir($0) }) else {
      if errno == ENOENT || errno == ENOTDIR { return [] }
      throw ProfileError(file: folder, message: String(cString: strerror(errno)))
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { PathText.text(of: $0) }
      }
      names.append(name)
    }
    return names
  }

  /// What a profile is about, by the members that only one sort has.
  static func sort(of value: JSONValue, file: String) throws -> Sort {
    let keys = value.members.map { String(decoding: $0.key, as: UTF8.self) }
    let gateway = GatewayProfile.keys.filter { !VendorProfile.keys.contains($0) }
    let vendor = VendorProfile.keys.filter { !GatewayProfile.keys.contains($0) }
    let isGateway = keys.contains(where: gateway.contains)
    let isVendor = keys.contains(where: vendor.contains)
    if isGateway != isVendor { return isGateway ? .gateway : .vendor }
    throw ProfileError(
      file: file,
      message: isGateway
        ? "this is neither a gateway's profile nor a vendor's: it has members of both"
        : "this is neither a gateway's profile (it has no signature) nor a vendor's (it has no body)"
    )
  }
}
