internal import Events
internal import Files
package import Questions
package import Times

// The latest errors: servers say how many each stretch of time has, and then hand over those of the
// last stretches, until there are enough that are meant.
extension ClusterReader {
  package func latestErrors(
    _ count: Int, during range: TimeRange, before mark: ErrorMark?, texts: Bool,
    where isMeant: (StoredError) throws -> Bool
  ) throws -> [ErrorMark] {
    var range = range
    if let mark { range.until = min(range.until, mark.time.addingClamped(1)) }
    guard count > 0, !range.isEmpty else { return [] }
    var latest = LatestMarks(count)
    var end = range.bounded.until
    /// So many events are wanted at once: ever more, as long as few of them are meant.
    var wanted = Int64(count).addingClamped(1024)
    for (start, errors) in try lastStretches(of: range) {
      wanted -= errors
      if wanted > 0 { continue }
      try take(max(start, range.since)..<end)
      if latest.limit != nil { break }
      end = start
      wanted = min(Int64(count).addingClamped(-wanted) * 2, ClusterReader.mostAtOnce)
    }
    if latest.limit == nil, end > range.since { try take(range.since..<end) }
    let marks = latest.latestFirst
    try remember(marks.map { ($0.number, $0.time) })
    return marks

    func take(_ part: Range<Int64>) throws {
      let part = TimeRange(since: part.lowerBound, until: part.upperBound)
      if part.isEmpty { return }
      try errors([part.holdsEvent], .during(part), texts: texts) { error in
        guard let time = error.time else { return }
        let found = ErrorMark(time: time, number: error.number)
        guard mark.map({ found < $0 }) ?? true, latest.takes(found), try isMeant(error) else {
          return
        }
        latest.add(found)
      }
    }
  }

  private static let mostAtOnce: Int64 = 1 << 20

  /// The quarters of an hour of a range that have errors, the last first: when each begins, and how many it has.
  private func lastStretches(of range: TimeRange) throws -> [(start: Int64, errors: Int64)] {
    var stretches: [(start: Int64, errors: Int64)] = []
    let own = TimeRange(
      since: range.bounded.since.rounded(downTo: Grain.quarter.length), until: range.until
    ).stretches(of: Grain.quarter.length)
    try rows(
      TableQuestion(
        name: "errors by the quarter of an hour, the last first",
        columns: [.number("start_ms"), .number("sum(responses)")], table: "quarter",
        conditions: ["undated = 0", "kind != 0", own.holdsStart] + ofGateway, keys: 1,
        rest: "ORDER BY c0 DESC", deliveries: .during(own))
    ) { row in
      stretches.append(
        (try row.integer(0, in: AnswerDomain.time), try row.integer(1, in: AnswerDomain.count)))
    }
    return stretches
  }

  package func newestEvent() throws -> Int64 {
    try newestEvents().map(\.upperBound).max() ?? 0
  }

  /// Of each edge: from what all of its events' numbers are larger than to the largest.
  package func newestEvents() throws -> [ClosedRange<Int64>] {
    var newest: [ClosedRange<Int64>] = []
    try rows(
      TableQuestion(
        name: "the newest events",
        columns: [.number("edge"), .number("max(first_event + events - 1)")], table: "batch",
        conditions: ["event_rows > 0"], keys: 1, rest: "ORDER BY c0")
    ) { row in
      let edge = try row.integer(0, in: 0...Int64(Edge.most))
      let first = edge << Edge.bits
      newest.append(first...first | (try row.integer(1, in: 0...Edge.mostEvents)))
    }
    return newest
  }
}
