internal import Events
internal import SQLite

/// The public face of a store: `events`, `minutes` and `traffic`.
enum Views {
  /// As the store has them, for whoever opens it: a text is looked up in its table.
  static let stored = views("CREATE VIEW") { table, id in
    "(SELECT text FROM \(table) WHERE id = \(id))"
  }

  /// The same for one connection, in front of the stored ones: texts are asked of a `WordCache`.
  static let cached = views("CREATE TEMP VIEW") { table, id in
    "word(\(WordCache.tables.firstIndex(of: table) ?? -1), \(id))"
  }

  private static func views(_ create: String, _ word: (_ table: String, _ id: String) -> String)
    -> String
  {
    """
    \(create) events AS SELECT
      e.id AS id, e.time_ms AS time_ms, \(word("vendor", "e.vendor")) AS vendor,
      e.status AS status, \(word("code", "e.code")) AS code, \(word("kind", "e.kind")) AS kind,
      \(word("message", "e.message")) AS message, e.request_id AS request_id,
      \(word("method", "e.method")) AS method, \(word("route", "e.route")) AS route,
      CASE WHEN e.path = '' THEN \(word("route", "e.route")) ELSE e.path END AS path,
      \(word("consumer", "e.consumer")) AS consumer, e.latency_us / 1000.0 AS latency_ms,
      e.retry_after_ms AS retry_after_ms, e.upstream_status AS upstream_status,
      \(word("answerer", "e.answered_by")) AS answered_by,
      \(word("details", "e.details")) AS details,
      (SELECT s.path FROM batch b JOIN source s ON s.id = b.source WHERE b.id = e.batch)
        AS source,
      e."offset" AS "offset", e.length AS length, e.part AS part
      FROM event e;

    \(create) minutes AS SELECT
      m.time_ms AS time_ms, \(word("vendor", "m.vendor")) AS vendor,
      m.successes AS successes, m.errors AS errors, m.rate_limited AS rate_limited,
      m.plan_limited AS plan_limited, m.server_errors AS server_errors
      FROM minute m;

    \(create) traffic AS
      \(traffic(time: "q.time_ms", from: "quarter", word))
      UNION ALL
      \(traffic(time: "NULL", from: "undated", word));
    """
  }

  /// A part of the view `traffic`.
  private static func traffic(
    time: String, from table: String, _ word: (_ table: String, _ id: String) -> String
  ) -> String {
    """
    SELECT \(time) AS time_ms, \(word("vendor", "q.vendor")) AS vendor,
        NULLIF(q.status, 0) AS status, \(word("code", "q.code")) AS code,
        CASE WHEN q.kind = 0 THEN 'success' ELSE \(word("kind", "q.kind")) END AS kind,
        q.responses AS responses
        FROM \(table) q
    """
  }
}
