internal import Events

/// What a cluster says to whoever asks in SQL: the same four views that a store has, with the same
/// columns, in which nothing counts but what was delivered whole.
enum ClusterViews {
  /// Which deliveries there are, and which count, as each server tells of its own.
  static func deliveries(_ ledger: String) -> [(name: String, words: String, select: String)] {
    [
      (
        "delivery", "Each server's own deliveries.",
        "SELECT edge, batch, load, version, since_ms, until_ms FROM \(ledger)"
      ),
      (
        "delivered", "Which of them count.",
        "SELECT batch, argMax(load, version) AS load FROM \(ledger) GROUP BY edge, batch"
      ),
    ]
  }

  /// - Parameter place: the name of a table or view with its database.
  static func all(
    _ place: (String) -> String
  ) -> [(name: String, words: String, select: String)] {
    let counts = "(batch, load) IN (SELECT batch, load FROM \(place("delivered")))"
    return [
      (
        "batches",
        "Where events stand that were stored together: here they are found by their times.",
        """
        SELECT toInt64(0) AS first_id, toInt64(9223372036854775807) AS end_id,
          toInt64(0) AS first_time_ms, toInt64(9223372036854775807) AS last_time_ms,
          '1970-01-01T00:00:00.000Z' AS first_time, '9999-12-31T23:59:59.999Z' AS last_time
        """
      ),
      (
        "events", "The errors, with their texts.",
        """
        SELECT id, time_ms, nullIf(vendor, '') AS vendor, nullIf(status, 0) AS status, code,
          \(transform("kind", kinds)) AS kind, message, request_id, method, route,
          if(path = '', route, path) AS path, consumer, latency_us / 1000 AS latency_ms,
          retry_after_ms, nullIf(upstream_status, 0) AS upstream_status,
          \(transform("answered_by", ["unknown", "vendor", "gateway"], from: 0)) AS answered_by,
          details, source, offset, length, part, nullIf(gateway, '') AS gateway,
          \(text(ofTime: "time_ms")) AS time
          FROM \(place("event")) WHERE \(counts)
        """
      ),
      (
        "minutes", "Responses by the UTC minute, vendor and gateway.",
        """
        SELECT start_ms AS time_ms, nullIf(vendor, '') AS vendor, sum(successes) AS successes,
          sum(errors) AS errors, sum(rate_limited) AS rate_limited,
          sum(plan_limited) AS plan_limited, sum(server_errors) AS server_errors,
          nullIf(gateway, '') AS gateway, \(text(ofTime: "start_ms")) AS time
          FROM \(place("minute")) WHERE \(counts)
          GROUP BY start_ms, vendor, gateway
        """
      ),
      (
        "traffic", "Responses by the quarter of an hour and what was answered.",
        """
        SELECT if(undated = 1, NULL, start_ms) AS time_ms, nullIf(vendor, '') AS vendor,
          nullIf(status, 0) AS status, code,
          \(transform("kind", ["success"] + kinds, from: 0)) AS kind, sum(responses) AS responses,
          nullIf(gateway, '') AS gateway,
          if(undated = 1, NULL, \(text(ofTime: "start_ms"))) AS time
          FROM \(place("quarter")) WHERE \(counts)
          GROUP BY undated, start_ms, vendor, gateway, status, code, kind
        """
      ),
    ]
  }

  /// `2026-11-09T00:00:00.000Z` of milliseconds, from 1970 on; nothing of nothing.
  private static func text(ofTime time: String) -> String {
    """
    concat(replaceOne(toString(toDateTime(intDiv(\(time), 1000), 'UTC'), 'UTC'), ' ', 'T'), '.',
            substring(toString(1000 + \(time) % 1000), 2), 'Z')
    """
  }

  private static let kinds = Kind.allCases.map(\.name)

  /// Names for numbers that go up from one.
  private static func transform(_ column: String, _ names: [String], from first: Int = 1) -> String
  {
    let numbers = names.indices.map { String($0 + first) }.joined(separator: ", ")
    let texts = names.map { "'\($0)'" }.joined(separator: ", ")
    return "transform(\(column), [\(numbers)], [\(texts)], 'unknown')"
  }
}
