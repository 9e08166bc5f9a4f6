internal import Analysis
package import Answers
internal import Events
internal import Store

/// A spike and whose it is.
typealias VendorSpike = (vendor: String?, spike: Spike)

extension Question {
  /// 5xx above their own baseline.
  package func spikes() throws -> Answer {
    let found = try vendorSpikes()
    let answer = Answer(
      title: "5xx spikes", notes: [note], sections: [Section(.table(spikeTable(found)))],
      value: [
        "since": Value(time: range.since), "until": Value(time: range.until),
        "spikes": spikeValues(found),
      ],
      rows: "spikes",
      header: [
        "vendor", "start", "end", "detected_at", "count", "expected", "ratio", "shape", "ongoing",
        "provisional",
      ])
    return honest(answer, from: .counts)
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
    try store.serverErrors(during: history) { time, row, errors in
      let place = vocabulary.vendors.number(ofRow: row) + 1
      while series.count <= place { series.append([]) }
      if series[place].isEmpty { series[place] = Array(repeating: 0, count: length) }
      let minute = Int((time - history.since) / minute)
      guard series[place].indices.contains(minute) else { return }
      series[place][minute] = Int32(clamping: Int64(series[place][minute]) + errors)
    }
    var found: [(vendor: String?, spike: Spike)] = []
    for (place, counts) in series.enumerated() where !counts.isEmpty {
      let vendor = vocabulary.vendors[place - 1]
      guard asksAbout(vendor) else { continue }
      let findings = Analysis.spikes(
        in: counts, from: history.since, localMinutes: { zone.offset(at: $0) / 60 })
      found += findings.spikes.filter { $0.end > range.since }.map { (vendor, $0) }
    }
    return found.sorted { ($0.spike.start, $0.vendor ?? "") < ($1.spike.start, $1.vendor ?? "") }
  }

  func spikeValues(_ found: [(vendor: String?, spike: Spike)]) -> Value {
    .array(
      found.map { vendor, spike in
        [
          "vendor": Value(vendor), "start": Value(time: spike.start), "end": Value(time: spike.end),
          "detected_at": Value(time: spike.detectedAt), "count": Value(spike.count),
          "expected": .number(spike.expected), "ratio": .number(spike.ratio),
          "shape": .text(spike.shape.rawValue), "ongoing": .bool(spike.ongoing),
          "provisional": .bool(spike.provisional),
        ]
      })
  }

  func spikeTable(_ found: [(vendor: String?, spike: Spike)], title: String? = nil) -> Table {
    Table(
      title,
      columns: [
        "vendor", "start", "lasted", Column("5xx", .trailing), Column("usual", .trailing),
        Column("ratio", .trailing), "shape",
      ],
      rows: found.map { vendor, spike in
        [
          Cell(vendor), time(spike.start), Cell(.text(formatDuration(spike.end - spike.start))),
          Cell(spike.count), Cell(.number(spike.expected), shown: expectation(spike.expected)),
          Cell(.number(spike.ratio), shown: times(spike.ratio)),
          Cell(
            .text(
              (spike.shape == .spike ? "spike" : "level change")
                + (spike.ongoing ? ", going on" : "")
            )),
        ]
      },
      whenEmpty: "no spikes")
  }
}
