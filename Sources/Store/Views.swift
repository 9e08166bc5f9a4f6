internal import Batches
internal import Files

/// The public face of a store.
enum Views {
  static let names = ["batches", "events", "minutes", "traffic"]

  /// Their names as a sentence has them.
  static var sentence: String {
    names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
  }

  /// How a text is had of the table and the id that SQL says.
  private typealias Word = (_ table: String, _ id: String) -> String

  /// As the store has them, for whoever opens it: a text is looked up in its table. They hold
  /// nothing, so they may be dropped and made again.
  static let stored = [
    batches, events(storedWord), minutes(storedWord), traffic(.quarter, storedWord),
  ]
  .map { "CREATE VIEW " + $0 }
  .joined(separator: "\n\n")

  /// The same for one connection, in front of the stored ones: texts are asked of a `WordCache`.
  static let cached = ([batches] + [events, minutes].map { $0(cachedWord) })
    .map { "CREATE TEMP VIEW " + $0 }.joined()

  /// `traffic` for one connection, the times being those of a grain.
  static func cachedTraffic(by grain: Grain) -> String {
    "DROP VIEW IF EXISTS temp.traffic; CREATE TEMP VIEW " + traffic(grain, cachedWord)
  }

  private static func storedWord(table: String, id: String) -> String {
    "(SELECT text FROM \(table) WHERE id = \(id))"
  }

  private static func cachedWord(table: String, id: String) -> String {
    "word(\(WordCache.tables.firstIndex(of: table) ?? -1), \(id))"
  }

  /// Events that were stored together stand together: few batches have some of a given time.
  private static let batches = """
    batches AS SELECT first_event AS first_id, first_event + events AS end_id,
      first_time_ms, last_time_ms
      FROM batch WHERE events > pruned;
    """

  private static func events(_ word: Word) -> String {
    """
    events AS SELECT
      e.id AS id, e.time_ms AS time_ms, \(word("vendor", "e.vendor")) AS vendor,
      e.status AS status, \(word("code", "e.code")) AS code, \(word("kind", "e.kind")) AS kind,
      \(word("message", "e.message")) AS message, e.request_id AS request_id,
      \(word("method", "e.method")) AS method, \(word("route", "e.route")) AS route,
      CASE WHEN e.path = '' THEN \(word("route", "e.route")) ELSE e.path END AS path,
      \(word("consumer", "e.consumer")) AS consumer, e.latency_us / 1000.0 AS latency_ms,
      e.retry_after_ms AS retry_after_ms, e.upstream_status AS upstream_status,
      \(word("answerer", "e.answered_by")) AS answered_by,
      \(word("details", "e.details")) AS details,
      (SELECT s.path FROM batch b JOIN source s ON s.id = b.source WHERE b.id = e.batch) AS source,
      e."offset" AS "offset", e.length AS length, e.part AS part
      FROM event e;
    """
  }

  private static func minutes(_ word: Word) -> String {
    """
    minutes AS SELECT
      m.time_ms AS time_ms, \(word("vendor", "m.vendor")) AS vendor,
      m.successes AS successes, m.errors AS errors, m.rate_limited AS rate_limited,
      m.plan_limited AS plan_limited, m.server_errors AS server_errors
      FROM minute m;
    """
  }

  private static func traffic(_ grain: Grain, _ word: Word) -> String {
    """
    traffic AS
      \(traffic(time: "q.time_ms", from: grain.table, word))
      UNION ALL
      \(traffic(time: "NULL", from: "undated", word));
    """
  }

  private static func traffic(time: String, from table: String, _ word: Word) -> String {
    """
    SELECT \(time) AS time_ms, \(word("vendor", "q.vendor")) AS vendor,
        NULLIF(q.status, 0) AS status, \(word("code", "q.code")) AS code,
        CASE WHEN q.kind = 0 THEN 'success' ELSE \(word("kind", "q.kind")) END AS kind,
        q.responses AS responses
        FROM \(table) q
    """
  }
}
