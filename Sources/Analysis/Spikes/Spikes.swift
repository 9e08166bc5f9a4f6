/// The spikes and silences in the errors of one vendor.
///
/// In rounds: a seasonal baseline from the minutes outside spikes and silences, with its lasting
/// changes of level; how much the counts scatter around it, by chance and because the rate itself
/// wanders; the rate as the hours around tell it; the stretches in which a multiple of that
/// explains the counts better; and, of these, the evidence of each as a whole. The last round's
/// best choice is reported, stretches close together as one.
///
/// - Parameters:
///   - counts: errors in each minute of UTC, without holes, zeros included. Leave out a last minute
///     that is not over yet.
///   - requests: all responses of each minute, those without an error too. Where they are given, the
///     share that fails is judged: more errors of as many more requests are no spike.
///   - start: the time at which the first minute begins, in milliseconds since the epoch.
///   - localMinutes: minutes to add to UTC, for the local time of the errors' makers, at a time in
///     milliseconds since the epoch; asked for once an hour. It decides what is an hour of the day
///     and a weekend.
package func spikes(
  in counts: [Int32], requests: [Int32]? = nil, from start: Int64,
  localMinutes: (Int64) -> Int = { _ in 0 }, policy: SpikePolicy = .standard
) -> SpikeFindings {
  let counts = counts.contains { $0 < 0 } ? counts.map { max(0, $0) } : counts
  guard counts.reduce(0, { $0 + Int($1) }) >= max(1, policy.minimumCount) else {
    return SpikeFindings()
  }
  let instant = { (minute: Int) in start.adding(minutes: minute) }
  let hours = localHours(of: counts.count, at: instant, localMinutes: localMinutes)
  let exposure = requests.flatMap { Exposure(requests: $0, errors: counts) }
  if exposure == nil,
    !mayHaveSpikes(counts, SeriesLayout(of: hours, count: counts.count), policy: policy)
  {
    return SpikeFindings()
  }
  let search = SpikeSearch(counts, hours: hours, exposure: exposure, policy: policy)
  return SpikeFindings(
    spikes: search.findings(goingOn: false).map { search.told($0, at: instant) }
      .sorted { ($0.start, $0.end) < ($1.start, $1.end) },
    silences: search.silences.map { instant($0.lowerBound)..<instant($0.upperBound) })
}

/// What is to be reported.
struct Finding {
  var minutes: Range<Int>
  var alarm: Int
  var score: Double
  var open: Bool
  var shape: Spike.Shape
  /// How many errors would have been usual.
  var expected: Double
}

extension SpikeSearch {
  /// - Parameter goingOn: whether a change of level that is not over within a week is told as far as
  ///   it is seen to go on, rather than as its first day.
  func findings(goingOn: Bool) -> [Finding] {
    let changes = levelChanges(goingOn: goingOn)
    return spikes(besides: changes) + changes
  }

  /// The chosen candidates, those a few minutes apart joined to one. What is the start of a change
  /// of level is no spike besides.
  private func spikes(besides changes: [Finding]) -> [Finding] {
    var joined: [SpikeCandidate] = []
    for next in candidates.choice(above: policy.threshold) {
      guard let last = joined.last,
        next.minutes.lowerBound - last.minutes.upperBound <= policy.joined
      else {
        joined.append(next)
        continue
      }
      joined[joined.count - 1] = SpikeCandidate(
        minutes: last.minutes.lowerBound..<next.minutes.upperBound,
        score: max(last.score, next.score), fit: last.fit + next.fit, open: next.open)
    }
    return joined.compactMap { candidate in
      let minutes = candidate.minutes
      let isPartOfChange = changes.contains { change in
        let near =
          change.minutes.lowerBound - policy.joined...change.minutes.lowerBound + policy.joined
        return near.overlaps(minutes) || minutes.count > 1440 && change.minutes.overlaps(minutes)
      }
      if isPartOfChange { return nil }
      return Finding(
        minutes: minutes, alarm: alarm(in: minutes), score: candidate.score, open: candidate.open,
        shape: minutes.count > 1440 ? .levelChange : .spike,
        expected: baseline.expected[minutes].reduce(0, +))
    }
  }

  /// The changes up, to above every level of the week before: one that only takes back a fall is
  /// none. Each until the level changes again, or for a day if that is long in coming.
  private func levelChanges(goingOn: Bool) -> [Finding] {
    let week = policy.dayLimit * 1440
    return changes.enumerated().compactMap { place, change in
      let recent = changes[..<place].filter { change.minute - $0.minute < week }.map(\.before)
      let usual = max(change.before, recent.max() ?? 0)
      guard change.after >= policy.minimumRatio * usual else { return nil }
      let next = changes.dropFirst(place + 1).first?.minute
      let isOver = next.map { goingOn || $0 - change.minute <= week } ?? false
      let firstDay = min(change.minute + 1440, counts.count)
      let end = (isOver ? next : nil) ?? (goingOn ? counts.count : firstDay)
      let minutes = change.minute..<end
      let errors = counts[minutes].reduce(0) { $0 + Double($1) }
      let expected = baseline.expected[minutes].reduce(0, +) * usual / change.after
      guard errors >= policy.minimumRatio * expected else { return nil }
      return Finding(
        minutes: minutes, alarm: min(change.minute + 1439, end - 1),
        score: evidence(errors, expected, variance: 0), open: goingOn && !isOver,
        shape: .levelChange,
        expected: expected)
    }
  }

  fileprivate func told(_ finding: Finding, at instant: (Int) -> Int64) -> Spike {
    let minutes = finding.minutes
    let peak = minutes.reduce(minutes.lowerBound) { counts[$1] > counts[$0] ? $1 : $0 }
    return Spike(
      start: instant(minutes.lowerBound), end: instant(minutes.upperBound),
      detectedAt: instant(finding.alarm + 1), count: counts[minutes].reduce(0) { $0 + Int($1) },
      expected: finding.expected, score: finding.score, peak: instant(peak),
      shape: finding.shape, ongoing: finding.open,
      provisional: minutes.upperBound > counts.count - 3 * 1440)
  }
}

extension Int64 {
  /// A later time, in milliseconds; the last one there is rather than an overflow.
  func adding(minutes: Int) -> Int64 {
    let (time, overflow) = addingReportingOverflow(Int64(minutes) &* 60_000)
    return overflow ? .max : time
  }
}
