internal import Batches

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

  static let all = [
    minute, quarter, day, successDay, routeHour, routeDay, word, successWord,
  ]

  private static let delivery = "edge, batch, load"

  /// When a stretch of some milliseconds begins into which an error is counted.
  private static func start(_ length: String) -> String {
    "intDiv(ifNull(time_ms, 0), \(length)) * \(length) AS start_ms"
  }

  static let minute = Feed(
    name: "minute_feed", words: "Errors by the minute.", source: "event", target: "minute",
    select: "\(delivery), \(start("60000")), vendor, gateway, \(minuteCounts)",
    rest: "WHERE time_ms IS NOT NULL GROUP BY \(delivery), start_ms, vendor, gateway")

  /// What a minute counts is said once, of single responses.
  private static let minuteCounts: String = {
    let counts: [(name: String, count: (MinuteCounts) -> Int64)] = [
      ("rate_limited", \.rateLimited), ("plan_limited", \.planLimited),
      ("server_errors", \.serverErrors), ("unanswered", \.unanswered),
      ("rejections", \.rejections), ("refusals", \.refusals), ("cancelled", \.cancelled),
      ("others", \.others),
    ]
    return
      (["toInt64(0) AS successes", "toInt64(count()) AS errors"]
      + counts.map { "toInt64(countIf(\(CountedSorts.condition($0.count)))) AS \($0.name)" })
      .joined(separator: ",\n    ")
  }()

  static let quarter = Feed(
    name: "quarter_feed", words: "Errors by the quarter of an hour, and those without a time.",
    source: "event", target: "quarter",
    select: """
      \(delivery), \(start("900000")), vendor, gateway, toUInt8(time_ms IS NULL) AS undated,
        status, code, kind, toInt64(count()) AS responses
      """,
    rest: "GROUP BY \(delivery), start_ms, vendor, gateway, undated, status, code, kind")

  static let day = Feed(
    name: "day_feed", words: "Errors by the day.", source: "event", target: "day",
    select: """
      \(delivery), \(start("86400000")), vendor, gateway, status, code, kind,
        toInt64(count()) AS responses
      """,
    rest: """
      WHERE time_ms IS NOT NULL
        GROUP BY \(delivery), start_ms, vendor, gateway, status, code, kind
      """)

  /// Edges send them by the quarter of an hour. Servers of today pass on what a feed brought as well,
  /// which are errors.
  static let successDay = Feed(
    name: "success_day_feed", words: "Successes by the day.", source: "quarter", target: "day",
    select: """
      \(delivery), intDiv(start_ms, 86400000) * 86400000 AS start_ms, vendor, gateway, status, code, kind,
        sum(responses) AS responses
      """,
    rest: """
      WHERE kind = 0 AND undated = 0
        GROUP BY \(delivery), start_ms, vendor, gateway, status, code, kind
      """)

  static let routeHour = routes("route_hour", "hour", "3600000")
  static let routeDay = routes("route_day", "day", "86400000")

  private static func routes(_ target: String, _ stretch: String, _ length: String) -> Feed {
    Feed(
      name: "\(target)_feed", words: "Errors by the \(stretch), route and who answered.",
      source: "event", target: target,
      select: """
        \(delivery), \(start(length)), vendor, gateway, status, kind, route, answered_by,
          toInt64(count()) AS responses
        """,
      rest: """
        WHERE time_ms IS NOT NULL
          GROUP BY \(delivery), start_ms, vendor, gateway, status, kind, route, answered_by
        """)
  }

  static let word: Feed = {
    let columns = ["vendor", "gateway", "code", "method", "route", "consumer"]
    let pairs = columns.enumerated().map { lexicon, column in
      "arrayMap(x -> (toUInt8(\(lexicon)), toString(x)), groupUniqArray(ifNull(\(column), '')))"
    }
    return Feed(
      name: "word_feed", words: "The texts of errors.", source: "event", target: "word",
      select: """
        tupleElement(arrayJoin(arrayFilter(x -> tupleElement(x, 2) != '', arrayConcat(
          \(pairs.joined(separator: ",\n    "))))) AS pair, 1) AS lexicon,
          tupleElement(pair, 2) AS text
        """, rest: "")
  }()

  static let successWord = Feed(
    name: "success_word_feed", words: "Those of successes.", source: "quarter", target: "word",
    select: "toUInt8(pair.1) AS lexicon, pair.2 AS text",
    rest: """
      ARRAY JOIN [(0, toString(vendor)), (1, toString(gateway))] AS pair
        WHERE kind = 0 AND text != '' GROUP BY lexicon, text
      """)
}
