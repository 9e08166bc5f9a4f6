internal import Batches
internal import Files
internal import Questions
internal import SQLite
internal import Times

/// Errors by route and by who answered, by the hour and by the day, so that routes are compared
/// without reading events.
final class RouteTables: DerivedTable {
  static let tables = RouteGrain.allCases.map { table in
    StoredTable(
      table.name,
      [
        "time_ms": .start(table.length), "vendor": .row(of: "vendor"),
        "gateway": .row(of: "gateway"), "page": .domain(.number),
      ])
  }

  private let connection: Connection

  init(_ connection: Connection) throws {
    self.connection = connection
  }

  func add(_ placed: PlacedBatch) throws {
    var change = RouteChange()
    change.add(placed.batch, words: placed.words)
    try change.apply(on: connection)
  }

  func remove(_ old: ReplacedBatches) throws {
    var change = RouteChange()
    change.remove(old.errors)
    try change.apply(on: connection)
  }

  func removeCounts(before quarter: Int64, of share: PrunedShare) throws {
    try RouteGrain.remove(before: quarter, of: share, on: connection)
  }

  func rows(of lexicon: Lexicon) throws -> Set<Int64> {
    lexicon == .route ? try RouteGrain.routes(on: connection) : []
  }

  func repair(_ repair: inout Repair) throws {
    let since = repair.isPruned ? repair.firstWhole : nil
    try repair.recount("by route", RouteGrain.allCases.map(\.name), on: connection) {
      try RouteGrain.recount(since: since, on: connection)
    }
  }

  /// The events tell the same, and so does what is counted by status and code.
  func check(_ verification: inout Verification) throws {
    let pruned = try PrunedTimes(connection)
    let stored = try StoredRoutes(.hour, on: connection)
    var (unlikeEvents, unlikeTraffic) = (0, 0)
    try forEachStretch(
      of: [
        stored, CountedRoutes.events(since: .min, on: connection),
        CountedRoutes.traffic(on: connection),
      ]
    ) { found in
      unlikeEvents += found[1].subtracting(found[0]).sum { vendor, time, missing in
        // Counts stay when events are pruned.
        missing > 0 || (missing < 0 && time >= pruned[vendor]) ? 1 : 0
      }
      let byVendor = found[0].map { entry in
        var entry = entry
        entry.route = 0
        entry.sort = entry.sort.answeredByAny
        return entry
      }
      unlikeTraffic += found[2].subtracting(byVendor).sum { $2 == 0 ? 0 : 1 }
    }
    let days = try StoredRoutes(.day, on: connection)
    var unlikeHours = 0
    try forEachStretch(of: [days, RouteDays(on: connection)]) { found in
      unlikeHours += found[0].subtracting(found[1]).sum { $2 == 0 ? 0 : 1 }
    }
    for (count, words) in [
      (stored.damaged + days.damaged, "rows of errors by route are damaged"),
      (unlikeEvents, "of the counts of errors by route are not those of the events"),
      (unlikeTraffic, "of the counts of errors by route are not those of traffic"),
      (unlikeHours, "of the counts of errors by route and day are not those by hour"),
    ] where count > 0 { verification.problems.append("\(count) \(words)") }
  }

  /// Hands over what each of several cursors has of every stretch that one of them has.
  private func forEachStretch(
    of cursors: [any RouteCursor], _ body: ([[RouteEntry]]) -> Void
  ) throws {
    var next = try cursors.map { try $0.next() }
    while let time = next.compactMap({ $0?.first?.time }).min() {
      let isDue = next.map { $0?.first?.time == time }
      body(zip(next, isDue).map { $1 ? $0 ?? [] : [] })
      for place in cursors.indices where isDue[place] { next[place] = try cursors[place].next() }
    }
  }
}

extension [RouteEntry] {
  /// What is left without others.
  fileprivate func subtracting(_ others: [RouteEntry]) -> [RouteEntry] {
    var rest = self
    for var other in others {
      other.counts = .zero &- other.counts
      rest.append(other)
    }
    rest.settle()
    return rest
  }

  /// A sum over each count of each quarter of an hour.
  fileprivate func sum(_ value: (_ vendor: Int64, _ time: Int64, _ count: Int64) -> Int) -> Int {
    reduce(0) { sum, entry in
      entry.counts.indices.reduce(sum) { sum, part in
        sum
          + value(
            entry.vendor, entry.time &+ Int64(part) * Grain.quarter.length, entry.counts[part])
      }
    }
  }
}
