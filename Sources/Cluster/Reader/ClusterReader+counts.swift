internal import Batches
internal import Events
internal import Files
package import Questions
package import Times

extension ClusterReader {
  package func responses(
    during range: TimeRange, by grain: Grain, _ body: (StoredCount) throws -> Void
  ) throws {
    try responses(during: range, by: grain, meeting: [], body)
  }

  package func responses(
    of sort: ErrorSort, during range: TimeRange, by grain: Grain,
    _ body: (StoredCount) throws -> Void
  ) throws {
    try responses(
      during: range, by: grain,
      meeting: [
        "status = \(sort.status)", "kind = \(sort.kind.rawValue)", isVendor(sort.vendor),
      ], body)
  }

  private func responses(
    during range: TimeRange, by grain: Grain, meeting conditions: [String],
    _ body: (StoredCount) throws -> Void
  ) throws {
    if range.isEmpty { return }
    let own = range.stretches(of: grain.length)
    try sorted(
      "responses by the \(grain.name)", of: grain == .day ? "day" : "quarter",
      at: grain == .hour ? stretch(of: "start_ms", length: grain.length) : "start_ms",
      conditions + [own.holdsStart] + (grain == .day ? [] : ["undated = 0"]), .during(own), body)
  }

  package func undatedResponses(_ body: (StoredCount) throws -> Void) throws {
    try sorted(
      "responses without a time", of: "quarter", at: "0", ["start_ms = 0", "undated = 1"],
      EventPlaces(nil, true).deliveries, body)
  }

  /// Hands over what is counted by all that tells responses apart.
  private func sorted(
    _ name: String, of table: String, at time: String, _ conditions: [String],
    _ deliveries: Deliveries, _ body: (StoredCount) throws -> Void
  ) throws {
    try rows(
      TableQuestion(
        name: name,
        columns: [
          .number(time), .text("vendor"), .text("gateway"), .number("status"),
          .optionalText("code"), .number("kind"), .number("sum(responses)"),
        ], table: table, conditions: conditions + ofGateway, keys: 6, deliveries: deliveries)
    ) { row in
      try body(
        StoredCount(
          time: row.integer(0, in: AnswerDomain.time),
          vendor: texts.number(ofName: row.bytes(1), in: .vendor),
          gateway: texts.number(ofName: row.bytes(2), in: .gateway),
          status: row.integer(3, in: AnswerDomain.status),
          code: texts.number(of: row.bytes(4), in: .code), kind: row.kind(5),
          count: row.integer(6, in: AnswerDomain.count)))
    }
  }

  package func hasSuccesses(of vendor: String?, during range: TimeRange) throws -> Bool {
    if range.isEmpty { return false }
    let days = range.stretches(of: Grain.day.length)
    var isThere = false
    try rows(
      TableQuestion(
        name: "whether there are successes", columns: [.number("responses")], table: "day",
        conditions: [days.holdsStart, "kind = 0", "responses > 0", isVendor(vendor)] + ofGateway,
        rest: "LIMIT 1", deliveries: .during(days))
    ) { _ in isThere = true }
    return isThere
  }

  package func minutes(during range: TimeRange, _ body: (StoredMinute) throws -> Void) throws {
    try each(
      Milliseconds.minute, of: "minute", "minutes", during: range,
      ["successes", "errors", "rate_limited", "plan_limited", "server_errors"].map {
        .number("sum(\($0))")
      }
    ) { time, vendor, gateway, row in
      try body(
        StoredMinute(
          time: time, vendor: vendor, gateway: gateway,
          successes: row.integer(3, in: AnswerDomain.count),
          errors: row.integer(4, in: AnswerDomain.count),
          rateLimited: row.integer(5, in: AnswerDomain.count),
          planLimited: row.integer(6, in: AnswerDomain.count),
          serverErrors: row.integer(7, in: AnswerDomain.count)))
    }
  }

  package func successes(during range: TimeRange, _ body: (StoredCount) throws -> Void) throws {
    try each(
      Milliseconds.minute, of: "minute", "successes by the minute", during: range,
      [.number("sum(successes)")], ["successes > 0"]
    ) { time, vendor, gateway, row in
      try body(
        StoredCount(
          time: time, vendor: vendor, gateway: gateway, kind: nil,
          count: row.integer(3, in: AnswerDomain.count)))
    }
  }

  package func hourlyResponses(during range: TimeRange, _ body: (StoredCount) -> Void) throws {
    try all(
      Milliseconds.hour, of: "quarter", "all responses by the hour", during: range,
      "sum(responses)", ["undated = 0"], body)
  }

  package func responsesByMinute(during range: TimeRange, _ body: (StoredCount) -> Void) throws {
    try all(
      Milliseconds.minute, of: "minute", "all responses by the minute", during: range,
      "sum(successes + errors)", [], body)
  }

  private func all(
    _ length: Int64, of table: String, _ name: String, during range: TimeRange, _ sum: String,
    _ conditions: [String], _ body: (StoredCount) -> Void
  ) throws {
    try each(length, of: table, name, during: range, [.number(sum)], conditions) {
      time, vendor, gateway, row in
      body(
        StoredCount(
          time: time, vendor: vendor, gateway: gateway,
          count: try row.integer(3, in: AnswerDomain.count)))
    }
  }

