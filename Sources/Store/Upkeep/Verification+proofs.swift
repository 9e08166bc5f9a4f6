internal import SQLite

// What proves a log's content, against the sums that were stored with it.
extension Verification {
  /// Every proof is the one that was stored, and each log is proven up to its end: else it would not
  /// be known any more, and be imported twice.
  mutating func checkProofs(_ connection: Connection) throws {
    for table in ProofSum.Table.allCases {
      let rows = try connection.prepare(
        """
        SELECT p.path, m.sum, \(table.columns.map { "m.\($0)" }.joined(separator: ", "))
          FROM \(table.rawValue) m JOIN source p ON p.id = m.\(table.key[0])
          WHERE m.sum IS NOT NULL ORDER BY p.id
        """)
      while try rows.step() {
        if table.sum(of: rows, from: 2).value == rows.integer(1) { continue }
        let path = rows.text(0) ?? ""
        problems.append(
          table == .mark
            ? "\(path): the proof of its first \(rows.integer(2)) bytes is not the one that was stored"
            : "\(path): what it is known by is not what was stored")
      }
    }
    let ends = try connection.prepare(
      """
      SELECT s.path, s.consumed FROM source s WHERE NOT EXISTS
        (SELECT 1 FROM mark m WHERE m.source = s.id AND m."offset" = s.consumed) ORDER BY s.id
      """)
    while try ends.step() {
      problems.append(
        "\(ends.text(0) ?? ""): the proof of its first \(ends.integer(1)) bytes is missing")
    }
  }
}
