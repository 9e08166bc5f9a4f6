internal import Arguments
internal import Ingest
internal import Profiles
internal import Store
internal import Times

// What `import` shares with other commands that read lines of logs into a store.

/// Vendors that find room in a store however many it has.
func ownVendors(_ catalog: Catalog, _ options: Importer.Options) -> Set<[UInt8]> {
  Set(
    (catalog.vendors.map(\.name) + [options.reading.vendor?.lowercased()].compactMap(\.self))
      .map { Array($0.utf8) })
}

/// How lines are to be read, by `--vendor`, `--gateway`, `--tz` and `--max-line`.
func importOptions(
  _ invocation: Invocation, _ catalog: Catalog, for store: Store
) throws -> Importer.Options {
  var options = Importer.Options()
  options.reading.vendor = try invocation.lineVendor(catalog, in: store)
  options.isFollowing = invocation.has(.follow)
  options.reading.gateway = try invocation.lineGateway(catalog)
  options.reading.now = { Clock.now }
  options.reading.redacts = !invocation.has(.noRedact)
  if let zone = invocation[.tz] { options.reading.zone = try Zone(named: zone) }
  if let bytes = try invocation.bytes(of: .maxLine) {
    guard (1024...1 << 30).contains(bytes) else {
      throw UsageError(
        "--max-line must be from 1KiB to 1GiB", hint: "As in: --max-line 4MiB")
    }
    options.maxLine = bytes
  }
  return options
}
