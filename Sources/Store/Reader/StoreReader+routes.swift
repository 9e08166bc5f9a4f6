package import Events
internal import Files
internal import SQLite
package import Times

/// Errors of one sort on one route in one stretch of time, or a single one, as the store has them:
/// texts by their rows, 0 for none.
package struct StoredRouteCount {
  /// The start of the stretch, or the error's time; milliseconds since the epoch.
  package var time: Int64
  package var vendor: Int64
  package var gateway: Int64
  package var route: Int64
  package var kind: Kind
  package var answeredBy: AnsweredBy
  /// 0 for none.
  package var status: Int64
  package var count: Int64
}

extension StoreReader {
  /// Hands over the errors of the stretches that begin inside a range, by route and by who
  /// answered, in no order.
  package func routeCounts(
    during range: TimeRange, by grain: Grain, _ body: (StoredRouteCount) throws -> Void
  ) throws {
    let table: RouteGrain = grain == .day ? .day : .hour
    // An hour that begins before the range may have a quarter inside it.
    let first = grain == .quarter ? range.since.rounded(downTo: table.length) : range.since
    try routed(Counted.routes(in: table), since: first, until: range.until) { row in
      let (start, vendor, gateway) = (row.integer(0), row.integer(1), row.integer(2))
      let isSound = try RoutePage.read(
        row.blob(4), page: row.integer(3, .number), parts: table.parts
      ) { route, sort, counts in
        var count = StoredRouteCount(
          start, vendor, gateway, route, sort, count: counts.wrappedSum())
        if grain != .quarter { return try body(count) }
        for part in counts.indices where counts[part] != 0 {
          count.time = start &+ Int64(part) * grain.length
          count.count = counts[part]
          if range.contains(count.time) { try body(count) }
        }
      }
      if !isSound { throw damage(of: "errors by route") }
    }
  }

  /// Hands over the errors of a range one by one, in no order.
  package func routedErrors(
    during range: TimeRange, _ body: (StoredRouteCount) throws -> Void
  ) throws {
    try routed(Counted.routedErrors, since: range.since, until: range.until) { row in
      let sort = RoutePage.Sort(
        status: try row.integer(4, .status), kind: try row.kind(5)?.rawValue ?? 0,
        answeredBy: try row.answeredBy(6).rawValue)
      try body(
        StoredRouteCount(
          row.integer(0), row.integer(1), row.integer(2), row.integer(3), sort, count: 1))
    }
  }

  private func routed(
    _ sql: String, since: Int64, until: Int64, _ body: (Statement) throws -> Void
  ) throws {
    try reading {
      let statement = try connection.prepare(sql)
      statement.bind(since, at: 1)
      statement.bind(until, at: 2)
      let times = TimeRange(since: since, until: until).times
      while try statement.step() {
        _ = try statement.integer(0, in: times)
        if isMeant(gateway: statement.integer(2)) { try body(statement) }
      }
    }
  }
}

extension StoredRouteCount {
  fileprivate init(
    _ time: Int64, _ vendor: Int64, _ gateway: Int64, _ route: Int64, _ sort: RoutePage.Sort,
    count: Int64
  ) {
    self.init(
      time: time, vendor: vendor, gateway: gateway, route: route,
      kind: Kind(rawValue: sort.kind) ?? .unknown,
      answeredBy: AnsweredBy(rawValue: sort.answeredBy) ?? .unknown, status: sort.status,
      count: count)
  }
}

extension Counted {
  static func routes(in table: RouteGrain) -> String {
    """
    SELECT time_ms, vendor, gateway, page, errors FROM \(table.name) WHERE time_ms >= ? AND time_ms < ?
    """
  }

  static let routedErrors = """
    SELECT e.time_ms, e.vendor, e.gateway, e.route, e.status, e.kind, e.answered_by \(events)
    """
}
