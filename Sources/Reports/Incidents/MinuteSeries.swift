internal import Analysis
internal import Files
internal import Questions
internal import Times

/// What one vendor had in the minutes of a stretch of time, sort by sort: only minutes that had some.
struct MinuteSeries: Sendable {
  /// Something counted in a minute, by its place in the stretch.
  struct Count: Sendable {
    var minute: Int32
    var count: Int32
  }

  /// The vendor's number.
  let vendor: Int
  /// How many minutes the stretch has.
  let length: Int
  /// A step tells a minute and a sort.
  private let errors: ArraySlice<StepCount>
  /// Nil where the vendor's successes are not in the log.
  fileprivate(set) var requests: [Count]?

  init(of vendor: Int, length: Int, _ errors: ArraySlice<StepCount>) {
    self.vendor = vendor
    self.length = length
    self.errors = errors
  }

  /// A minute and a sort as one number.
  static func step(_ minute: Int, _ sort: MinuteSort) -> Int32 {
    Int32(truncatingIfNeeded: minute * 8 + Int(sort.rawValue))
  }

  /// Whether it is looked at minute by minute: of the hundred thousand vendors that strangers make up,
  /// hardly one need be.
  var mayHaveSpikes: Bool {
    let total = errors.reduce(Int64(0)) { $0.addingClamped($1.count) }
    if Double(total) >= SpikePolicy.standard.silence { return true }
    let minutes = errors.map { MinuteCount(minute: $0.step >> 3, errors: $0.count) }
      .sorted { $0.minute < $1.minute }
    return Analysis.mayHaveSpikes(minutes, of: length)
  }

  /// How many errors of a sort each minute has.
  func counts(of sort: MinuteSort) -> [Int32] {
    var counts = [Int32](repeating: 0, count: length)
    counts.withUnsafeMutableBufferPointer { counts in
      for error in errors where error.step & 7 == Int32(sort.rawValue) {
        let minute = Int(error.step >> 3)
        counts[minute] = Int32(clamping: Int64(counts[minute]).addingClamped(error.count))
      }
    }
    return counts
  }

  /// How many responses each minute has; nil where the vendor's successes are not
  /// in the log.
  var requestCounts: [Int32]? {
    guard let requests else { return nil }
    var counts = [Int32](repeating: 0, count: length)
    counts.withUnsafeMutableBufferPointer { counts in
      for request in requests {
        let minute = Int(request.minute)
        counts[minute] = Int32(clamping: Int64(counts[minute]) + Int64(request.count))
      }
    }
    return counts
  }
}

extension Question {
  /// Hands over what vendors had in the minutes of a stretch of time, several vendors at once: those
  /// with five errors and more that may matter. As many are held as have half a million such minutes.
  ///
  /// - Parameters:
  ///   - sorts: of the errors that are asked for.
  ///   - stretch: of whole minutes.
  func eachMinuteSeries(
    of sorts: [MinuteSort], during stretch: TimeRange, where mayMatter: (MinuteSeries) -> Bool,
    _ body: ([MinuteSeries]) throws -> Void
  ) throws {
    let length = Int((stretch.until - stretch.since) / Milliseconds.minute)
    var pending: [MinuteSeries] = []
    var held = 0
    var successful: NumberSet?
    func look() throws {
      if pending.isEmpty { return }
      let known = try successful ?? vendorsWithSuccesses(during: stretch)
      successful = known
      let (answered, failed) = pending.parted { known.contains($0.vendor) }
      try eachWithRequests(answered, during: stretch, body)
      if !failed.isEmpty { try body(failed) }
      (pending, held) = ([], 0)
    }
    try eachSeries(least: 5) { add in
      for sort in sorts {
        try eachMinute(of: sort, during: stretch, length) { vendor, minute, count in
          add(vendor, StepCount(step: MinuteSeries.step(minute, sort), count: count))
        }
      }
    } _: { vendor, counts in
      let series = MinuteSeries(of: vendor, length: length, counts)
      guard mayMatter(series) else { return }
      pending.append(series)
      held += counts.count
      if held > 1 << 19 || pending.count == Question.mostSeries { try look() }
    }
    try look()
  }

