internal import Batches
internal import Files
internal import SQLite

/// Whose events and counts go: those of all vendors, or of some, told by their rows in the store.
struct PrunedShare {
  /// Nil: all.
  private let rows: Set<Int64>?

  static let all = PrunedShare(rows: nil)

  private init(rows: Set<Int64>?) { self.rows = rows }

  /// Those of vendors by their names; of all where there are none. One name may have several rows.
  init(of vendors: [String], on connection: Connection) throws {
    guard !vendors.isEmpty else {
      self = .all
      return
    }
    var rows: Set<Int64> = []
    let named = try connection.prepare("SELECT id FROM \(Lexicon.vendor.name) WHERE text = ?")
    for vendor in vendors {
      named.reset()
      named.bind(vendor, at: 1)
      while try named.step() { rows.insert(named.integer(0)) }
    }
    self.rows = rows
  }

  var isAll: Bool { rows == nil }

  func contains(_ vendor: Int64) -> Bool { rows?.contains(vendor) ?? true }

  /// The condition in SQL on a column `vendor`.
  var isMeant: String {
    guard let rows else { return "true" }
    return "vendor IN (\(rows.sorted().map(String.init).joined(separator: ", ")))"
  }
}
