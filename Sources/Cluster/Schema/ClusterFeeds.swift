/// What servers derive from rows as they come, so that no question has to go through all events.
enum ClusterFeeds {
  struct Feed {
    var name: String
    var words: String
    /// The table that rows come to, and the one that they feed.
    var source: String
    var target: String
    var select: String
    var rest: String
  }

  static let all = [minute, quarter, word, successWord]

  private static let delivery = "edge, batch, load"
  private static let none = "CAST(NULL AS Nullable(String))"

  /// How many milliseconds a stretch has into which errors are counted.
  private static func start(_ length: String) -> String {
    "intDiv(ifNull(time_ms, 0), \(length)) * \(length)"
  }

  static let minute = Feed(
    name: "minute_feed", words: "Errors by the minute.", source: "event", target: "response",
    select: """
      \(delivery), toUInt8(0) AS grain, \(start("60000")) AS start_ms, vendor, gateway, status,
        \(none) AS code, kind, \(none) AS route, toUInt8(0) AS answered_by,
        toInt64(count()) AS responses
      """,
    rest: """
      WHERE time_ms IS NOT NULL
        GROUP BY \(delivery), start_ms, vendor, gateway, status, kind
      """)

  static let quarter = Feed(
    name: "quarter_feed", words: "Errors by the quarter of an hour, and those without a time.",
    source: "event", target: "response",
    select: """
      \(delivery), toUInt8(if(time_ms IS NULL, 2, 1)) AS grain, \(start("900000")) AS start_ms, vendor,
        gateway, status, code, kind, route, answered_by, toInt64(count()) AS responses
      """,
    rest: """
      GROUP BY \(delivery), grain, start_ms, vendor, gateway, status, code, kind, route, answered_by
      """)

  static let word = Feed(
    name: "word_feed", words: "The texts of errors.", source: "event", target: "word",
    select: "toUInt8(pair.1) AS lexicon, pair.2 AS text",
    rest: """
      ARRAY JOIN [(0, toString(vendor)), (1, toString(gateway)), (2, ifNull(toString(code), '')),
        (3, ifNull(toString(method), '')), (4, ifNull(toString(route), '')),
        (5, ifNull(toString(consumer), ''))] AS pair
        WHERE text != '' GROUP BY lexicon, text
      """)

  static let successWord = Feed(
    name: "success_word_feed", words: "Those of successes.", source: "response", target: "word",
    select: "toUInt8(pair.1) AS lexicon, pair.2 AS text",
    rest: """
      ARRAY JOIN [(0, toString(vendor)), (1, toString(gateway))] AS pair
        WHERE kind = 0 AND text != '' GROUP BY lexicon, text
      """)
}