  /// So many are looked at together.
  private static let mostSeries = 64
  /// So many minutes with requests are held at once.
  private static let mostRequests = 1 << 20

  /// The same series with their requests: half of them first, where they have too many.
  private func eachWithRequests(
    _ series: [MinuteSeries], during stretch: TimeRange, _ body: ([MinuteSeries]) throws -> Void
  ) throws {
    guard let length = series.first?.length else { return }
    struct TooMany: Error {}
    var requests: [[MinuteSeries.Count]] = series.map { _ in [] }
    var places: [Int: Int] = [:]
    for (place, one) in series.enumerated() { places[one.vendor] = place }
    var held = 0
    do {
      var last: (vendor: Int, place: Int?) = (.min, nil)
      try eachMinute(of: .requests, during: stretch, length) { vendor, minute, count in
        if vendor != last.vendor { last = (vendor, places[vendor]) }
        guard let place = last.place else { return }
        held += 1
        if held > Question.mostRequests, series.count > 1 { throw TooMany() }
        requests[place].append(
          MinuteSeries.Count(minute: Int32(minute), count: Int32(clamping: count)))
      }
    } catch is TooMany {
      requests = []
      let half = series.count / 2
      try eachWithRequests(Array(series[..<half]), during: stretch, body)
      try eachWithRequests(Array(series[half...]), during: stretch, body)
      return
    }
    var whole = series
    for place in whole.indices { whole[place].requests = requests[place] }
    requests = []
    try body(whole)
  }

  /// The vendors whose successes are in the log: with one among five responses at least. A few that
  /// strayed into a log of errors are nothing to divide by. Days are enough to know.
  private func vendorsWithSuccesses(during stretch: TimeRange) throws -> NumberSet {
    // By the vendor's number, those without a vendor first.
    var balance: [Int64] = []
    let day = Milliseconds.day
    let days = TimeRange(
      since: stretch.since.rounded(downTo: day),
      until: stretch.until.addingClamped(day - 1).rounded(downTo: day))
    try eachResponse(during: days, by: .day) { response in
      let missing = response.vendor + 2 - balance.count
      if missing > 0 { balance.append(contentsOf: repeatElement(0, count: missing)) }
      let weight = response.isError ? -response.count : min(response.count, 1 << 40) * 4
      balance[response.vendor + 1] = balance[response.vendor + 1].addingClamped(weight)
    }
    var vendors = NumberSet()
    for (place, sum) in balance.enumerated() where sum >= 0 { vendors.insert(place - 1) }
    return vendors
  }

  /// What is counted of a sort in each minute of a stretch, of the vendors asked about.
  func eachMinute(
    of sort: MinuteSort, during stretch: TimeRange, _ length: Int,
    _ body: (_ vendor: Int, _ minute: Int, _ count: Int64) throws -> Void
  ) throws {
    try archive.minuteCounts(of: sort, during: stretch) { hour, row, _, minutes in
      let vendor = vocabulary.vendors.number(ofStored: row)
      guard asksAbout(number: vendor) else { return }
      let first = Int((hour - stretch.since) / Milliseconds.minute)
      for minute in max(0, first)..<max(0, min(first + minutes.count, length))
      where minutes[minute - first] != 0 {
        try body(vendor, minute, minutes[minute - first])
      }
    }
  }
}

extension Array {
  /// Those of which something holds, and the others.
  fileprivate func parted(_ holds: (Element) -> Bool) -> (those: [Element], others: [Element]) {
    var (those, others): ([Element], [Element]) = ([], [])
    for element in self {
      if holds(element) { those.append(element) } else { others.append(element) }
    }
    return (those, others)
  }
}
