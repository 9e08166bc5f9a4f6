internal import SQLite

extension Schema {
  /// Format 7: what proves a log's content is proven itself, and pruning may be about some vendors
  /// alone.
  static let seventh = """
    -- A `ProofSum` of what the row says of a log's content: of a mark all but its source, of a source
    -- its head, its first line and where it branched off.
    ALTER TABLE mark ADD COLUMN sum INTEGER;
    ALTER TABLE source ADD COLUMN sum INTEGER;
    -- The vendors that a pruning was about; none where it was about all.
    CREATE TABLE pruned_vendor(
      pruning INTEGER NOT NULL REFERENCES pruning, vendor TEXT NOT NULL,
      PRIMARY KEY(pruning, vendor)) STRICT, WITHOUT ROWID;
    -- Vendors of which nothing was left once: who asks for one has not misspelt it.
    CREATE TABLE former_vendor(text TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    """

  /// Takes the proofs that are there for sound.
  static func fillSums(_ connection: Connection) throws {
    for table in ProofSum.Table.allCases {
      let rows = try connection.prepare(
        "SELECT \((table.key + table.columns).joined(separator: ", ")) FROM \(table.rawValue)")
      let isKey = table.key.map { "\($0) = ?" }.joined(separator: " AND ")
      let update = try connection.prepare("UPDATE \(table.rawValue) SET sum = ? WHERE \(isKey)")
      var sums: [[Int64?]] = []
      while try rows.step() {
        let keys = table.key.indices.map { rows.integer($0) }
        sums.append([table.sum(of: rows, from: keys.count).value] + keys)
      }
      for sum in sums { try update.run(binding: sum) }
    }
  }
}
