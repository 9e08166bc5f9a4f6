internal import Events
internal import Batches
package import Questions
package import Times

extension ClusterReader {
  package func calls(during range: TimeRange, _ body: (StoredCall) throws -> Void) throws {
    try calls(during: range, [], body)
  }

  package func calls(
    of consumer: String, during range: TimeRange, _ body: (StoredCall) throws -> Void
  ) throws {
    try calls(during: range, ["consumer = \(quotedText(consumer))"], body)
  }

  private func calls(
    during range: TimeRange, _ conditions: [String], _ body: (StoredCall) throws -> Void
  ) throws {
    if range.isEmpty { return }
    try rows(
      TableQuestion(
        name: "errors one by one, in order of time",
        columns: [
          .number("time_ms"), .number("id"), .text("vendor"), .text("gateway"),
          .optionalText("consumer"), .optionalText("route"), .optionalText("method"),
          .number("status"), .number("kind"), .optionalText("code"), .optionalText("message"),
          .optionalText("details"), .optionalNumber("intDiv(latency_us, 1000)"),
          .optionalNumber("retry_after_ms"), .optionalText("path"),
        ], table: "event", conditions: [range.holdsEvent] + conditions + ofGateway,
        rest: "ORDER BY c0, c1", deliveries: .during(range))
    ) { row in
      var call = StoredCall(
        number: try row.integer(1, in: AnswerDomain.number),
        time: try row.integer(0, in: AnswerDomain.time))
      call.vendor = try texts.number(ofName: row.bytes(2), in: .vendor)
      call.gateway = try texts.number(ofName: row.bytes(3), in: .gateway)
      call.consumer = try texts.number(of: row.bytes(4), in: .consumer)
      call.route = try texts.number(of: row.bytes(5), in: .route)
      call.method = try texts.number(of: row.bytes(6), in: .method)
      call.status = try row.integer(7, in: AnswerDomain.status)
      call.kind = try row.kind(8) ?? .unknown
      call.code = try texts.number(of: row.bytes(9), in: .code)
      call.message = try texts.number(of: row.bytes(10), in: .message)
      call.details = try texts.number(of: row.bytes(11), in: .details)
      call.latency = try row.optional(12, in: AnswerDomain.amount)
      call.retryAfter = try row.optional(13, in: AnswerDomain.amount)
      call.path =
        row.bytes(14).map { $0.isEmpty ? .route : .other(PathDigest($0)) } ?? .unknown
      try body(call)
    }
  }
}
