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
    try sorted(
      "responses by the \(grain.name)", at: stretch(of: "start_ms", length: grain.length),
      conditions + [
        "grain = 1", range.holds(start: "start_ms", ofStretches: grain.length),
      ], body)
  }

  package func undatedResponses(_ body: (StoredCount) throws -> Void) throws {
    try sorted("responses without a time", at: "0", ["grain = 2"], body)
  }

  /// Hands over what is counted by all that tells responses apart.
  private func sorted(
    _ name: String, at time: String, _ conditions: [String],
    _ body: (StoredCount) throws -> Void
  ) throws {
    try rows(
      TableQuestion(
        name: name,
        columns: [
          .number(time), .text("vendor"), .text("gateway"), .number("status"),
          .optionalText("code"), .number("kind"), .number("sum(responses)"),
        ], table: "response", conditions: conditions + ofGateway, keys: 6)
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
    var isThere = false
    try rows(
      TableQuestion(
        name: "whether there are successes", columns: [.number("responses")], table: "response",
        conditions: [
          "grain = 1", range.holds(start: "start_ms", ofStretches: Grain.day.length), "kind = 0",
          "responses > 0", isVendor(vendor),
        ] + ofGateway, rest: "LIMIT 1")
    ) { _ in isThere = true }
    return isThere
  }

  package func minutes(during range: TimeRange, _ body: (StoredMinute) throws -> Void) throws {
    func sum(_ count: (MinuteCounts) -> Int64) -> TableQuestion.Column {
      .number("sumIf(responses, \(CountedSorts.condition(count)))")
    }
    try each(
      Milliseconds.minute, "minutes", during: range,
      [
        .number("sumIf(responses, kind = 0)"), .number("sumIf(responses, kind != 0)"),
        sum(\.rateLimited), sum(\.planLimited), sum(\.serverErrors),
      ]
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
      Milliseconds.minute, "successes by the minute", during: range, [.number("sum(responses)")],
      ["kind = 0", "responses > 0"]
    ) { time, vendor, gateway, row in
      try body(
        StoredCount(
          time: time, vendor: vendor, gateway: gateway, kind: nil,
          count: row.integer(3, in: AnswerDomain.count)))
    }
  }

  package func hourlyResponses(during range: TimeRange, _ body: (StoredCount) -> Void) throws {
    try all(Milliseconds.hour, "all responses by the hour", during: range, body)
  }

  package func responsesByMinute(during range: TimeRange, _ body: (StoredCount) -> Void) throws {
    try all(Milliseconds.minute, "all responses by the minute", during: range, body)
  }

  private func all(
    _ length: Int64, _ name: String, during range: TimeRange, _ body: (StoredCount) -> Void
  ) throws {
    try each(length, name, during: range, [.number("sum(responses)")]) {
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
      since: range.bounded.since.rounded(downTo: Milliseconds.hour), until: range.until)
    if hours.isEmpty { return }
    let meant =
      [
        "grain = 0", hours.holds(start: "start_ms", ofStretches: Milliseconds.hour),
        CountedSorts.condition { sort.count(in: $0) }, counts,
      ] + conditions + ofGateway
    let minute = "toString(intDiv(start_ms % \(Milliseconds.hour), \(Milliseconds.minute)))"
    var minutes = [Int64](repeating: 0, count: 60)
    try rows(
      TableQuestion(
        name: "minutes of one sort",
        columns: [
          .number("hour"), .text("vendor"), .text("gateway"),
          .text("arrayStringConcat(groupArray(concat(minute, ' ', toString(sum))), ',')"),
        ],
        table: """
          (SELECT \(stretch(of: "start_ms", length: Milliseconds.hour)) AS hour, vendor, gateway,
            \(minute) AS minute, sum(responses) AS sum FROM response
            WHERE \(meant.joined(separator: " AND "))
            GROUP BY hour, vendor, gateway, minute)
          """, keys: 3, isOfDeliveries: false)
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
    _ length: Int64, _ name: String, during range: TimeRange, _ counts: [TableQuestion.Column],
    _ conditions: [String] = [],
    _ body: (_ time: Int64, _ vendor: Int64, _ gateway: Int64, AnswerRow) throws -> Void
  ) throws {
    if range.isEmpty { return }
    try rows(
      TableQuestion(
        name: name,
        columns: [
          .number(stretch(of: "start_ms", length: length)), .text("vendor"), .text("gateway"),
        ] + counts, table: "response",
        conditions: ["grain = 0", range.holds(start: "start_ms", ofStretches: length)]
          + conditions + ofGateway, keys: 3)
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
