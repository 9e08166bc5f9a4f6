internal import Analysis
package import Answers
internal import Dispatch
internal import Events
internal import Store
internal import Synchronization

/// A spike and whose it is.
typealias VendorSpike = (vendor: String?, spike: Spike)

extension Question {
  /// 5xx above their own baseline, and where nothing was logged at all.
  package func spikes() throws -> Answer {
    let found = try vendorSpikes()
    let causes = try spikeCauses(found)
    let gaps = try loggingGaps()
    var sections = [Section(.table(spikeTable(found, causes: causes)))]
    if !gaps.isEmpty { sections.append(Section("Nothing logged", .table(gapTable(gaps)))) }
    let answer = Answer(
      title: "5xx spikes", notes: [note], sections: sections,
      value: [
        "since": Value(time: range.since), "until": Value(time: range.until),
        "spikes": spikeValues(found, causes: causes), "gaps": gapValues(gaps),
      ],
      rows: "spikes",
      header: [
        "vendor", "start", "end", "detected_at", "count", "expected", "ratio", "shape", "ongoing",
        "provisional", "peak_minute", "excess", "statuses", "codes", "routes",
      ])
    return try honest(answer, from: .counts)
  }

  /// The four weeks before tell what is usual.
  func vendorSpikes() throws -> [(vendor: String?, spike: Spike)] {
    let minute = Milliseconds.minute
    var history = covered(TimeRange(since: range.since - 28 * Milliseconds.day, until: range.until))
    history.since = history.since.rounded(downTo: minute)
    guard history.until > history.since else { return [] }
    let length = Int((history.until - history.since) / minute)
    // By the vendor's number, those without a vendor first.
    var series: [[Int32]] = []
    try store.serverErrors(during: history) { hour, row, minutes in
      let place = vocabulary.vendors.number(ofRow: row) + 1
      while series.count <= place { series.append([]) }
      if series[place].isEmpty { series[place] = Array(repeating: 0, count: length) }
      let first = Int((hour - history.since) / minute)
      for minute in max(0, first)..<max(0, min(first + minutes.count, length)) {
        let errors = Int64(series[place][minute]).addingClamped(minutes[minute - first])
        series[place][minute] = Int32(clamping: errors)
      }
    }
    let asked = series.enumerated().filter { place, counts in
      !counts.isEmpty && asksAbout(vocabulary.vendors[place - 1])
    }
    let spikes = spikes(in: asked.map(\.element), from: history.since)
    var found: [(vendor: String?, spike: Spike)] = []
    for ((place, _), spikes) in zip(asked, spikes) {
      let vendor = vocabulary.vendors[place - 1]
      found += spikes.filter { $0.end > range.since }.map { (vendor, $0) }
    }
    return found.sorted { ($0.spike.start, $0.vendor ?? "") < ($1.spike.start, $1.vendor ?? "") }
  }

  /// The spikes of each series of minutes, several at once: this takes longest of all in an answer.
  private func spikes(in series: [[Int32]], from start: Int64) -> [[Spike]] {
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
    _ found: [(vendor: String?, spike: Spike)], causes: [SpikeCauses?] = []
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
    _ found: [(vendor: String?, spike: Spike)], title: String? = nil, causes: [SpikeCauses?] = []
  ) -> Table {
    let explained: [Column] = causes.isEmpty ? [] : ["mostly", "most on"]
    return Table(
      title,
      columns: [
        "vendor", "start", "lasted", Column("5xx", .trailing), Column("usual", .trailing),
        Column("ratio", .trailing), "shape",
      ] + explained,
      rows: found.enumerated().map { place, found in
        let (vendor, spike) = found
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
