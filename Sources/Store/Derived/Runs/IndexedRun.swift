internal import SQLite

/// A run, and where the pages of its ids are.
struct IndexedRun {
  var batch: Int64
  var firstEvent: Int64
  /// How many bits number its pages.
  var bits: Int

  /// All runs, in order.
  private static func all(on connection: Connection) throws -> [IndexedRun] {
    let rows = try connection.prepare(IdentifierPages.runs)
    var runs: [IndexedRun] = []
    while try rows.step() {
      runs.append(
        IndexedRun(
          batch: try rows.integer(0, .number), firstEvent: try rows.integer(1, .number),
          bits: Int(try rows.integer(2, .bits))))
    }
    return runs
  }

  /// Those that can have an id, as far as guides tell, in order.
  static func all(
    thatCanHave hash: UInt64, on connection: Connection
  ) throws -> [IndexedRun] {
    var rest = try all(on: connection)[...]
    var runs: [IndexedRun] = []
    let look = try connection.prepare(Guide.look)
    for guide in try Guide.all(on: connection) {
      let free = rest.prefix { $0.batch < guide.firstRun }
      runs += free
      rest = rest.dropFirst(free.count)
      let guided = rest.prefix { $0.batch <= guide.lastRun }
      rest = rest.dropFirst(guided.count)
      // A guide that is not of these runs, as none that is sound is, says nothing.
      if guided.count == guide.runs, guided.first?.batch == guide.firstRun,
        let places = try guide.places(of: hash, with: look)
      {
        runs += places.map { guided[guided.startIndex + $0] }
      } else {
        runs += guided
      }
    }
    return runs + rest
  }
}

extension Connection {
  /// Does `work` with the store as it is at one moment, whatever is written meanwhile.
  func atOneMoment<Result>(_ work: () throws -> Result) throws -> Result {
    // SQLite goes on showing the same as long as any statement is at a row.
    let moment = try prepare("SELECT 1 FROM sqlite_schema LIMIT 1")
    _ = try moment.step()
    defer { moment.reset() }
    return try work()
  }
}
