internal import Files
internal import JSON
internal import Profiles

// The time of a record in which none stands under a name that is known to be the time's.
extension FieldReader {
  /// The time that a member tells by what its name says and how it reads: the event's own before any
  /// other. A member whose name says nothing must read as a date with a clock, and be the only one.
  ///
  /// - Parameter isLast: whether all else has been asked: then a time of receiving or handing on will do.
  func searchTime(
    in record: JSONValue, isLast: Bool, _ time: (JSONValue) -> Int64?
  ) -> Int64? {
    var search = TimeSearch()
    search.walk(record, as: 0, depth: 0, paths, gateway, time)
    guard let best = search.best, best.sense != .plain || !search.isAmbiguous,
      best.sense != .late || isLast
    else { return nil }
    note(Candidate(rank: .max, node: Int32(best.node), value: best.value), as: .time)
    return best.time
  }
}

/// The best time met on a walk through a record.
private struct TimeSearch {
  var best: (time: Int64, sense: TimeSense, depth: Int, node: Int, value: JSONValue)?
  /// Whether names that say nothing have different times.
  var isAmbiguous = false
  private var visits = 0

  private static let deepest = 6
  private static let mostVisits = 512
  /// A text of a date and a clock is at least so long.
  private static let shortest = 14

  mutating func walk(
    _ object: JSONValue, as parent: Int, depth: Int, _ paths: PathTree, _ gateway: Int,
    _ time: (JSONValue) -> Int64?
  ) {
    var previous = 0
    for (key, value) in object.members {
      visits += 1
      if visits > TimeSearch.mostVisits { return }
      let node = paths.child(of: parent, after: previous, named: key)
      if node == 0 { continue }
      previous = node
      let sense = paths.nodes[node].time
      if sense == .never { continue }
      switch value.shape {
      case .object:
        if depth < TimeSearch.deepest, !paths.holdsBody(node, of: gateway) {
          walk(value, as: node, depth: depth + 1, paths, gateway, time)
        }
      case .string, .number:
        // `{"seconds": …, "nanos": …}` below a name that speaks of time.
        let isCount = key.isEqual(to: "seconds") && paths.nodes[parent].time != .plain
        guard isLikely(value, isCount ? .spoken : sense), !isSpan(value, named: key),
          let found = time(value)
        else { continue }
        add(found, sense, depth, node, value)
      case .null, .array, .bool: continue
      }
    }
  }

  /// Whether a value can be a full time. A number is one only under a name that speaks of time.
  private func isLikely(_ value: JSONValue, _ sense: TimeSense) -> Bool {
    guard let text = value.string else {
      return sense != .plain && value.number.map(TimeSearch.isEpoch) ?? false
    }
    if let number = text.number { return sense != .plain && TimeSearch.isEpoch(number) }
    return text.count >= TimeSearch.shortest && text.count <= 48
      && text.contains(UInt8(ascii: ":"))
  }

  /// Whether a number is too small for a time in the unit that its name ends with.
  private func isSpan(_ value: JSONValue, named key: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let number = value.number ?? value.string?.number,
      let unit = NameWords(String(decoding: key, as: UTF8.self)).unit
    else { return false }
    return number * unit.microseconds < 1e15
  }

  /// From 2001 on: what is less is a span rather than a time.
  private static func isEpoch(_ number: Double) -> Bool { number >= 1e9 }

  private mutating func add(
    _ time: Int64, _ sense: TimeSense, _ depth: Int, _ node: Int, _ value: JSONValue
  ) {
    if let best {
      if best.sense == sense, sense == .plain, best.time != time { isAmbiguous = true }
      let order = (TimeSearch.order(sense), -depth)
      guard order > (TimeSearch.order(best.sense), -best.depth) else { return }
    }
    best = (time, sense, depth, node, value)
  }

  private static func order(_ sense: TimeSense) -> Int {
    switch sense {
    case .own: 3
    case .spoken: 2
    case .plain: 1
    case .late, .never: 0
    }
  }
}
