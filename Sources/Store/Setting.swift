internal import Release
internal import SQLite

/// What a store remembers about itself.
enum Setting {
  /// What the hashes of ids begin with, which a store is made with.
  static func seed(_ connection: Connection) throws -> UInt64 {
    guard let seed = try connection.integer("SELECT value FROM setting WHERE name = 'id_seed'")
    else { throw connection.impossible("the seed of its ids is missing") }
    return UInt64(bitPattern: seed)
  }

  /// The key of the tags that stand for secrets: random, made when it is first asked for.
  static func redactionKey(_ connection: Connection) throws -> UInt64 {
    let insert = try connection.prepare("INSERT OR IGNORE INTO setting VALUES('redaction_key', ?)")
    try insert.run(binding: [Int64.random(in: .min ... .max)])
    let key = try connection.integer("SELECT value FROM setting WHERE name = 'redaction_key'")
    guard let key else { throw connection.impossible("the key of its tags is missing") }
    return UInt64(bitPattern: key)
  }

  /// The same, for a reader; nil where nothing has been stored yet.
  static func knownRedactionKey(_ connection: Connection) throws -> UInt64? {
    try connection.integer("SELECT value FROM setting WHERE name = 'redaction_key'")
      .map { UInt64(bitPattern: $0) }
  }

  static func noteUnredacted(_ connection: Connection) throws {
    try connection.execute("INSERT OR IGNORE INTO setting VALUES('unredacted', 1)")
  }

  /// Whether an import has ever kept secrets as they are.
  static func isUnredacted(_ connection: Connection) throws -> Bool {
    try connection.integer("SELECT value FROM setting WHERE name = 'unredacted'") != nil
  }

  /// Gives a new store its seed.
  static func makeSeed(_ connection: Connection) throws {
    try connection.prepare("INSERT INTO setting VALUES('id_seed', ?)").run(binding: [
      Int64.random(in: .min ... .max)
    ])
  }

  /// Remembers the digest of the SQL that made the store.
  static func noteSchema(_ digest: Int64, on connection: Connection) throws {
    try connection.prepare("INSERT OR REPLACE INTO setting VALUES('schema', ?)").run(binding: [
      digest
    ])
  }

  /// Nil in a store of a build from before that was remembered.
  static func schema(_ connection: Connection) throws -> Int64? {
    try connection.integer("SELECT value FROM setting WHERE name = 'schema'")
  }

  /// Remembers which errata has written to the store, and since when.
  static func noteRelease(_ connection: Connection) throws {
    let insert = try connection.prepare("INSERT OR IGNORE INTO setting VALUES(?, ?)")
    insert.bind("release \(ThisRelease.version)", at: 1)
    insert.bind(WallClock.now, at: 2)
    try insert.run()
  }
}
