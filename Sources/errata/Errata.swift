import Events
import Ingest
import Profiles
import Store

@main
struct Errata {
  static func main() throws {
    let ledger = try StoreLedger(Store(path: CommandLine.arguments[1]))
    let importer = try Importer(ledger: ledger, catalog: Catalog(), options: .init()) { _ in true }
    let listing = Input.list(Array(CommandLine.arguments.dropFirst(2)), excluding: [])
    try importer.run(listing.inputs)
    ledger.close()
    print(importer.summary)
  }
}