  package func minuteCounts(
    of sort: MinuteSort, during range: TimeRange,
    _ body: (_ hour: Int64, _ vendor: Int64, _ gateway: Int64, _ minutes: [Int64]) throws -> Void
  ) throws {
    try hours(of: sort, during: range, [], body)
  }

  package func minuteCounts(
    of sort: MinuteSort, ofVendor vendor: String?, during range: TimeRange,
    _ body: (_ hour: Int64, _ vendor: Int64, _ gateway: Int64, _ minutes: [Int64]) throws -> Void
  ) throws {
    try hours(of: sort, during: range, [isVendor(vendor)], body)
  }

  /// An hour comes as one text: the numbers of its minutes that had some, and how many.
  ///
  ///     7 1,54 12
  private func hours(
    of sort: MinuteSort, during range: TimeRange, _ conditions: [String],
    _ body: (_ hour: Int64, _ vendor: Int64, _ gateway: Int64, _ minutes: [Int64]) throws -> Void
  ) throws {
    let hours = TimeRange(
      since: range.bounded.since.rounded(downTo: Milliseconds.hour), until: range.until
    ).stretches(of: Milliseconds.hour)
    if hours.isEmpty { return }
    let count = ClusterReader.column(of: sort)
    let meant =
      [hours.holdsStart, "\(count) > 0", counts(.during(hours))] + conditions + ofGateway
    let minute = "toString(intDiv(start_ms - hour, \(Milliseconds.minute)))"
    var minutes = [Int64](repeating: 0, count: 60)
    try rows(
      TableQuestion(
        name: "minutes of one sort",
        columns: [
          .number("hour"), .text("vendor"), .text("gateway"),
          .text("arrayStringConcat(groupArray(concat(\(minute), ' ', toString(sum))), ',')"),
        ],
        table: """
          (SELECT \(stretch(of: "start_ms", length: Milliseconds.hour)) AS hour, start_ms, vendor,
            gateway, sum(\(count)) AS sum FROM minute
            WHERE \(meant.joined(separator: " AND "))
            GROUP BY hour, start_ms, vendor, gateway)
          """, keys: 3, deliveries: .unasked)
    ) { row in
      guard let bytes = row.bytes(3), ClusterReader.read(bytes, into: &minutes) else {
        throw ClusterError(.answer, "the server's answer is damaged: it has no minutes of an hour")
      }
      try body(
        row.integer(0, in: AnswerDomain.time),
        texts.number(ofName: row.bytes(1), in: .vendor),
        texts.number(ofName: row.bytes(2), in: .gateway), minutes)
    }
  }

  /// What counts responses of a sort in the table of minutes.
  private static func column(of sort: MinuteSort) -> String {
    switch sort {
    case .requests: "successes + errors"
    case .serverErrors: "server_errors"
    case .unanswered: "unanswered"
    case .rejections: "rejections"
    case .refusals: "refusals"
    case .others: "others"
    case .cancelled: "cancelled"
    }
  }

  /// Returns whether a text is one of an hour.
  static func read(_ text: Bytes, into minutes: inout [Int64]) -> Bool {
    for minute in minutes.indices { minutes[minute] = 0 }
    if text.isEmpty { return true }
    var rest: Bytes? = text
    while let all = rest {
      let end = all.place(of: UInt8(ascii: ","))
      let pair = all.part(0..<(end ?? all.count))
      rest = end.map { all.part($0 + 1..<all.count) }
      guard let middle = pair.place(of: UInt8(ascii: " ")),
        let minute = pair.part(0..<middle).integer, minutes.indices.contains(Int(clamping: minute)),
        let count = pair.part(middle + 1..<pair.count).integer, AnswerDomain.count.contains(count)
      else { return false }
      minutes[Int(minute)] = count
    }
    return true
  }

  /// Hands over what is counted by stretches of time that begin inside a range, vendors and gateways.
  ///
  /// - Parameter counts: the columns from the fourth on.
  private func each(
    _ length: Int64, of table: String, _ name: String, during range: TimeRange,
    _ counts: [TableQuestion.Column], _ conditions: [String] = [],
    _ body: (_ time: Int64, _ vendor: Int64, _ gateway: Int64, AnswerRow) throws -> Void
  ) throws {
    if range.isEmpty { return }
    let own = range.stretches(of: length)
    try rows(
      TableQuestion(
        name: name,
        columns: [
          .number(stretch(of: "start_ms", length: length)), .text("vendor"), .text("gateway"),
        ] + counts, table: table, conditions: [own.holdsStart] + conditions + ofGateway, keys: 3,
        deliveries: .during(own))
    ) { row in
      try body(
        row.integer(0, in: AnswerDomain.time),
        texts.number(ofName: row.bytes(1), in: .vendor),
        texts.number(ofName: row.bytes(2), in: .gateway), row)
    }
  }

  private func isVendor(_ name: String?) -> String { "vendor = \(quotedText(name ?? ""))" }
}

extension Grain {
  fileprivate var name: String {
    switch self {
    case .quarter: "quarter of an hour"
    case .hour: "hour"
    case .day: "day"
    }
  }
}
