internal import Events
internal import Batches
package import Questions
package import Times

extension ClusterReader {
  package func routeCounts(
    during range: TimeRange, by grain: Grain, _ body: (StoredRouteCount) throws -> Void
  ) throws {
    if range.isEmpty { return }
    try rows(
      TableQuestion(
        name: "errors by route",
        columns: [
          .number(stretch(of: "start_ms", length: grain.length)), .text("vendor"),
          .text("gateway"), .optionalText("route"), .number("kind"), .number("answered_by"),
          .number("status"), .number("sum(responses)"),
        ], table: "response",
        conditions: [
          "grain = 1", range.holds(start: "start_ms", ofStretches: grain.length), "kind != 0",
        ] + ofGateway, keys: 7)
    ) { try body(routed($0, count: $0.integer(7, in: AnswerDomain.count))) }
  }

  package func routedErrors(
    during range: TimeRange, _ body: (StoredRouteCount) throws -> Void
  ) throws {
    if range.isEmpty { return }
    try rows(
      TableQuestion(
        name: "errors one by one, by route",
        columns: [
          .number("time_ms"), .text("vendor"), .text("gateway"), .optionalText("route"),
          .number("kind"), .number("answered_by"), .number("status"),
        ], table: "event", conditions: [range.holdsEvent] + ofGateway)
    ) { try body(routed($0, count: 1)) }
  }

  private func routed(_ row: AnswerRow, count: Int64) throws -> StoredRouteCount {
    StoredRouteCount(
      time: try row.integer(0, in: AnswerDomain.time),
      vendor: try texts.number(ofName: row.bytes(1), in: .vendor),
      gateway: try texts.number(ofName: row.bytes(2), in: .gateway),
      route: try texts.number(of: row.bytes(3), in: .route), kind: try row.kind(4) ?? .unknown,
      answeredBy: try row.answeredBy(5), status: try row.integer(6, in: AnswerDomain.status),
      count: count)
  }
}
