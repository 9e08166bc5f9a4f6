internal import Batches
internal import SQLite

extension Schema {
  /// Format 5: what responses said of quotas.
  static let quotas = """
    -- What headers said of quotas that last for hours or longer, by batch: of each hour the last
    -- word. `consumer` is 0 where it is not known, `name` empty where the headers have none. `reset_ms`
    -- is when the quota begins anew. Nothing else depends on it.
    CREATE TABLE quota(
      batch INTEGER NOT NULL REFERENCES batch, vendor INTEGER NOT NULL, consumer INTEGER NOT NULL,
      name TEXT NOT NULL, time_ms INTEGER NOT NULL, "limit" INTEGER, remaining INTEGER NOT NULL,
      reset_ms INTEGER, PRIMARY KEY(batch, vendor, consumer, name, time_ms)) STRICT, WITHOUT ROWID;
    """
}

extension QuotaSightings {
  /// Writes them as those of a batch.
  func write(of batch: Int64, words: StoredWords, on connection: Connection) throws {
    guard !latest.isEmpty else { return }
    let insert = try connection.prepare(
      "INSERT OR REPLACE INTO quota VALUES(?, ?, ?, ?, ?, ?, ?, ?)")
    for (key, sighting) in latest {
      insert.bind(batch, at: 1)
      insert.bind(words.id(of: key.vendor, in: .vendor), at: 2)
      insert.bind(words.id(of: key.consumer, in: .consumer), at: 3)
      insert.bind(key.name, at: 4)
      insert.bind(sighting.time, at: 5)
      insert.bind(sighting.limit, at: 6)
      insert.bind(sighting.remaining, at: 7)
      insert.bind(sighting.reset, at: 8)
      try insert.run()
    }
  }
}
