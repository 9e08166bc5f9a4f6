internal import Batches
internal import Events
internal import Files
package import Questions
package import Times

// Single errors with all that tells them apart.
extension ClusterReader {
  package func errors(during range: TimeRange, _ body: (StoredCount) throws -> Void) throws {
    try errors(during: range, [], rest: "") { error, _ in try body(error) }
  }

  /// Some at a time, and ever more: who asks has mostly had enough before all have come.
  package func errorsInOrder(
    during range: TimeRange, _ body: (StoredCount) throws -> Void
  ) throws {
    let own = "bitAnd(id, \(Edge.mostEvents))"
    var behind: [String] = []
    var wanted = ClusterReader.fewErrors
    while true {
      var errors: [StoredCount] = []
      var last: Int64 = 0
      try self.errors(during: range, behind, rest: "ORDER BY \(own), id LIMIT \(wanted)") {
        errors.append($0)
        last = $1
      }
      for error in errors { try body(error) }
      if errors.count < wanted { return }
      let place = last & Edge.mostEvents
      behind = ["(\(own) > \(place) OR \(own) = \(place) AND id > \(last))"]
      wanted = min(wanted * 4, ClusterReader.manyErrors)
    }
  }

  private static let fewErrors = 4096
  private static let manyErrors = 1 << 16

  private func errors(
    during range: TimeRange, _ conditions: [String], rest: String,
    _ body: (_ error: StoredCount, _ number: Int64) throws -> Void
  ) throws {
    if range.isEmpty { return }
    try rows(
      TableQuestion(
        name: "errors one by one",
        columns: [
          .number("time_ms"), .text("vendor"), .text("gateway"), .number("status"),
          .optionalText("code"), .number("kind"), .optionalText("route"),
          .optionalText("consumer"), .number("answered_by"), .number("id"),
        ], table: "event", conditions: [range.holdsEvent] + conditions + ofGateway, rest: rest,
        deliveries: .during(range))
    ) { row in
      try body(
        StoredCount(
          time: row.integer(0, in: AnswerDomain.time),
          vendor: texts.number(ofName: row.bytes(1), in: .vendor),
          gateway: texts.number(ofName: row.bytes(2), in: .gateway),
          status: row.integer(3, in: AnswerDomain.status),
          code: texts.number(of: row.bytes(4), in: .code), kind: row.kind(5) ?? .unknown,
          route: texts.number(of: row.bytes(6), in: .route),
          consumer: texts.number(of: row.bytes(7), in: .consumer), answeredBy: row.answeredBy(8)),
        row.integer(9, in: AnswerDomain.number))
    }
  }

  package func errors(
    _ choice: ErrorChoice, texts: Bool, _ body: (StoredError) throws -> Void
  ) throws {
    switch choice {
    case .during(let range):
      if !range.isEmpty { try errors([range.holdsEvent], .during(range), texts: texts, body) }
    case .undated:
      let places = EventPlaces(nil, true)
      try errors([places.condition], places.deliveries, texts: texts, body)
    case .after(let number):
      let (edge, own) = (max(number, 0) >> Edge.bits, max(number, 0) & Edge.mostEvents)
      var places = EventPlaces()
      for batch in try batches(["first_event + events > \(own)"], ofEdge: edge) {
        places.add(EventPlaces(batch.times, batch.hasUndated))
      }
      try errors(
        [places.condition, "edge = \(edge)", "id > \(number)"], places.deliveries,
        rest: "ORDER BY c3", texts: texts, body)
    }
  }

  func errors(
    _ conditions: [String], _ deliveries: Deliveries, rest: String = "", texts hasTexts: Bool,
    _ body: (StoredError) throws -> Void
  ) throws {
    try rows(
      TableQuestion(
        name: "errors one by one, whole",
        columns: [
          .optionalNumber("time_ms"), .text("vendor"), .text("gateway"), .number("id"),
          .number("status"), .optionalText("code"), .number("kind"), .optionalText("route"),
          .optionalText("consumer"), .number("answered_by"), .optionalText("message"),
          .optionalText("details"), .optionalNumber("retry_after_ms"),
        ] + (hasTexts ? [.optionalText("path"), .optionalText("request_id")] : []),
        table: "event", conditions: conditions + ofGateway, rest: rest, deliveries: deliveries)
    ) { row in
      var error = StoredError(
        number: try row.integer(3, in: AnswerDomain.number),
        time: try row.optional(0, in: AnswerDomain.time))
      error.vendor = try texts.number(ofName: row.bytes(1), in: .vendor)
      error.gateway = try texts.number(ofName: row.bytes(2), in: .gateway)
      error.status = try row.integer(4, in: AnswerDomain.status)
      error.code = try texts.number(of: row.bytes(5), in: .code)
      error.kind = try row.kind(6) ?? .unknown
      error.route = try texts.number(of: row.bytes(7), in: .route)
      error.consumer = try texts.number(of: row.bytes(8), in: .consumer)
      error.answeredBy = try row.answeredBy(9)
      error.message = try texts.number(of: row.bytes(10), in: .message)
      error.details = try texts.number(of: row.bytes(11), in: .details)
      error.retryAfter = try row.optional(12, in: AnswerDomain.amount)
      if hasTexts { (error.path, error.requestID) = (row.bytes(13), row.bytes(14)) }
      try body(error)
    }
  }
}
