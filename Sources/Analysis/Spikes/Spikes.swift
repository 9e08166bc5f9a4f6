/// The spikes and silences in the errors of one vendor.
///
/// In rounds: a seasonal baseline from the minutes outside spikes and silences; how much the counts
/// scatter around it, by minute and by hour; the stretches in which a multiple of the baseline
/// explains the counts better; and the best choice among these. The last round's choice is
/// reported, stretches close together as one.
///
/// - Parameters:
///   - counts: errors in each minute of UTC, without holes, zeros included. Leave out a last minute
///     that is not over yet.
///   - start: the time at which the first minute begins, in milliseconds since the epoch.
///   - localMinutes: minutes to add to UTC, for the local time of the errors' makers, at a time in
///     milliseconds since the epoch; asked for once an hour. It decides what is an hour of the day
///     and a weekend.
package func spikes(
  in counts: [Int32], from start: Int64, localMinutes: (Int64) -> Int = { _ in 0 },
  policy: SpikePolicy = .standard
) -> SpikeFindings {
  let counts = counts.contains { $0 < 0 } ? counts.map { max(0, $0) } : counts
  guard counts.reduce(0, { $0 + Int($1) }) >= max(1, policy.minimumCount) else {
    return SpikeFindings()
  }
  let instant = { (minute: Int) in start.adding(minutes: minute) }
  let hours = localHours(of: counts.count, at: instant, localMinutes: localMinutes)
  var baseline = Baseline(count: counts.count, hours: hours)
  var chosen: [Candidate] = []
  var silences: [Range<Int>] = []
  var scatter = 0.0
  var before: [Bool] = []
  for round in 0..<max(1, policy.rounds) {
    let shadows = chosen.compactMap { $0.shadow(in: counts.count) }
    let out = marks(of: shadows + silences, in: counts.count)
    if round > 1 && out == before { break }  // the round before saw the same
    before = out
    baseline.adapt(to: counts, leavingOut: out)
    silences = runsOfNothing(in: counts, expecting: baseline.expected, above: policy.silence)
    let dispersion = Dispersion(
      of: counts, around: baseline.expected,
      leavingOut: marks(of: shadows + silences, in: counts.count), tamed: round == 0)
    scatter = dispersion.ofMinutes
    let found = policy.factors.flatMap { factor in
      candidates(
        in: counts, above: baseline, times: factor,
        allowance: 1 + policy.drift * min(0.5, dispersion.ofHours.squareRoot()),
        dispersion: dispersion.ofMinutes, policy: policy)
    }
    chosen = choice(of: found, threshold: policy.threshold)
  }

  let series = Series(counts: counts, expected: baseline.expected)
  let kept = series.worthReporting(chosen, policy: policy)
  let reported = policy.reach > 0 ? series.refined(kept, dispersion: scatter, policy: policy) : kept
  return SpikeFindings(
    spikes: reported.map { series.spike($0, at: instant) },
    silences: silences.map { instant($0.lowerBound)..<instant($0.upperBound) })
}

/// For each minute, whether it is in one of the ranges.
private func marks(of ranges: [Range<Int>], in count: Int) -> [Bool] {
  var marks = Array(repeating: false, count: count)
  for range in ranges {
    for minute in range { marks[minute] = true }
  }
  return marks
}

/// The runs of minutes without an error in which more than `limit` were expected.
private func runsOfNothing(
  in counts: [Int32], expecting expected: [Double], above limit: Double
) -> [Range<Int>] {
  var runs: [Range<Int>] = []
  var first = 0
  var missing = 0.0
  for (minute, (count, mean)) in zip(counts, expected).enumerated() {
    if missing > limit && count > 0 { runs.append(first..<minute) }
    first = count > 0 ? minute + 1 : first
    missing = count > 0 ? 0 : missing + mean
  }
  if missing > limit { runs.append(first..<counts.count) }
  return runs
}

/// The errors of each minute, as they were and as they were expected.
private struct Series {
  var counts: [Int32]
  var expected: [Double]

  func count(_ minutes: Range<Int>) -> Int { counts[minutes].reduce(0) { $0 + Int($1) } }

  func expected(_ minutes: Range<Int>) -> Double { expected[minutes].reduce(0, +) }

  /// Whether there are enough errors, by themselves and for what is usual.
  private func isSpike(_ minutes: Range<Int>, _ policy: SpikePolicy) -> Bool {
    let errors = count(minutes)
    return errors >= policy.minimumCount
      && Double(errors) >= policy.minimumRatio * expected(minutes)
  }

  /// The candidates with enough errors, those a few minutes apart joined to one.
  func worthReporting(_ candidates: [Candidate], policy: SpikePolicy) -> [Candidate] {
    var kept: [Candidate] = []
    for next in candidates {
      guard isSpike(next.minutes, policy) else { continue }
      if let last = kept.last,
        next.minutes.lowerBound - last.minutes.upperBound <= policy.joined
      {
        kept[kept.count - 1] = Candidate(
          minutes: last.minutes.lowerBound..<next.minutes.upperBound, alarm: last.alarm,
          score: last.score + next.score, open: next.open)
      } else {
        kept.append(next)
      }
    }
    return kept
  }

  /// The candidates with their edges sought again, except for changes of level; they stay apart.
  func refined(_ candidates: [Candidate], dispersion: Double, policy: SpikePolicy) -> [Candidate] {
    let apart = policy.joined + 1
    var refined: [Candidate] = []
    for (index, candidate) in candidates.enumerated() {
      let minutes = candidate.minutes
      let last = refined.last?.minutes.upperBound ?? -apart
      let next = candidates.dropFirst(index + 1).first?.minutes.lowerBound ?? counts.count + apart
      let from = max(last + apart, minutes.lowerBound - policy.reach)
      let until = min(next - apart, minutes.upperBound + policy.reach)
      let better = candidate.refined(
        within: from..<until, counts: counts, expected: expected, dispersion: dispersion)
      let keeps = minutes.count > 1440 || !isSpike(better.minutes, policy)
      refined.append(keeps ? candidate : better)
    }
    return refined
  }

  func spike(_ candidate: Candidate, at instant: (Int) -> Int64) -> Spike {
    let minutes = candidate.minutes
    let peak = minutes.reduce(minutes.lowerBound) { counts[$1] > counts[$0] ? $1 : $0 }
    return Spike(
      start: instant(minutes.lowerBound), end: instant(minutes.upperBound),
      detectedAt: instant(candidate.alarm + 1), count: count(minutes),
      expected: expected(minutes), score: candidate.score, peak: instant(peak),
      shape: minutes.count > 1440 ? .levelChange : .spike, ongoing: candidate.open,
      provisional: minutes.upperBound > counts.count - 3 * 1440)
  }
}

extension Candidate {
  /// The minutes the baseline must not learn from: these and five on either side. None if it lasts
  /// a day or more, as then it is the new normal.
  fileprivate func shadow(in count: Int) -> Range<Int>? {
    guard minutes.count < 1440 else { return nil }
    return max(0, minutes.lowerBound - 5)..<min(count, minutes.upperBound + 5)
  }
}

extension Int64 {
  /// A later time, in milliseconds; the last one there is rather than an overflow.
  fileprivate func adding(minutes: Int) -> Int64 {
    let (time, overflow) = addingReportingOverflow(Int64(minutes) &* 60_000)
    return overflow ? .max : time
  }
}
