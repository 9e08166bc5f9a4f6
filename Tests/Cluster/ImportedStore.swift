import Foundation
import Ingest
import Profiles
import Questions
import Store

/// A SQLite store with logs that were imported; it goes when the test is over.
final class ImportedStore {
  let store: Store
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "errata-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = Store(path: folder.appending(path: "errata.db").path)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Imports a log that is there.
  func read(_ path: String) throws {
    let ledger = try StoreLedger(store)
    let importer = try Importer(ledger: ledger, catalog: Catalog(), options: .init()) { _ in true }
    try importer.run(Input.list([path], excluding: []).inputs)
    ledger.close()
  }

  /// Imports lines as a log of their own, and returns its path.
  @discardableResult
  func add(_ lines: [String]) throws -> String {
    let path = folder.appending(path: "\(UUID()).log").path
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: path, atomically: false, encoding: .utf8)
    try read(path)
    return path
  }

  func reader() throws -> StoreReader { try StoreReader(store) }

  /// The rows of a query as ClickHouse writes them, with tabs between their values:
  /// <https://clickhouse.com/docs/interfaces/formats/TabSeparated>.
  func rows(_ sql: String) throws -> [String] {
    let reader = try reader()
    let columns = try reader.describe(sql, of: .errata).columns.count
    var rows: [String] = []
    try reader.run(sql, of: .errata, [:]) { row in
      rows.append((0..<columns).map { ImportedStore.text(row.value($0)) }.joined(separator: "\t"))
    }
    return rows
  }

  private static func text(_ value: QueryValue) -> String {
    switch value {
    case .null: return "\\N"
    case .integer(let integer): return "\(integer)"
    case .number(let number): return "\(number)"
    case .text(let text):
      let escapes: [Unicode.Scalar: String] = [
        "\u{8}": "\\b", "\u{C}": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0",
        "'": "\\'", "\\": "\\\\",
      ]
      return text.unicodeScalars.map { escapes[$0] ?? String($0) }.joined()
    }
  }
}
