internal import Batches
internal import Events
package import Questions
package import Times

// What detectors read one by one: what came of limits, and what is left of quotas.
extension ClusterReader {
  package func limits(during range: TimeRange, _ body: (Limit) -> Void) throws {
    if range.isEmpty { return }
    let (rejected, planned) = ("status = 429", "kind = \(Kind.planLimit.rawValue)")
    try rows(
      TableQuestion(
        name: "429s and plan limits",
        columns: [
          .number("time_ms"), .text("vendor"), .text("gateway"), .optionalText("consumer"),
          .number("status"), .number("kind"),
          .optionalText("if(\(rejected), route, NULL)"),
          .optionalNumber("if(\(rejected), retry_after_ms, NULL)"),
          .optionalText("if(\(planned), code, NULL)"),
          .optionalText("if(\(planned), details, NULL)"), .number("id"),
        ], table: "event",
        conditions: [range.holdsEvent, "limited = 1"] + ofGateway,
        rest: "ORDER BY c0, c10", deliveries: .during(range))
    ) { row in
      body(
        Limit(
          time: try row.integer(0, in: AnswerDomain.time),
          vendor: try texts.number(ofName: row.bytes(1), in: .vendor),
          gateway: try texts.number(ofName: row.bytes(2), in: .gateway),
          consumer: try texts.number(of: row.bytes(3), in: .consumer),
          isRejection: row.integer(4) == 429,
          route: try texts.number(of: row.bytes(6), in: .route),
          retryAfter: try row.optional(7, in: AnswerDomain.amount),
          isPlanLimit: row.integer(5) == Int64(Kind.planLimit.rawValue),
          code: try texts.number(of: row.bytes(8), in: .code),
          details: try texts.number(of: row.bytes(9), in: .details)))
    }
  }

  package func quotas(during range: TimeRange, _ body: (StoredQuota) throws -> Void) throws {
    if range.isEmpty { return }
    let own = range.bounded
    try rows(
      TableQuestion(
        name: "quotas",
        columns: [
          .number("time_ms"), .text("vendor"), .text("gateway"), .optionalText("consumer"),
          .text("name"), .optionalNumber("most"), .number("remaining"),
          .optionalNumber("reset_ms"),
        ], table: "quota",
        conditions: ["time_ms >= \(own.since)", "time_ms < \(own.until)"] + ofGateway,
        deliveries: .during(own))
    ) { row in
      try body(
        StoredQuota(
          vendor: texts.number(ofName: row.bytes(1), in: .vendor),
          gateway: texts.number(ofName: row.bytes(2), in: .gateway),
          consumer: texts.number(of: row.bytes(3), in: .consumer), name: row.text(4) ?? "",
          sighting: QuotaSightings.Sighting(
            time: row.integer(0, in: AnswerDomain.time),
            limit: row.optional(5, in: AnswerDomain.amount),
            remaining: row.integer(6, in: AnswerDomain.amount),
            reset: row.optional(7, in: AnswerDomain.amount))))
    }
  }
}
