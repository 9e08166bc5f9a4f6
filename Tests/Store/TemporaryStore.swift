import Files
import Foundation
import SQLite
import Store
import Times

/// A store in a folder of its own, which goes when the test is over.
final class TemporaryStore {
  let folder: String
  let store: Store

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "errata-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = url.path
    store = Store(path: folder + "/errata.db")
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  var path: String { store.path }

  /// Runs SQL behind the ledger's back.
  func tamper(_ sql: String) throws {
    try Connection(path: path, access: .write).execute(sql)
  }

  func integer(_ sql: String) throws -> Int64? {
    try Connection(path: path, access: .read).integer(sql)
  }

  /// The rows of a query as a table of words; `-` for null.
  func table(_ sql: String) throws -> String {
    let statement = try Connection(path: path, access: .read).prepare(sql)
    var lines = [statement.columns]
    while try statement.step() {
      lines.append(lines[0].indices.map { statement.text($0) ?? "-" })
    }
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      let cells = zip(line, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
      return cells.joined(separator: "  ").trimmingSuffix(" ")
    }
    .joined(separator: "\n")
  }
}

extension String {
  fileprivate func trimmingSuffix(_ character: Character) -> String {
    var text = self[...]
    while text.last == character { text.removeLast() }
    return String(text)
  }
}

/// The time of a text such as `2026-11-02T09:00:00Z`.
func at(_ text: String) -> Int64 {
  (try? parseMoment(text, now: 0, zone: .utc)) ?? -1
}
