internal import Arguments
internal import Profiles
internal import Reports
internal import Store

// Who is meant by the names of vendors and gateways on the command line.
extension Invocation {
  /// The vendors of `--vendor`, as the store calls them.
  func vendors(in store: StoreReader) throws -> KnownVendors {
    do {
      return try KnownVendors(values(of: .vendor), in: store) { try catalog }
    } catch let unknown as KnownVendors.Unknown {
      throw UsageError(unknown)
    }
  }

  /// The vendor of every line, where `--vendor` names one: by its name, title or alias in a profile,
  /// or one that the store knows already.
  func lineVendor(_ catalog: Catalog, in store: Store? = nil) throws -> String? {
    guard let name = self[.lineVendor] else { return nil }
    if name.contains(",") {
      throw UsageError(
        "an import has one vendor at most", hint: "Leave --vendor out where lines differ.")
    }
    if let profile = catalog.vendor(called: name) { return profile.name }
    guard let store, store.exists else {
      throw UsageError(try KnownVendors.Unknown(name, catalog: catalog), ofLines: true)
    }
    do {
      return try KnownVendors([name], in: StoreReader(store)) { catalog }.names.first
    } catch let unknown as KnownVendors.Unknown {
      throw UsageError(unknown, ofLines: true)
    }
  }

  /// The gateway of every line, where `--gateway` names one.
  func lineGateway(_ catalog: Catalog) throws -> String? {
    guard let name = self[.gateway] else { return nil }
    if let gateway = catalog.gateway(called: name) { return gateway.name }
    let known = catalog.gateways.map(\.name).sorted()
    throw UsageError(
      "there is no gateway “\(name)”",
      hint: nearest(to: name.lowercased(), among: known).map { "Did you mean “\($0)”?" }
        ?? "Known are \(known.joined(separator: ", ")).")
  }
}

extension UsageError {
  /// - Parameter ofLines: whether it is to be the vendor of lines: then it must have a profile.
  init(_ unknown: KnownVendors.Unknown, ofLines: Bool = false) {
    let near = nearest(to: unknown.name.lowercased(), among: unknown.likenesses)
    let known = "Known are \(unknown.profiles.joined(separator: ", "))"
    self.init(
      "there is no vendor “\(unknown.name)”",
      hint: near.map { "Did you mean “\($0)”?" }
        ?? known
        + (ofLines
          ? "; a profile of your own (--profile) makes another one known."
          : "; “errata rates --by vendor” lists those of the store."))
  }
}
