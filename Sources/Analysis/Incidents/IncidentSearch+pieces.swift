internal import Threads

// What is found in one group of errors has no part in what is found in another: groups are looked at
// side by side.
extension IncidentSearch {
  /// What `work` gives for each group, several at once where there are many minutes.
  func eachGroup<Found: Sendable>(_ work: @escaping @Sendable (Int) -> Found) -> [Found] {
    // Of fewer minutes a thread takes longer to begin than it helps.
    count < 10_000 || groups.count < 2 ? groups.indices.map(work) : sideBySide(groups.count, work)
  }

  /// The stretches of several times the usual rate, then what is short or small.
  mutating func findPieces() {
    let layout =
      groups.contains { mayHaveSpikes($0.left) && $0.left.isEven }
      ? SeriesLayout(of: hours, count: count) : nil
    let search = self
    let found = eachGroup { place in
      var own = GroupPieces(group: search.groups[place])
      own.add(search.stretches(of: own.group.left), isLong: true, search)
      own.add(search.spikes(of: own.group.left, layout), isLong: false, search)
      return own
    }
    for (place, found) in found.enumerated() { groups[place] = found.group }
    pieces += found.flatMap(\.long) + found.flatMap(\.short)
  }

  /// What is found in one group.
  private struct GroupPieces: Sendable {
    var group: Group
    var long: [Piece] = []
    var short: [Piece] = []

    mutating func add(_ found: [Stretch], isLong: Bool, _ search: IncidentSearch) {
      let found = found.filter { search.isUnusual($0, in: group.left) }
      for stretch in search.trustworthy(found, in: group.left) {
        let piece = Piece(
          what: group.what, minutes: stretch.minutes, sorts: group.whole.sorts, open: stretch.open)
        if isLong { long.append(piece) } else { short.append(piece) }
        group.left.leaveOut(stretch.minutes)
      }
    }
  }

  private func stretches(of series: TroubleSeries) -> [Stretch] {
    var out: [Range<Int>] = []
    var found: [Stretch] = []
    var usual = UsualRate(of: series, without: [])
    for round in 0..<3 {
      if round > 0 { usual = UsualRate(of: series, without: out, round: round) }
      found = series.stretches(above: usual, StretchTest(threshold: policy.threshold))
      if found.isEmpty { break }
      out = found.map(\.minutes)
    }
    return found.compactMap { stretch in
      var stretch = series.sharpened(stretch, above: usual)
      let sums = series.sums(of: stretch.minutes, usual: usual)
      stretch.score = evidence(sums.errors, sums.expected, variance: 0.1)
      guard sums.errors >= Double(policy.minimumCount), sums.errors >= 2.5 * sums.expected else {
        return nil
      }
      // What is short and small is judged minute by minute, below.
      let isClear = stretch.score >= policy.threshold * 3
      return isClear || stretch.minutes.count >= 120 ? stretch : nil
    }
  }

  private func mayHaveSpikes(_ series: TroubleSeries) -> Bool {
    series.total >= policy.minimumCount
  }

  /// - Parameter layout: of the minutes; nil where no series is even.
  private func spikes(of series: TroubleSeries, _ layout: SeriesLayout?) -> [Stretch] {
    guard mayHaveSpikes(series) else { return [] }
    var policy = SpikePolicy.standard
    policy.threshold = self.policy.threshold
    policy.doubt = 1
    // Most series have none, which sums tell.
    if series.isEven, let layout,
      !Analysis.mayHaveSpikes(series.counts, layout, policy: policy)
    {
      return []
    }
    let exposure = series.isEven ? nil : Exposure(series.exposure)
    let search = SpikeSearch(series.counts, hours: hours, exposure: exposure, policy: policy)
    return search.findings(goingOn: true).map {
      Stretch(minutes: $0.minutes, score: $0.score, open: $0.open)
    }
  }
}
