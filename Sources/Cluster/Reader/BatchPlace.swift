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
    [isEventTime(in: times, orNone: hasUndated), "edge = \(edge)", "batch = \(batch)"]
  }
}

extension ClusterReader {
  /// The batch that an event came in; nil where there is none that has one of this number.
  func batch(ofEvent number: Int64) throws -> BatchPlace? {
    guard number > 0 else { return nil }
    let (edge, own) = (number >> Edge.bits, number & Edge.mostEvents)
    return try batches([
      "edge = \(edge)", "first_event <= \(own)", "first_event + events > \(own)",
    ]).first
  }

  /// The batches that have events, and meet some conditions.
  func batches(_ conditions: [String]) throws -> [BatchPlace] {
    var places: [BatchPlace] = []
    try rows(
      TableQuestion(
        name: "where events are",
        columns: [
          .number("edge"), .number("batch"), .number("any(first_event)"), .number("any(events)"),
          .optionalNumber("any(first_ms)"), .optionalNumber("any(last_ms)"),
          .number("any(undated_rows)"),
        ], table: "batch", conditions: ["event_rows > 0"] + conditions, keys: 2,
        rest: "ORDER BY c0, c1")
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
