internal import Arguments
internal import Batches
internal import Events
internal import Profiles
internal import Questions
internal import Reports
internal import Store

// Who is meant by the names of vendors and gateways on the command line.
extension Invocation {
  /// The vendors of `--vendor`, as the store calls them.
  func vendors(in store: any Archive) throws -> KnownVendors {
    do {
      let names = values(of: .vendor).map(vendorName)
      return try KnownVendors(names, in: store) { try catalog }
    } catch let unknown as KnownVendors.Unknown {
      throw UsageError(unknown)
    }
  }

  /// A vendor's name, or the one that settings have for it; a `!` before it stays.
  func vendorName(_ name: String) -> String {
    let mark = name.hasPrefix("!") ? "!" : ""
    return vendorNames[name.dropFirst(mark.count).lowercased()].map { mark + $0 } ?? name
  }

  /// The vendor of every line, where `--vendor` names one: by its name, title or alias in a profile,
  /// or a new one, unless that is likely the name of a profile misspelt.
  func lineVendor(_ catalog: Catalog, in store: Store? = nil) throws -> String? {
    guard let given = self[.lineVendor] else { return nil }
    let name = vendorName(given)
    if name.contains(",") {
      throw UsageError(
        "an import has one vendor at most", hint: "Leave --vendor out where lines differ.")
    }
    if let profile = catalog.vendor(called: name) { return profile.name }
    if let store, store.exists,
      let known = try StoreReader(store).spellings(of: name, in: .vendor).first
    {
      return known
    }
    let names = catalog.vendors.flatMap { [$0.name] + $0.aliases }
    if let near = nearest(to: name.lowercased(), among: names) {
      throw UsageError(
        "there is no vendor “\(name)”",
        hint: "Did you mean “\(near)”? Another one of so like a name needs a profile (--profile).")
    }
    return name
  }

  /// The gateway of every line, where `--gateway` names one.
  func lineGateway(_ catalog: Catalog) throws -> String? {
    guard let name = self[.lineGateway] else { return nil }
    if let gateway = catalog.gateway(called: name) { return gateway.name }
    throw UsageError(noGateway: name, among: catalog)
  }
}

extension UsageError {
  init(noGateway name: String, among catalog: Catalog) {
    self.init(Selection.Unknown.gateway(name, known: catalog.gateways.map(\.name).sorted()))
  }

  init(_ unknown: KnownVendors.Unknown) {
    let near = nearest(to: unknown.name.lowercased(), among: unknown.likenesses)
    let known = "Known are \(unknown.profiles.joined(separator: ", "))"
    self.init(
      "there is no vendor “\(unknown.name)”",
      hint: near.map { "Did you mean “\($0)”?" }
        ?? known + "; “errata rates --by vendor” lists those of the store.")
  }
}
