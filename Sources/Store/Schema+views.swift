// The public face of a store.
extension Schema {
  static let viewNames = ["events", "minutes", "traffic"]

  /// Makes the views; they hold nothing, so they may be dropped and made again.
  static let views = """
    CREATE VIEW events AS SELECT
      e.id AS id, e.time_ms AS time_ms,
      (SELECT text FROM vendor WHERE id = e.vendor) AS vendor,
      e.status AS status,
      (SELECT text FROM code WHERE id = e.code) AS code,
      (SELECT text FROM kind WHERE id = e.kind) AS kind,
      (SELECT text FROM message WHERE id = e.message) AS message,
      e.request_id AS request_id,
      (SELECT text FROM method WHERE id = e.method) AS method,
      (SELECT text FROM route WHERE id = e.route) AS route,
      CASE WHEN e.path = '' THEN (SELECT text FROM route WHERE id = e.route) ELSE e.path END AS path,
      (SELECT text FROM consumer WHERE id = e.consumer) AS consumer,
      e.latency_us / 1000.0 AS latency_ms,
      e.retry_after_ms AS retry_after_ms, e.upstream_status AS upstream_status,
      (SELECT text FROM answerer WHERE id = e.answered_by) AS answered_by,
      (SELECT text FROM details WHERE id = e.details) AS details,
      (SELECT s.path FROM batch b JOIN source s ON s.id = b.source WHERE b.id = e.batch) AS source,
      e."offset" AS "offset", e.length AS length, e.part AS part
      FROM event e;

    CREATE VIEW minutes AS SELECT
      m.time_ms AS time_ms,
      (SELECT text FROM vendor WHERE id = m.vendor) AS vendor,
      m.successes AS successes, m.errors AS errors, m.rate_limited AS rate_limited,
      m.plan_limited AS plan_limited, m.server_errors AS server_errors
      FROM minute m;

    CREATE VIEW traffic AS
      \(traffic(time: "q.time_ms", from: "quarter"))
      UNION ALL
      \(traffic(time: "NULL", from: "undated"));
    """

  /// A part of the view `traffic`.
  private static func traffic(time: String, from table: String) -> String {
    """
    SELECT \(time) AS time_ms,
      (SELECT text FROM vendor WHERE id = q.vendor) AS vendor,
      NULLIF(q.status, 0) AS status,
      (SELECT text FROM code WHERE id = q.code) AS code,
      CASE WHEN q.kind = 0 THEN 'success' ELSE (SELECT text FROM kind WHERE id = q.kind) END AS kind,
      q.responses AS responses
      FROM \(table) q
    """
  }
}
