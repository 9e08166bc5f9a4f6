internal import SQLite

/// Up to when something was pruned, of all vendors and of single ones, by their rows in the store.
struct PrunedTimes {
  private var all: Int64?
  private var vendors: [Int64: Int64] = [:]

  init(_ connection: Connection) throws {
    let times = try connection.prepare(
      """
      SELECT MAX(p.before_ms), v.id FROM pruning p
        LEFT JOIN pruned_vendor n ON n.pruning = p.id LEFT JOIN vendor v ON v.text = n.vendor
        WHERE n.vendor IS NULL OR v.id IS NOT NULL GROUP BY v.id
      """)
    while try times.step() {
      if times.isNull(1) {
        all = times.integer(0)
      } else {
        vendors[times.integer(1)] = times.integer(0)
      }
    }
  }

  /// Of a vendor's row; what is before may be missing.
  subscript(vendor: Int64) -> Int64 { max(all ?? .min, vendors[vendor] ?? .min) }

  /// The same in SQL, of a column with a vendor's row.
  func sql(_ column: String) -> String {
    // The least number has no literal of its own.
    let rest = all.map(String.init) ?? "-9223372036854775807"
    if vendors.isEmpty { return rest }
    let cases = vendors.keys.sorted().map { "WHEN \($0) THEN \(self[$0])" }
    return "CASE \(column) \(cases.joined(separator: " ")) ELSE \(rest) END"
  }
}
