internal import SQLite

/// What a store remembers about itself, beside `id_seed`, which it is made with.
enum Setting {
  /// The key of the tags that stand for secrets: random, made when it is first asked for.
  static func redactionKey(_ connection: Connection) throws -> UInt64 {
    let insert = try connection.prepare("INSERT OR IGNORE INTO setting VALUES('redaction_key', ?)")
    try insert.run(binding: [Int64.random(in: .min ... .max)])
    let key = try connection.integer("SELECT value FROM setting WHERE name = 'redaction_key'")
    return UInt64(bitPattern: key ?? 0)
  }

  static func noteUnredacted(_ connection: Connection) throws {
    try connection.execute("INSERT OR IGNORE INTO setting VALUES('unredacted', 1)")
  }

  /// Whether an import has ever kept secrets as they are.
  static func isUnredacted(_ connection: Connection) throws -> Bool {
    try connection.integer("SELECT value FROM setting WHERE name = 'unredacted'") != nil
  }

  /// Remembers from when on all errors are counted by route, where events of before were gone when
  /// that began.
  static func noteStartOfRoutes(_ connection: Connection) throws {
    try connection.execute(
      """
      INSERT OR REPLACE INTO setting SELECT 'routes_since', MAX(before_ms) FROM pruning
        WHERE events > 0 HAVING COUNT(*) > 0
      """)
  }

  static func startOfRoutes(_ connection: Connection) throws -> Int64? {
    try connection.integer("SELECT value FROM setting WHERE name = 'routes_since'")
  }
}
