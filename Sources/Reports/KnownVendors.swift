package import Answers
internal import Batches
internal import Events
package import Profiles
package import Questions

/// The vendors that a question names, as the store calls them.
package struct KnownVendors: Sendable {
  /// One that neither the store nor a profile knows.
  package struct Unknown: Error {
    package let name: String
    /// Names that may have been meant.
    package let likenesses: [String]
    /// The names of all profiles, in order.
    package let profiles: [String]
  }

  package private(set) var names: [String] = []
  /// Those that are known, but of which the store has nothing.
  package private(set) var absent: [String] = []

  /// - Parameters:
  ///   - names: names, titles or aliases, in any case.
  ///   - catalog: what is known of vendors; asked for only where the store does not know a name.
  package init(_ names: [String], in archive: any Archive, catalog: () throws -> Catalog) throws {
    for name in names {
      let spellings = try archive.spellings(of: name, in: .vendor)
      for known in spellings where !self.names.contains(known) { self.names.append(known) }
      guard spellings.isEmpty else { continue }
      let catalog = try catalog()
      let profile = catalog.vendor(called: name)?.name
      if profile == nil, try !archive.hadVendor(name) {
        throw try Unknown(name, archive: archive, catalog: catalog)
      }
      let vendor = profile ?? name.lowercased()
      if self.names.contains(vendor) { continue }
      self.names.append(vendor)
      // The name was a title or an alias: the store may know the vendor by its slug.
      if try archive.spellings(of: vendor, in: .vendor).isEmpty { absent.append(vendor) }
    }
  }
}

extension KnownVendors.Unknown {
  fileprivate init(_ name: String, archive: any Archive, catalog: Catalog) throws {
    self.name = name
    likenesses =
      try archive.likenesses(of: name, in: .vendor)
      + catalog.vendors.flatMap { [$0.name] + $0.aliases }
    profiles = catalog.vendors.map(\.name).sorted()
  }
}

extension Answer {
  /// Says of which vendors that were asked about the store has nothing: in a note, and as
  /// `nothing_of`, which is there in no other answer.
  package func noting(nothingOf vendors: [String]) -> Answer {
    if vendors.isEmpty { return self }
    var answer = self
    answer.caution("the store has nothing of \(vendors.joined(separator: ", "))")
    answer.remark(Remarks(nothingOf: vendors))
    return answer
  }
}
