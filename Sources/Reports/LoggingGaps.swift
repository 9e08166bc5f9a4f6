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
  /// gap takes half the responses of some hour, and more than 20. Where there may be one, all minutes
  /// of the vendor tell how long it is silent by itself.
  func loggingGaps() throws -> [LoggingGap] {
    let hour = Milliseconds.hour
    var history = covered(TimeRange(since: range.since - 7 * Milliseconds.day, until: range.until))
    history.since = history.since.rounded(downTo: hour)
    guard history.until > history.since else { return [] }
    let length = Int((history.until - history.since + hour - 1) / hour)
    let cells = (0..<length).map { cell(ofHourAt: history.since + Int64($0) * hour) }
    var found: [LoggingGap] = []
    var suspects: [Suspect] = []
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
      var gaps: [LoggingGap] = []
      for (window, dents) in windows(around: dents, in: known.count) {
        gaps += try self.gaps(
          in: dents, of: vendor, usual: Array(hours.usual[window]),
          from: start + Int64(window.lowerBound) * hour, until: history.until
        ) { start + Int64($0) * hour }
      }
      gaps.removeAll { $0.end <= range.since || $0.start >= range.until }
      guard !gaps.isEmpty else { return }
      suspects.append(Suspect(vendor: vendor, gaps: gaps, start: start, usual: hours.usual))
      if suspects.count >= Suspect.most(hours: length) {
        found += try confirmed(suspects, until: history.until)
        suspects = []
      }
    }
    found += try confirmed(suspects, until: history.until)
    return found.sorted { ($0.start, $0.vendor ?? "") < ($1.start, $1.vendor ?? "") }
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

  /// A vendor that may have gaps.
  private struct Suspect {
    /// So many are judged together: 8 MB of minutes.
    static func most(hours: Int) -> Int { max(1, (8 << 20) / (60 * max(1, hours))) }

    var vendor: Int
    var gaps: [LoggingGap]
    /// When its hours begin.
    var start: Int64
    /// Responses that are usual in each of them.
    var usual: [Double]
  }

  /// The gaps that are deeper than what their vendors do by themselves.
  private func confirmed(_ suspects: [Suspect], until end: Int64) throws -> [LoggingGap] {
    guard let first = suspects.map(\.start).min() else { return [] }
    let minute = Milliseconds.minute
    let places = Dictionary(
      suspects.enumerated().map { ($1.vendor, $0) }, uniquingKeysWith: { one, _ in one })
    var heard = suspects.map { suspect in
      Array(repeating: false, count: Int(max(0, end - suspect.start + minute - 1) / minute))
    }
    try archive.responsesByMinute(during: TimeRange(since: first, until: end)) { responses in
      let vendor = vocabulary.vendors.number(ofStored: responses.vendor)
      guard responses.count > 0, let place = places[vendor] else { return }
      let time = responses.time - suspects[place].start
      guard time >= 0, Int(time / minute) < heard[place].count else { return }
      heard[place][Int(time / minute)] = true
    }
    return zip(suspects, heard).flatMap { suspect, heard in
      let limit = OwnSilences(of: heard, usual: suspect.usual).limit
      return suspect.gaps.filter { $0.expected > limit }
    }
  }

  /// The local hour of the day, plus 24 on Saturdays and Sundays.
  func cell(ofHourAt time: Int64) -> Int {
    let hours = zone.local(of: time).rounded(downTo: Milliseconds.hour) / Milliseconds.hour
    let days = (hours * Milliseconds.hour).rounded(downTo: Milliseconds.day) / Milliseconds.day
    let weekday = ((days + 3) % 7 + 7) % 7  // the epoch began on a Thursday
    return Int(hours - days * 24) + (weekday >= 5 ? 24 : 0)
  }

  /// - Parameter withIDs: whether it is told by what each is found again as an incident.
  func gapTable(_ gaps: [LoggingGap], withIDs: Bool = false) -> Table {
    let fields = LoggingGap.fields
    let id = TableColumn<LoggingGap>("id") { Cell(.text(Incident($0).id)) }
    return Table(
      of: gaps,
      [
        fields.column("vendor", to: Reference.vendor), fields.column("start", time: shown),
        TableColumn("lasted") { lasting($0.start, $0.end) },
        fields.column("expected", as: "usual responses", number: expectation),
      ] + (withIDs ? [id] : []), keys: ["vendor", "start", "lasted"], whenEmpty: "no gaps")
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
