internal import Events
internal import Batches
package import Questions
package import Times

extension ClusterReader {
  package func routeCounts(
    during range: TimeRange, by grain: Grain, _ body: (StoredRouteCount) throws -> Void
  ) throws {
    if range.isEmpty { return }
    let own = range.stretches(of: grain.length)
    // Quarters of an hour are asked for at the ends of a range alone, and counted when they are.
    let isOfEvents = grain == .quarter
    try rows(
      TableQuestion(
        name: "errors by route",
        columns: [
          .number(isOfEvents ? stretch(of: "time_ms", length: grain.length) : "start_ms"),
          .text("vendor"), .text("gateway"), .optionalText("route"), .number("kind"),
          .number("answered_by"), .number("status"),
          .number(isOfEvents ? "count()" : "sum(responses)"),
        ], table: isOfEvents ? "event" : grain == .hour ? "route_hour" : "route_day",
        conditions: [isOfEvents ? own.holdsEvent : own.holdsStart] + ofGateway, keys: 7,
        deliveries: .during(own))
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
        ], table: "event", conditions: [range.holdsEvent] + ofGateway,
        deliveries: .during(range))
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
