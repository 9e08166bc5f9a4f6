internal import Analysis
package import Answers
internal import Files
internal import Questions
internal import Threads
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
    let spikes = zip(found, try spikeCauses(found)).map(ExplainedSpike.init)
    let allGaps = try loggingGaps()
    let gaps = allGaps.largest(top.findings) { $0.expected }
    var sections = [Section(.table(spikeTable(spikes)))]
    sections.mention(leftOut: all.count - found.count, "smaller spike")
    if !gaps.isEmpty { sections.append(Section("Nothing logged", .table(gapTable(gaps)))) }
    sections.mention(leftOut: allGaps.count - gaps.count, "smaller gap")
    let answer = Answer(
      title: "5xx spikes", notes: [note], sections: sections,
      value: SpikeAnswer(
        range: range, spikes: spikes, leftOut: all.count - found.count, gaps: gaps,
        gapsLeftOut: allGaps.count - gaps.count
      ).value,
      rows: "spikes", header: ExplainedSpike.fields.names)
    return try honest(answer, from: detectionGround)
  }

  /// The four weeks before tell what is usual.
  func vendorSpikes() throws -> [VendorSpike] {
    let history = minuteHistory
    guard history.until > history.since else { return [] }
    var found: [VendorSpike] = []
    try eachMinuteSeries(of: [.serverErrors], during: history) { series in
      series.mayHaveSpikes
    } _: { series in
      for (one, spikes) in zip(series, spikes(in: series, history.since)) {
        let own = spikes.filter { $0.end > range.since }
        if own.isEmpty { continue }
        let vendor = vocabulary.vendors[one.vendor]
        found += own.map { VendorSpike(vendor: vendor, number: one.vendor, spike: $0) }
      }
    }
    return found.sorted { ($0.spike.start, $0.vendor ?? "") < ($1.spike.start, $1.vendor ?? "") }
  }

  /// The range and the four weeks before, in whole minutes, as far as the log tells of them.
  var minuteHistory: TimeRange {
    var history = covered(TimeRange(since: range.since - 28 * Milliseconds.day, until: range.until))
    history.since = history.since.rounded(downTo: Milliseconds.minute)
    return history
  }

  /// The spikes of each series, several at once: this takes longest of all in an answer.
  private func spikes(in series: [MinuteSeries], _ start: Int64) -> [[Spike]] {
    let zone = zone
    return sideBySide(series.count) { place in
      Analysis.spikes(
        in: series[place].counts(of: .serverErrors), requests: series[place].requestCounts,
        from: start,
        localMinutes: { zone.offset(at: $0) / 60 }
      ).spikes
    }
  }

  func spikeTable(_ found: [ExplainedSpike]) -> Table {
    let fields = ExplainedSpike.fields
    return Table(
      of: found,
      [
        fields.column("vendor", to: Reference.vendor), fields.column("start", time: shown),
        TableColumn("lasted") { lasting($0.found.spike.start, $0.found.spike.end) },
        fields.column("count", as: "5xx"),
        fields.column("expected", as: "usual", number: expectation),
        fields.column("ratio", number: times),
        TableColumn("shape") { Cell(.text($0.found.spike.words)) },
        TableColumn("mostly") { row in
          let causes = row.causes
          let most = [causes?.statuses.first?.name, causes?.codes.first?.name].compactMap { $0 }
          return Cell(most.isEmpty ? nil : most.joined(separator: " "))
        },
        TableColumn("most on") { Cell($0.causes?.routes.first?.name) },
      ], keys: ["vendor", "start", "5xx"], whenEmpty: "no spikes")
  }
}

extension Spike {
  /// Its shape, and whether it goes on.
  fileprivate var words: String {
    (shape == .spike ? "spike" : "level change") + (ongoing ? ", going on" : "")
  }
}

/// What `spikes` answers.
struct SpikeAnswer: Described {
  var range: TimeRange
  var spikes: [ExplainedSpike]
  var leftOut: Int
  var gaps: [LoggingGap]
  var gapsLeftOut: Int

  static let fields: Fields<SpikeAnswer> = TimeRange.fields.of { $0.range }.and([
    Field("left_out", "how many smaller spikes are not in the list") { $0.leftOut },
    Field("spikes", "the largest spikes, in order of time") { $0.spikes },
    Field("gaps_left_out", "how many smaller gaps are not in the next list") { $0.gapsLeftOut },
    Field("gaps", "where nothing of a vendor was logged, in order of time") { $0.gaps },
  ])
}

/// A spike, and what it was of where that was looked at.
struct ExplainedSpike: Described {
  var found: VendorSpike
  var causes: SpikeCauses?

  static let fields: Fields<ExplainedSpike> = VendorSpike.fields.of { $0.found }.and([
    Field(
      "statuses", "its five most frequent statuses; null where it is not one of the 20 largest"
    ) { $0.causes?.statuses },
    Field("codes", "its five most frequent codes; null as above") { $0.causes?.codes },
    Field("routes", "its five most frequent routes; null as above") { $0.causes?.routes },
  ])
}

extension VendorSpike: Described {
  static let fields: Fields<VendorSpike> = [
    Field("vendor", "whose API answered") { $0.vendor },
    Field(time: "start", "the start of its first minute") { $0.spike.start },
    Field(time: "end", "the end of its last minute, exclusive") { $0.spike.end },
    Field(
      time: "detected_at", "the end of the minute in which the evidence sufficed"
    ) { $0.spike.detectedAt },
    Field("count", "how many server errors (status 500 and above) it has") { $0.spike.count },
    Field("expected", "how many are usual in these minutes") { $0.spike.expected },
    Field("ratio", "how many times what is usual: count / expected") { $0.spike.ratio },
    Field("shape", "whether it came and went, or stayed for more than a day") { $0.spike.shape },
    Field("ongoing", "whether it had not ended when the log did") { $0.spike.ongoing },
    Field(
      "provisional", "whether days yet to come may still change it a little"
    ) { $0.spike.provisional },
    Field(time: "peak_minute", "the start of its worst minute") { $0.spike.peak },
    Field("excess", "how many beyond the usual: count - expected") { $0.spike.excess },
  ]
}
