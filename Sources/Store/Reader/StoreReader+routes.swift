internal import Events
internal import Files
package import Questions
internal import SQLite
package import Times

extension StoreReader {
  package func routeCounts(
    during range: TimeRange, by grain: Grain, _ body: (StoredRouteCount) throws -> Void
  ) throws {
    let table: RouteGrain = grain == .day ? .day : .hour
    // An hour that begins before the range may have a quarter inside it.
    let first = grain == .quarter ? range.since.rounded(downTo: table.length) : range.since
    let stretch = TimeRange(since: first, until: range.until)
    try rows(Counted.routes(in: table), during: stretch) { row in
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

  package func routedErrors(
    during range: TimeRange, _ body: (StoredRouteCount) throws -> Void
  ) throws {
    try rows(Counted.routedErrors, during: range) { row in
      let sort = RoutePage.Sort(
        status: try row.integer(4, .status), kind: try row.kind(5)?.rawValue ?? 0,
        answeredBy: try row.answeredBy(6).rawValue)
      try body(
        StoredRouteCount(
          row.integer(0), row.integer(1), row.integer(2), row.integer(3), sort, count: 1))
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
