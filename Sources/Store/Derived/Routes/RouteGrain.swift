internal import Questions
internal import SQLite
internal import Times

/// How finely errors are counted by route: by the hour, with its quarters told apart, or by the
/// day.
enum RouteGrain: CaseIterable {
  case hour, day

  var name: String {
    switch self {
    case .hour: "route_hour"
    case .day: "route_day"
    }
  }

  /// How long a stretch is, in milliseconds.
  var length: Int64 {
    switch self {
    case .hour: Milliseconds.hour
    case .day: Milliseconds.day
    }
  }

  /// How many parts of a stretch are told apart.
  var parts: Int64 {
    switch self {
    case .hour: 4
    case .day: 1
    }
  }

  /// What is counted of an hour, as the table counts it.
  func stretch(_ entry: RouteEntry) -> RouteEntry {
    guard self == .day else { return entry }
    var entry = entry
    let rest = entry.time % length
    entry.time &-= rest < 0 ? rest + length : rest
    entry.counts = RoutePage.Counts(entry.counts.wrappedSum(), 0, 0, 0)
    return entry
  }
}

// Counts by route when events are pruned, or counts are made anew.
extension RouteGrain {
  /// Takes away what was counted of some vendors before a quarter of an hour.
  static func remove(
    before quarter: Int64, of vendors: PrunedShare, on connection: Connection
  ) throws {
    let first = quarter.rounded(downTo: hour.length)
    try connection.prepare("DELETE FROM \(hour.name) WHERE time_ms < ? AND \(vendors.isMeant)").run(
      binding: [first])
    try trim(first, on: connection) { $1 >= quarter || !vendors.contains($0) }
    // The day in which pruning stops keeps the rest of its hours.
    let last = quarter.rounded(downTo: day.length)
    try connection.prepare("DELETE FROM \(day.name) WHERE time_ms <= ? AND \(vendors.isMeant)").run(
      binding: [last])
    try sumDays(
      during: TimeRange(since: last, until: last + day.length), of: vendors, on: connection)
  }

  /// Counts anew, from the events, a quarter of an hour and what follows; nil for all.
  static func recount(since quarter: Int64?, on connection: Connection) throws {
    if let quarter {
      let first = quarter.rounded(downTo: hour.length)
      try connection.prepare("DELETE FROM \(hour.name) WHERE time_ms > ?").run(binding: [first])
      try trim(first, on: connection) { $1 < quarter }
    } else {
      try connection.execute("DELETE FROM \(hour.name)")
    }
    let events = try CountedRoutes.events(since: quarter ?? .min, on: connection)
    while let entries = try events.next() {
      try RouteChange(entries).apply(to: [.hour], on: connection)
    }
    try connection.execute("DELETE FROM \(day.name)")
    try sumDays(on: connection)
  }

  /// Keeps of an hour the quarters of a condition.
  private static func trim(
    _ time: Int64, on connection: Connection,
    where isKept: (_ vendor: Int64, _ quarter: Int64) -> Bool
  ) throws {
    let stored = try StoredRoutes(
      .hour, during: TimeRange(since: time, until: time + 1), on: connection)
    guard var entries = try stored.next() else { return }
    for place in entries.indices {
      for part in 0..<hour.parts
      where !isKept(entries[place].vendor, time + part * Grain.quarter.length) {
        entries[place].counts[Int(part)] = 0
      }
    }
    try connection.prepare("DELETE FROM \(hour.name) WHERE time_ms = ?").run(binding: [time])
    try RouteChange(entries).apply(to: [.hour], on: connection)
  }

  /// Sums up the hours of a range, whose days have nothing yet of these vendors.
  private static func sumDays(
    during range: TimeRange = .always, of vendors: PrunedShare = .all, on connection: Connection
  ) throws {
    let stored = try StoredRoutes(.hour, during: range, on: connection)
    while let entries = try stored.next() {
      let meant = entries.filter { vendors.contains($0.vendor) }
      try RouteChange(meant).apply(to: [.day], on: connection)
    }
  }

  /// The rows of all routes that something was counted of.
  static func routes(on connection: Connection) throws -> Set<Int64> {
    var routes: Set<Int64> = []
    let stored = try StoredRoutes(.hour, on: connection)
    while let entries = try stored.next() { for entry in entries { routes.insert(entry.route) } }
    return routes
  }
}

extension TimeRange {
  /// All times that can be told.
  static let always = TimeRange(since: .min, until: .max)
}
