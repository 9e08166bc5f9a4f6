internal import Analysis
package import Answers
internal import Dispatch
internal import Files
internal import Questions
internal import Synchronization
internal import Times

/// A spike and whose it is.
struct VendorSpike {
  var vendor: String?
  /// The vendor's number.
  var number: Int
  var spike: Spike
}

extension Question {
  /// 5xx above their own baseline, and where nothing was logged at all.
  package func spikes() throws -> Answer {
    let all = try vendorSpikes()
    let found = all.largest(top.findings) { $0.spike.excess }
    let causes = try spikeCauses(found)
    let allGaps = try loggingGaps()
    let gaps = allGaps.largest(top.findings) { $0.expected }
    var sections = [Section(.table(spikeTable(found, causes: causes)))]
    sections.mention(leftOut: all.count - found.count, "smaller spike")
    if !gaps.isEmpty { sections.append(Section("Nothing logged", .table(gapTable(gaps)))) }
    sections.mention(leftOut: allGaps.count - gaps.count, "smaller gap")
    let answer = Answer(
      title: "5xx spikes", notes: [note], sections: sections,
      value: [
        "since": Value(time: range.since), "until": Value(time: range.until),
        "left_out": Value(all.count - found.count),
        "spikes": spikeValues(found, causes: causes),
        "gaps_left_out": Value(allGaps.count - gaps.count), "gaps": gapValues(gaps),
      ],
      rows: "spikes",
      header: [
        "vendor", "start", "end", "detected_at", "count", "expected", "ratio", "shape", "ongoing",
        "provisional", "peak_minute", "excess", "statuses", "codes", "routes",
      ])
    return try honest(answer, from: .counts)
  }

  /// The four weeks before tell what is usual.
  func vendorSpikes() throws -> [VendorSpike] {
    let minute = Milliseconds.minute
    var history = covered(TimeRange(since: range.since - 28 * Milliseconds.day, until: range.until))
    history.since = history.since.rounded(downTo: minute)
    guard history.until > history.since else { return [] }
    let length = Int((history.until - history.since) / minute)
    var found: [VendorSpike] = []
    var pending: [(vendor: Int, counts: [Int32])] = []
    func look() {
      for ((number, _), spikes) in zip(pending, spikes(in: pending.map(\.counts), history.since)) {
        let own = spikes.filter { $0.end > range.since }
        if own.isEmpty { continue }
        let vendor = vocabulary.vendors[number]
        found += own.map { VendorSpike(vendor: vendor, number: number, spike: $0) }
      }
      pending = []
    }
    try eachSeries(least: 5) { add in
      try eachServerError(during: history, length, add)
    } _: { vendor, counts in
      let minutes = counts.lazy.map { MinuteCount(minute: $0.step, errors: $0.count) }
      guard mayHaveSpikes(minutes, of: length) else { return }
      pending.append((vendor, dense(counts, length)))
      if pending.count == 16 { look() }
    }
    look()
    return found.sorted { ($0.spike.start, $0.vendor ?? "") < ($1.spike.start, $1.vendor ?? "") }
  }

  /// The server errors of the vendors asked about, by the minute of a stretch of time.
  private func eachServerError(
    during history: TimeRange, _ length: Int, _ add: (Int, StepCount) -> Void
  ) throws {
    try archive.serverErrors(during: history) { hour, row, _, minutes in
      let vendor = vocabulary.vendors.number(ofRow: row)
      guard asksAbout(number: vendor) else { return }
      let first = Int((hour - history.since) / Milliseconds.minute)
      for minute in max(0, first)..<max(0, min(first + minutes.count, length))
      where minutes[minute - first] != 0 {
        add(vendor, StepCount(step: Int32(minute), count: minutes[minute - first]))
      }
    }
  }

  private func dense(_ counts: ArraySlice<StepCount>, _ length: Int) -> [Int32] {
    var series = [Int32](repeating: 0, count: length)
    for count in counts {
      let errors = Int64(series[Int(count.step)]).addingClamped(count.count)
      series[Int(count.step)] = Int32(clamping: errors)
    }
    return series
  }

  /// The spikes of each series of minutes, several at once: this takes longest of all in an answer.
  private func spikes(in series: [[Int32]], _ start: Int64) -> [[Spike]] {
    let found = Mutex<[[Spike]]>(series.map { _ in [] })
    let zone = zone
    DispatchQueue.concurrentPerform(iterations: series.count) { place in
      let spikes = Analysis.spikes(
        in: series[place], from: start, localMinutes: { zone.offset(at: $0) / 60 }
      ).spikes
      found.withLock { $0[place] = spikes }
    }
    return found.withLock { $0 }
  }

  /// - Parameter causes: those of each spike, or none at all: then they are not said.
  func spikeValues(
    _ found: [VendorSpike], causes: [SpikeCauses?] = []
  ) -> Value {
    .array(
      found.enumerated().map { place, found in
        let spike = found.spike
        var value: Object = [
          "vendor": Value(found.vendor), "start": Value(time: spike.start),
          "end": Value(time: spike.end), "detected_at": Value(time: spike.detectedAt),
          "count": Value(spike.count), "expected": .number(spike.expected),
          "ratio": .number(spike.ratio), "shape": .text(spike.shape.rawValue),
          "ongoing": .bool(spike.ongoing), "provisional": .bool(spike.provisional),
          "peak_minute": Value(time: spike.peak), "excess": .number(spike.excess),
        ]
        if causes.indices.contains(place) {
          value["statuses"] = causes[place].map { Value($0.statuses) } ?? .null
          value["codes"] = causes[place].map { Value($0.codes) } ?? .null
          value["routes"] = causes[place].map { Value($0.routes) } ?? .null
        }
        return .object(value)
      })
  }

  func spikeTable(
    _ found: [VendorSpike], title: String? = nil, causes: [SpikeCauses?] = []
  ) -> Table {
    let explained: [Column] = causes.isEmpty ? [] : ["mostly", "most on"]
    return Table(
      title,
      columns: [
        "vendor", "start", "lasted", Column("5xx", .trailing), Column("usual", .trailing),
        Column("ratio", .trailing), "shape",
      ] + explained,
      rows: found.enumerated().map { place, found in
        let (vendor, spike) = (found.vendor, found.spike)
        let row = [
          Cell(vendor), time(spike.start), Cell(.text(formatDuration(spike.end - spike.start))),
          Cell(spike.count), Cell(.number(spike.expected), shown: expectation(spike.expected)),
          Cell(.number(spike.ratio), shown: times(spike.ratio)),
          Cell(
            .text(
              (spike.shape == .spike ? "spike" : "level change")
                + (spike.ongoing ? ", going on" : "")
            )),
        ]
        guard causes.indices.contains(place) else { return row }
        let causes = causes[place]
        let mostly = [causes?.statuses.first?.name, causes?.codes.first?.name].compactMap { $0 }
        return row + [
          Cell(mostly.isEmpty ? nil : mostly.joined(separator: " ")),
          Cell(causes?.routes.first?.name),
        ]
      },
      whenEmpty: "no spikes")
  }
}
