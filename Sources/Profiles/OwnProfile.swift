/// A profile of a catalog that a user's own file holds.
package struct OwnProfile: Sendable {
  package let sort: ProfileFile.Sort
  package let name: String
}

extension Catalog {
  /// The profile that a file, named as it was when it was read, holds; nil where another has taken
  /// its place.
  package func profile(from file: String) -> OwnProfile? {
    if let gateway = (gateways + [genericGateway]).first(where: { $0.file == file }) {
      return OwnProfile(sort: .gateway, name: gateway.name)
    }
    return (vendors + [genericVendor]).first { $0.file == file }
      .map { OwnProfile(sort: .vendor, name: $0.name) }
  }
}
