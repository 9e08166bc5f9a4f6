internal import Files
package import Questions
internal import SQLite
package import Times

// What detectors read by the million: numbers, no texts, not in order of time.
extension StoreReader {
  /// Hands over the limits of a range, each run's in order of time; runs overlap where logs do. What
  /// is of one time comes in the order of the events' numbers.
  package func limits(during range: TimeRange, _ body: (Limit) -> Void) throws {
    try limitLists(during: range) { list in
      for limit in list { body(limit) }
    }
  }

  package func limitLists(during range: TimeRange, _ body: ([Limit]) -> Void) throws {
    var list: [Limit] = []
    list.reserveCapacity(Limit.atOnce)
    try reading {
      let packed = try connection.prepare(Run.limitsOfRange)
      packed.bind(range.since, at: 1)
      packed.bind(range.until, at: 2)
      while try packed.step() {
        let first = try packed.integer(0, .time)
        let isSound = PackedLimits.read(packed.blob(1), from: first, until: range.until) { limit in
          guard limit.time >= range.since, isMeant(gateway: limit.gateway) else { return }
          list.append(limit)
          if list.count < Limit.atOnce { return }
          body(list)
          list.removeAll(keepingCapacity: true)
        }
        if !isSound { throw damage(of: "429s and plan limits") }
      }
    }
    if !list.isEmpty { body(list) }
  }

  func damage(of what: String) -> StoreError {
    StoreError(
      "what the store \(store.path) keeps of \(what) is damaged",
      hint: .repair)
  }
}

extension Run {
  static let limitsOfRange = """
    SELECT r.first_ms, l.limits FROM run r JOIN limited l ON l.run = r.batch
      WHERE r.last_ms >= ? AND r.first_ms < ? ORDER BY r.batch
    """
}
