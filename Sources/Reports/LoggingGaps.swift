internal import Analysis
internal import Answers
internal import Files
internal import Questions
internal import Times

/// A time in which nothing of a vendor was logged, neither success nor error, where much is usual.
struct LoggingGap {
  var vendor: String?
  /// The vendor's number.
  var number: Int
  var start: Int64
  /// Exclusive.
  var end: Int64
  /// How many responses are usual in it.
  var expected: Double
}

extension Question {
  /// The gaps of the range, in time order.
  ///
  /// All responses are judged, as a vendor may well be without errors. The week before the range
  /// helps to know what is usual; hours tell where to look, and only there minutes are read. So a
  /// gap takes half the responses of some hour, and more than 20.
  func loggingGaps() throws -> [LoggingGap] {
    let hour = Milliseconds.hour
    var history = covered(TimeRange(since: range.since - 7 * Milliseconds.day, until: range.until))
    history.since = history.since.rounded(downTo: hour)
    guard history.until > history.since else { return [] }
    let length = Int((history.until - history.since + hour - 1) / hour)
    let cells = (0..<length).map { cell(ofHourAt: history.since + Int64($0) * hour) }
    var found: [LoggingGap] = []
    // Of so few responses, not enough can be missing: see `UsualHours`.
    try eachSeries(least: 6) { add in
      try archive.hourlyResponses(during: history) { responses in
        let vendor = vocabulary.vendors.number(ofStored: responses.vendor)
        let hour = Int((responses.time - history.since) / hour)
        guard (0..<length).contains(hour), asksAbout(number: vendor) else { return }
        add(vendor, StepCount(step: Int32(hour), count: responses.count))
      }
    } _: { vendor, counts in
      var series = [Int](repeating: 0, count: length)
      for count in counts {
        let step = Int(count.step)
        series[step] = Int(Int64(series[step]).addingClamped(count.count))
      }
      guard let first = series.firstIndex(where: { $0 > 0 }) else { return }
      let known = Array(series[first...])
      let own = Array(cells[first...])
      guard UsualHours.areAny(known, cells: own) else { return }
      let hours = UsualHours(known, cells: own)
      let start = history.since + Int64(first) * hour
      let dents = hours.dents(in: known)
        .filter { start + Int64($0.upperBound) * hour > range.since }
      for (window, dents) in windows(around: dents, in: known.count) {
        found += try gaps(
          in: dents, of: vendor, usual: Array(hours.usual[window]),
          from: start + Int64(window.lowerBound) * hour, until: history.until
        ) { start + Int64($0) * hour }
      }
    }
    return found.filter { $0.end > range.since && $0.start < range.until }
      .sorted { ($0.start, $0.vendor ?? "") < ($1.start, $1.vendor ?? "") }
  }

  /// The hours half a day around dents, each once, and the dents in them.
  private func windows(
    around dents: [Range<Int>], in count: Int
  ) -> [(hours: Range<Int>, dents: [Range<Int>])] {
    var windows: [(hours: Range<Int>, dents: [Range<Int>])] = []
    for dent in dents {
      let hours = max(0, dent.lowerBound - 12)..<min(count, dent.upperBound + 12)
      if let last = windows.last, last.hours.overlaps(hours) {
        windows[windows.count - 1].hours = last.hours.lowerBound..<hours.upperBound
        windows[windows.count - 1].dents.append(dent)
      } else {
        windows.append((hours, [dent]))
      }
    }
    return windows
  }

  /// The gaps of a vendor that have a part in some of the hours from a time on.
  private func gaps(
    in dents: [Range<Int>], of vendor: Int, usual: [Double], from start: Int64, until end: Int64,
    at instant: (Int) -> Int64
  ) throws -> [LoggingGap] {
    let minute = Milliseconds.minute
    let length = min(usual.count * 60, Int((end - start + minute - 1) / minute))
    guard length > 0 else { return [] }
    var minutes = Array(repeating: 0, count: length)
    let range = TimeRange(since: start, until: start + Int64(length) * minute)
    try archive.responsesByMinute(during: range) { responses in
      guard vocabulary.vendors.number(ofStored: responses.vendor) == vendor else { return }
      minutes[Int((responses.time - start) / minute)] += Int(responses.count)
    }
    let dented = dents.map { instant($0.lowerBound)..<instant($0.upperBound) }
    return silences(in: minutes, usual: (0..<length).map { usual[$0 / 60] / 60 })
      .map {
        LoggingGap(
          vendor: vocabulary.vendors[vendor], number: vendor,
          start: start + Int64($0.minutes.lowerBound) * minute,
          end: start + Int64($0.minutes.upperBound) * minute, expected: $0.expected)
      }
      .filter { gap in dented.contains { $0.overlaps(gap.start..<gap.end) } }
  }

  /// The local hour of the day, plus 24 on Saturdays and Sundays.
  private func cell(ofHourAt time: Int64) -> Int {
    let hours = zone.local(of: time).rounded(downTo: Milliseconds.hour) / Milliseconds.hour
    let days = (hours * Milliseconds.hour).rounded(downTo: Milliseconds.day) / Milliseconds.day
    let weekday = ((days + 3) % 7 + 7) % 7  // the epoch began on a Thursday
    return Int(hours - days * 24) + (weekday >= 5 ? 24 : 0)
  }

  func gapTable(_ gaps: [LoggingGap]) -> Table {
    let fields = LoggingGap.fields
    return Table(
      of: gaps,
      [
        fields.column("vendor"), fields.column("start", time: shown),
        TableColumn("lasted") { lasting($0.start, $0.end) },
        fields.column("expected", as: "usual responses", number: expectation),
      ], whenEmpty: "no gaps")
  }
}

extension LoggingGap: Described {
  static let fields: Fields<LoggingGap> = [
    Field("vendor", "whose responses are missing") { $0.vendor },
    Field(time: "start", "from when on nothing was logged") { $0.start },
    Field(time: "end", "until when, exclusive") { $0.end },
    Field("expected", "how many responses are usual in that time") { $0.expected },
  ]
}
