internal import SQLite

extension Schema {
  /// Errors by route and by who answered, so that none of the events need be read to compare routes.
  static let routes = """
    -- The errors that have a time, by route, kind, who answered and status: a row for each hour or
    -- day, vendor and page of 256 routes, by their numbers; 0 stands for none. How a row is packed
    -- `RoutePage` says. An hour tells its quarters apart. The setting routes_since is there where
    -- events of before it were pruned before this was counted.
    \(RouteTable.definitions)
    """

  /// Counts the events that are there.
  static func fillRoutes(_ connection: Connection) throws {
    try RouteTable.recount(since: nil, on: connection)
    try Setting.noteStartOfRoutes(connection)
  }
}
