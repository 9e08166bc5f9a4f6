// What is counted of responses. Servers count errors as they come; edges send successes as counts.
extension ClusterTables {
  static func counts(_ dialect: Dialect) -> [Table] {
    [
      minute(dialect), quarter(dialect), day(dialect), routeHour(dialect), routeDay(dialect),
    ]
  }

  /// What a minute counts, in the words of the column that has it.
  static let minuteCounts = [
    "successes", "errors", "rate_limited", "plan_limited", "server_errors", "unanswered",
    "rejections", "refusals", "cancelled", "others",
  ]

  private static func start(_ dialect: Dialect) -> [(name: String, type: String)] {
    [
      ("start_ms", "Int64"), ("vendor", dialect.word("String")),
      ("gateway", dialect.word("String")),
    ]
  }

  private static let order = "(start_ms, vendor, gateway)"

  static func minute(_ dialect: Dialect) -> Table {
    let count = "Int64" + dialect.codec("T64, ZSTD(1)")
    return Table(
      name: "minute", words: "Responses by the minute, with a column for each sort of them.",
      columns: delivery + start(dialect) + minuteCounts.map { ($0, count) }, time: "start_ms",
      order: order)
  }

  static func quarter(_ dialect: Dialect) -> Table {
    Table(
      name: "quarter",
      words:
        "Responses by the quarter of an hour and what was answered, and those without a time. Kind 0 stands for a success.",
      columns: delivery + start(dialect) + [("undated", "UInt8")] + answer(dialect),
      time: "start_ms", order: order)
  }

  static func day(_ dialect: Dialect) -> Table {
    Table(
      name: "day", words: "The same by the day.",
      columns: delivery + start(dialect) + answer(dialect), time: "start_ms", order: order)
  }

  static func routeHour(_ dialect: Dialect) -> Table {
    Table(
      name: "route_hour", words: "Errors by the hour, route and who answered.",
      columns: delivery + start(dialect) + route(dialect), time: "start_ms", order: order)
  }

  static func routeDay(_ dialect: Dialect) -> Table {
    Table(
      name: "route_day", words: "The same by the day.",
      columns: delivery + start(dialect) + route(dialect), time: "start_ms", order: order)
  }

  private static func answer(_ dialect: Dialect) -> [(name: String, type: String)] {
    [
      ("status", "Int32"), ("code", dialect.word("Nullable(String)")), ("kind", "UInt8"),
      ("responses", "Int64"),
    ]
  }

  private static func route(_ dialect: Dialect) -> [(name: String, type: String)] {
    [
      ("status", "Int32"), ("kind", "UInt8"), ("route", dialect.word("Nullable(String)")),
      ("answered_by", "UInt8"), ("responses", "Int64"),
    ]
  }
}
