package import Events
internal import Questions
package import Times

// Events in full.
extension ClusterReader {
  package func event(_ number: Int64) throws -> Event? {
    if let known = remembered[number] { return known }
    guard let batch = try batch(ofEvent: number) else { return nil }
    var event: Event?
    try events(batch.conditions + ["id = \(number)"], batch.deliveries) { event = $0 }
    return event
  }

  package func events(
    during range: TimeRange, vendor: String?, kinds: Set<Kind>, _ body: (Event) throws -> Void
  ) throws {
    if range.isEmpty || kinds.isEmpty { return }
    let numbers = kinds.map { String($0.rawValue) }.sorted().joined(separator: ", ")
    var conditions = [range.holdsEvent, "kind IN (\(numbers))"] + ofGateway
    if let vendor { conditions.append("vendor = \(quotedText(vendor))") }
    try events(conditions, .during(range), rest: "ORDER BY c1, c0", body)
  }

  /// Asks for events together that will be asked for one by one.
  ///
  /// - Parameter events: their numbers, and times in their minutes, 0 of those without one.
  func remember(_ events: [(number: Int64, time: Int64)]) throws {
    remembered = [:]
    if events.count > ClusterReader.mostRemembered { return }
    for start in stride(from: 0, to: events.count, by: ClusterReader.eventsAtOnce) {
      let some = events[start..<min(start + ClusterReader.eventsAtOnce, events.count)]
      try self.events(ClusterReader.conditions(of: some), ClusterReader.deliveries(of: some)) {
        remembered[$0.id] = $0
      }
    }
  }

  /// What events meet of which the minutes are known.
  static func conditions(of events: some Sequence<(number: Int64, time: Int64)>) -> [String] {
    func list(_ numbers: some Sequence<Int64>) -> String {
      Set(numbers).sorted().map { "\($0)" }.joined(separator: ", ")
    }
    return [
      "day IN (\(list(events.map { $0.time / Milliseconds.day })))",
      "minute IN (\(list(events.map { $0.time / Milliseconds.minute })))",
      "id IN (\(list(events.map(\.number))))",
    ]
  }

  /// The deliveries that they may have come by.
  static func deliveries(of events: some Sequence<(number: Int64, time: Int64)>) -> Deliveries {
    let times = events.map(\.time)
    return .during(
      TimeRange(
        since: (times.min() ?? 0).rounded(downTo: Milliseconds.minute),
        until: (times.max() ?? 0).addingClamped(Milliseconds.minute)))
  }

  /// A question has its limits as well.
  static let eventsAtOnce = 1000
  private static let mostRemembered = 1 << 14

  /// Hands over events that meet some conditions.
  private func events(
    _ conditions: [String], _ deliveries: Deliveries, rest: String = "",
    _ body: (Event) throws -> Void
  ) throws {
    try rows(
      TableQuestion(
        name: "events in full",
        columns: [
          .number("id"), .optionalNumber("time_ms"), .text("vendor"), .number("status"),
          .optionalText("code"), .number("kind"), .optionalText("message"),
          .optionalText("request_id"), .optionalText("method"), .optionalText("route"),
          .optionalText("path"), .optionalText("consumer"), .optionalNumber("latency_us"),
          .optionalNumber("retry_after_ms"), .number("upstream_status"), .number("answered_by"),
          .optionalText("details"), .text("source"), .number("offset"), .number("length"),
          .number("part"), .text("gateway"),
        ], table: "event", conditions: conditions, rest: rest, deliveries: deliveries)
    ) { try body(try Event($0)) }
  }
}

extension Event {
  fileprivate init(_ row: AnswerRow) throws {
    self.init(id: try row.integer(0, in: AnswerDomain.number))
    time = try row.optional(1, in: AnswerDomain.time)
    vendor = row.name(2)
    status = Event.status(try row.integer(3, in: AnswerDomain.status))
    code = row.text(4)
    kind = try row.kind(5) ?? .unknown
    message = row.text(6)
    requestID = row.text(7)
    method = row.text(8)
    route = row.text(9)
    // An empty one is the route word for word.
    path = row.bytes(10).flatMap { $0.isEmpty ? row.text(9) : row.text(10) }
    consumer = row.text(11)
    latency = try row.optional(12, in: AnswerDomain.amount).map { Double($0) / 1000 }
    retryAfter = try row.optional(13, in: AnswerDomain.amount)
    upstreamStatus = Event.status(try row.integer(14, in: AnswerDomain.status))
    answeredBy = try row.answeredBy(15)
    details = row.text(16)
    source = Event.Place(
      path: row.text(17) ?? "", offset: try row.integer(18, in: AnswerDomain.bytes),
      length: try row.integer(19, in: AnswerDomain.bytes),
      part: Int(try row.integer(20, in: AnswerDomain.bytes)))
    gateway = row.name(21)
  }

  private static func status(_ number: Int64) -> Int? { number == 0 ? nil : Int(number) }
}
