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
  /// All but the requests. A step tells a minute and a sort.
  private let errors: ArraySlice<StepCount>
  fileprivate(set) var requests: [Count] = []

  init(of vendor: Int, length: Int, _ errors: ArraySlice<StepCount>) {
    self.vendor = vendor
    self.length = length
    self.errors = errors
  }

  /// A minute and a sort as one number.
  static func step(_ minute: Int, _ sort: MinuteSort) -> Int32 {
    Int32(truncatingIfNeeded: minute * 8 + Int(sort.rawValue))
  }

  /// How many failures of some sorts it has.
  func total(of sorts: [MinuteSort]) -> Int64 {
    errors.reduce(0) { sum, count in
      sorts.contains { count.step & 7 == Int32($0.rawValue) } ? sum.addingClamped(count.count) : sum
    }
  }

  /// The minutes with failures of some sorts, in order of time; one may come twice.
  func minutes(with sorts: [MinuteSort]) -> [StepCount] {
    errors.filter { count in sorts.contains { count.step & 7 == Int32($0.rawValue) } }
      .map { StepCount(step: $0.step >> 3, count: $0.count) }.sorted { $0.step < $1.step }
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

  /// How many responses each minute has; nil where no success of the vendor is in the log.
  var requestCounts: [Int32]? {
    let all = requests.reduce(Int64(0)) { $0 + Int64($1.count) }
    guard all > errors.reduce(Int64(0), { $0.addingClamped($1.count) }) else { return nil }
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
  /// - Parameter stretch: of whole minutes.
  func eachMinuteSeries(
    during stretch: TimeRange, where mayMatter: (MinuteSeries) -> Bool,
    _ body: ([MinuteSeries]) throws -> Void
  ) throws {
    let length = Int((stretch.until - stretch.since) / Milliseconds.minute)
    var pending: [MinuteSeries] = []
    var held = 0
    func look() throws {
      if pending.isEmpty { return }
      try eachWithRequests(pending, during: stretch, body)
      (pending, held) = ([], 0)
    }
    try eachSeries(least: 5) { add in
      for sort in MinuteSort.allCases where sort != .requests {
        try eachMinute(of: sort, during: stretch, length) { vendor, minute, count in
          add(vendor, StepCount(step: MinuteSeries.step(minute, sort), count: count))
        }
      }
    } _: { vendor, counts in
      let series = MinuteSeries(of: vendor, length: length, counts)
      guard mayMatter(series) else { return }
      pending.append(series)
      held += counts.count
      if held > 1 << 19 { try look() }
    }
    try look()
  }

  /// So many minutes with requests are held at once.
  private static let mostRequests = 1 << 20

  /// The same series with their requests: half of them first, where they have too many.
  private func eachWithRequests(
    _ series: [MinuteSeries], during stretch: TimeRange, _ body: ([MinuteSeries]) throws -> Void
  ) throws {
    struct TooMany: Error {}
    var whole = series
    var places: [Int: Int] = [:]
    for (place, one) in series.enumerated() { places[one.vendor] = place }
    var held = 0
    do {
      let length = series[0].length
      var last: (vendor: Int, place: Int?) = (.min, nil)
      try eachMinute(of: .requests, during: stretch, length) { vendor, minute, count in
        if vendor != last.vendor { last = (vendor, places[vendor]) }
        guard let place = last.place else { return }
        held += 1
        if held > Question.mostRequests, series.count > 1 { throw TooMany() }
        whole[place].requests.append(
          MinuteSeries.Count(minute: Int32(minute), count: Int32(clamping: count)))
      }
    } catch is TooMany {
      whole = []
      let half = series.count / 2
      try eachWithRequests(Array(series[..<half]), during: stretch, body)
      try eachWithRequests(Array(series[half...]), during: stretch, body)
      return
    }
    try body(whole)
  }

  /// What is counted of a sort in each minute of a stretch, of the vendors asked about.
  private func eachMinute(
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
