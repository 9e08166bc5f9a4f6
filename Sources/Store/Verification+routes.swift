internal import SQLite
internal import Times

// What is counted by route against the events, and against what is counted by status and code.
extension Verification {
  mutating func checkRoutes(_ connection: Connection) throws {
    let pruned = try PrunedTimes(connection)
    let quarter = Grain.quarter.length
    let start = try Setting.startOfRoutes(connection)
      .map { ($0 + quarter - 1).rounded(downTo: quarter) }
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
      unlikeTraffic += found[2].subtracting(byVendor).sum { _, time, missing in
        missing != 0 && time >= start ?? .min ? 1 : 0
      }
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
    ] where count > 0 { problems.append("\(count) \(words)") }
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
