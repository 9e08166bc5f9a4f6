internal import Batches
internal import Events
internal import Files
internal import SQLite
internal import Times

/// The tables and views of a store, and how older ones become it.
enum Schema {
  /// "erra": <https://www.sqlite.org/fileformat.html#application_id>
  static let application: Int64 = 0x6572_7261
  static let version: Int64 = 7

  /// Each step brings a store from the version of its place to the next.
  static let steps = [first, second, third, fourth, fifth, sixth, seventh]

  /// The table of events, which `EventImage` makes as well.
  static let events = """
    -- An empty path is the route word for word.
    CREATE TABLE event(
      id INTEGER PRIMARY KEY, time_ms INTEGER, vendor INTEGER, status INTEGER, code INTEGER,
      kind INTEGER NOT NULL, message INTEGER, request_id TEXT, method INTEGER, route INTEGER,
      path TEXT, consumer INTEGER, latency_us INTEGER, retry_after_ms INTEGER,
      upstream_status INTEGER, answered_by INTEGER NOT NULL, details INTEGER,
      batch INTEGER NOT NULL, "offset" INTEGER NOT NULL, length INTEGER NOT NULL,
      part INTEGER NOT NULL) STRICT;
    """

  private static let first = """
    CREATE TABLE setting(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

    -- Texts that repeat. One may stand twice: an importer remembers the latest only.
    \(Lexicon.allCases.map {
      "CREATE TABLE \($0.name)(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"
    }.joined(separator: "\n"))
    CREATE TABLE kind(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
    CREATE TABLE answerer(id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;

    -- One log's content, however often its file is renamed, compressed or copied. It is known by
    -- the digest of its first head_length bytes. With a parent, it shares its first `fork` bytes.
    CREATE TABLE source(
      id INTEGER PRIMARY KEY, path TEXT NOT NULL, head_length INTEGER NOT NULL,
      head_digest BLOB NOT NULL, parent INTEGER REFERENCES source, fork INTEGER NOT NULL,
      consumed INTEGER NOT NULL) STRICT;
    CREATE INDEX source_by_head ON source(head_length, head_digest);

    -- Proof of a source's content: the digest of everything before a line start.
    CREATE TABLE mark(
      source INTEGER NOT NULL REFERENCES source, "offset" INTEGER NOT NULL, digest BLOB NOT NULL,
      PRIMARY KEY(source, "offset")) STRICT, WITHOUT ROWID;

    -- The ledger: which bytes were stored in one transaction, and what became of their lines.
    -- Its events are numbered from first_event on.
    CREATE TABLE batch(
      id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source,
      "offset" INTEGER NOT NULL, length INTEGER NOT NULL, lines INTEGER NOT NULL,
      events INTEGER NOT NULL, successes INTEGER NOT NULL, skipped INTEGER NOT NULL,
      rejects INTEGER NOT NULL, blank INTEGER NOT NULL, undated INTEGER NOT NULL,
      rejects_kept INTEGER NOT NULL, first_event INTEGER NOT NULL,
      first_time_ms INTEGER, last_time_ms INTEGER, committed_ms INTEGER NOT NULL,
      UNIQUE(source, "offset")) STRICT;

    \(events)
    CREATE INDEX event_429_by_time ON event(time_ms) WHERE status = 429;

    -- Every id of every event, as 12-byte pairs (hash, 64 bits; place in the batch, 32; both
    -- big-endian), sorted. Pages are led by their batch, so that they are written as they come; without
    -- this table a scan of event.request_id finds the main ids.
    CREATE TABLE identifier(
      batch INTEGER NOT NULL, first INTEGER NOT NULL, page INTEGER NOT NULL, pairs BLOB NOT NULL,
      PRIMARY KEY(batch, first, page)) STRICT, WITHOUT ROWID;

    CREATE TABLE reject(
      id INTEGER PRIMARY KEY, batch INTEGER NOT NULL REFERENCES batch, "offset" INTEGER NOT NULL,
      length INTEGER NOT NULL, reason TEXT NOT NULL, excerpt TEXT NOT NULL) STRICT;

    -- Counts, kept as batches come: by UTC minute, by quarter of an hour, and of responses without
    -- a time. 0 stands for no vendor, status, code; kind 0 for a success.
    CREATE TABLE minute(
      time_ms INTEGER NOT NULL, vendor INTEGER NOT NULL, successes INTEGER NOT NULL,
      errors INTEGER NOT NULL, rate_limited INTEGER NOT NULL, plan_limited INTEGER NOT NULL,
      server_errors INTEGER NOT NULL, PRIMARY KEY(time_ms, vendor)) STRICT, WITHOUT ROWID;
    CREATE TABLE quarter(
      time_ms INTEGER NOT NULL, vendor INTEGER NOT NULL, status INTEGER NOT NULL,
      code INTEGER NOT NULL, kind INTEGER NOT NULL, responses INTEGER NOT NULL,
      PRIMARY KEY(time_ms, vendor, status, code, kind)) STRICT, WITHOUT ROWID;
    CREATE TABLE undated(
      vendor INTEGER NOT NULL, status INTEGER NOT NULL, code INTEGER NOT NULL,
      kind INTEGER NOT NULL, responses INTEGER NOT NULL,
      PRIMARY KEY(vendor, status, code, kind)) STRICT, WITHOUT ROWID;

    \(Views.stored)
    """

  /// Makes a new store, or brings an older one up to date, in one transaction.
  static func migrate(_ connection: Connection, through last: Int = steps.count) throws {
    try connection.transaction {
      let version = Int(try connection.integer("PRAGMA user_version") ?? 0)
      guard version < last else { return }
      for step in steps[version..<last] { try connection.execute(step) }
      if version == 0 { try fill(connection) }
      if version < 3, last >= 3 { try fillThird(connection) }
      if version < 5, last >= 5 { try fillRoutes(connection) }
      if version < 7, last >= 7 { try fillSums(connection) }
      try connection.execute("PRAGMA application_id = \(application)")
      try connection.execute("PRAGMA user_version = \(last)")
    }
  }

  private static func fill(_ connection: Connection) throws {
    for kind in Kind.allCases {
      try connection.execute("INSERT INTO kind VALUES(\(kind.rawValue), '\(kind.name)')")
    }
    for answerer in AnsweredBy.allCases {
      try connection.execute(
        "INSERT INTO answerer VALUES(\(answerer.rawValue), '\(answerer.name)')")
    }
    var seeds = SystemRandomNumberGenerator()
    let seed = Int64(bitPattern: seeds.next())
    try connection.execute("INSERT INTO setting VALUES('id_seed', \(seed))")
  }
}
