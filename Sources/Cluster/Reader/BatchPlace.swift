internal import Times
internal import Files

/// Where the events of a batch are to be found: by their times, as servers have them in order of these.
struct BatchPlace {
  var edge: Int64
  var batch: Int64
  /// The numbers of its events in the cluster.
  var numbers: Range<Int64>
  var times: ClosedRange<Int64>?
  var hasUndated: Bool

  /// What its events meet, of all that are in the table.
  var conditions: [String] {
    [EventPlaces(times, hasUndated).condition, "edge = \(edge)", "batch = \(batch)"]
  }

  /// The deliveries that they may have come by.
  var deliveries: Deliveries { EventPlaces(times, hasUndated).deliveries }
}

/// Where some events are: at their times, or among those without.
struct EventPlaces {
  var times: ClosedRange<Int64>?
  var hasUndated = false

  init(_ times: ClosedRange<Int64>? = nil, _ hasUndated: Bool = false) {
    (self.times, self.hasUndated) = (times, hasUndated)
  }

  mutating func add(_ other: EventPlaces) {
    hasUndated = hasUndated || other.hasUndated
    guard let own = other.times else { return }
    times =
      min(
        times?.lowerBound ?? own.lowerBound, own.lowerBound)...max(
        times?.upperBound ?? own.upperBound, own.upperBound)
  }

  var condition: String {
    let ways = [times.map { isEventTime(in: $0) }, hasUndated ? isUndatedEvent : nil]
      .compactMap { $0 }
    return ways.isEmpty ? "0" : "(\(ways.joined(separator: " OR ")))"
  }

  var deliveries: Deliveries {
    let last = (times?.upperBound ?? 0).addingClamped(1)
    return .during(TimeRange(since: hasUndated ? 0 : times?.lowerBound ?? 0, until: last))
  }
}

extension ClusterReader {
  /// The batch that an event came in; nil where there is none that has one of this number.
  func batch(ofEvent number: Int64) throws -> BatchPlace? {
    guard number > 0 else { return nil }
    let (edge, own) = (number >> Edge.bits, number & Edge.mostEvents)
    return try batches(
      ["first_event <= \(own)", "first_event + events > \(own)"], ofEdge: edge
    ).first
  }

  /// About so many of the batches that have events, or all.
  func batches(sampled most: Int64) throws -> [BatchPlace] {
    var count: Int64 = 0
    try rows(
      TableQuestion(
        name: "where events are", columns: [.number("count()")], table: "batch",
        conditions: ["event_rows > 0"], deliveries: .unasked)
    ) { count = $0.integer(0) }
    return try batches(count > most ? ["cityHash64(edge, batch) % \(count / most) = 0"] : [])
  }

  /// The batches that have events, and meet some conditions.
  ///
  /// - Parameter ofEdge: whose they are; nil for all.
  func batches(_ conditions: [String], ofEdge edge: Int64? = nil) throws -> [BatchPlace] {
    var places: [BatchPlace] = []
    let own = edge.map { ["edge = \($0)"] } ?? []
    try rows(
      TableQuestion(
        name: "where events are",
        columns: [
          .number("edge"), .number("batch"), .number("any(first_event)"), .number("any(events)"),
          .optionalNumber("any(first_ms)"), .optionalNumber("any(last_ms)"),
          .number("any(undated_rows)"),
        ], table: "batch", conditions: own + ["event_rows > 0"] + conditions, keys: 2,
        rest: "ORDER BY c0, c1", deliveries: edge.map { .ofEdge($0) } ?? .all)
    ) { row in
      let edge = try row.integer(0, in: 0...Int64(Edge.most))
      let first = edge << Edge.bits | (try row.integer(2, in: 0...Edge.mostEvents))
      let end = first.addingClamped(try row.integer(3, in: AnswerDomain.count))
      var times: ClosedRange<Int64>?
      if let start = try row.optional(4, in: AnswerDomain.time),
        let last = try row.optional(5, in: AnswerDomain.time), start <= last
      {
        times = start...last
      }
      places.append(
        BatchPlace(
          edge: edge, batch: try row.integer(1, in: AnswerDomain.number), numbers: first..<end,
          times: times, hasUndated: row.integer(6) != 0))
    }
    return places
  }
}
