/// A series, and what is known of it so far: each round learns from the minutes outside what the
/// round before suspected.
struct SpikeSearch {
  let counts: [Int32]
  let policy: SpikePolicy
  private(set) var baseline: Baseline
  /// Runs of minutes without an error where many were expected.
  private(set) var silences: [Range<Int>] = []
  private(set) var changes: [LevelChange] = []
  private(set) var candidates: [SpikeCandidate] = []
  private var dispersion = 0.0
  private var drift = RateDrift()
  /// How much the rate of a half hour may differ from the expected one, relatively.
  private var variances: [Double] = []
  /// The longest run of minutes without an error; nil until it is asked for.
  private var longestNothing: Int?
  /// Whether it was given up, as something is there that sums do not tell.
  private(set) var isGivenUp = false

  /// - Parameters:
  ///   - exposure: what rates are of; nil for minutes.
  ///   - outline: tells sums of the series, where ``mayFindAny`` is all that is asked.
  init(
    _ counts: [Int32], hours: [LocalHour], exposure: Exposure?, policy: SpikePolicy,
    outline: SeriesOutline? = nil
  ) {
    self.counts = counts
    self.policy = policy
    baseline = Baseline(count: counts.count, hours: hours, exposure: exposure, outline: outline)
    drift.doubt = policy.doubt
    var before: MinuteMarks?
    for round in 0..<max(1, policy.rounds) {
      let suspects = candidates.choice(above: policy.caution).map(\.minutes)
      let shadows = suspects.map(shadow)
      let short = zip(suspects, shadows).filter { $0.0.count < 1440 }.map(\.1)
      let out = marks(shadows + silences)
      if round > 1 && out == before { break }  // the round before saw the same
      before = out
      let halfHours = learn(from: short, round: round)
      if isGivenUp { return }
      followRate(
        without: shadows, halfHours: short.count == shadows.count ? halfHours : nil, round: round)
      candidates = suspicious()
    }
  }

  /// Whether there may be findings. It is asked of a search by sums, which takes a fraction of the time
  /// and differs from one by minutes in the last digits of what is expected; it knows no changes of
  /// level and no silences.
  var mayFindAny: Bool {
    isGivenUp || candidates.contains { $0.score >= policy.threshold - 1e-6 }
  }

  /// The minutes the baseline must not learn from: these and five on either side.
  private func shadow(of minutes: Range<Int>) -> Range<Int> {
    max(0, minutes.lowerBound - 5)..<min(counts.count, minutes.upperBound + 5)
  }

  /// Estimates the baseline, the silences, the dispersion and, once spikes are known, the changes
  /// of level. What lasts a day or more is no reason to look away: it may be the new normal.
  ///
  /// - Returns: the half hours outside the shadows and the silences.
  private mutating func learn(from shadows: [Range<Int>], round: Int) -> [HalfHour] {
    var out = marks(shadows + silences)
    baseline.adapt(to: counts, leavingOut: out)
    if let outline = baseline.outline { return learn(by: outline, leavingOut: out, round: round) }
    let before = silences
    silences = runsOfNothing()
    if silences != before { out = marks(shadows + silences) }
    dispersion = Analysis.dispersion(
      of: counts, around: baseline.expected, leavingOut: out, tamed: round == 0)
    let halfHours = baseline.halfHours(of: counts, leavingOut: out)
    guard round > 0 else { return halfHours }
    let found = baseline.changes(
      of: counts, silences: silences, halfHours: halfHours, drift: drift, dispersion: dispersion)
    guard !found.isEmpty || !changes.isEmpty else { return halfHours }
    changes = found
    baseline.cut(at: found.map(\.minute))
    baseline.adapt(to: counts, leavingOut: out)
    return baseline.halfHours(of: counts, leavingOut: out)
  }

  private mutating func learn(
    by outline: SeriesOutline, leavingOut out: MinuteMarks, round: Int
  ) -> [HalfHour] {
    isGivenUp = maySilencesBe
    dispersion = baseline.dispersion(of: counts, outline, leavingOut: out, tamed: round == 0)
    let halfHours = baseline.halfHours(of: counts, outline, leavingOut: out)
    if round > 0, !isGivenUp {
      isGivenUp = baseline.mayChange(halfHours: halfHours, drift: drift, dispersion: dispersion)
    }
    return halfHours
  }

  /// Lets the baseline follow the rate around the suspected spikes. At first these are not known,
  /// and would be followed as well: then the rate may only be as uncertain as it wanders.
  ///
  /// - Parameter halfHours: those outside the shadows and the silences, where they are known.
  private mutating func followRate(
    without shadows: [Range<Int>], halfHours: [HalfHour]?, round: Int
  ) {
    let halfHours =
      halfHours ?? self.halfHours(leavingOut: marks(shadows + silences))
    drift.estimate(from: halfHours, dispersion: dispersion, times: round == 0 ? 3 : 1)
    if round == 0 {
      variances = halfHours.map { _ in drift.variance }
    } else {
      let rates = drift.rates(of: halfHours, dispersion: dispersion)
      variances = zip(rates.variances, rates.factors).map { $0 / ($1 * $1) }
      baseline.follow(rates.factors, blocksOf: HalfHour.length)
    }
    dispersion = max(0, dispersion - drift.variance)  // which was part of it
  }

  private func halfHours(leavingOut out: MinuteMarks) -> [HalfHour] {
    guard let outline = baseline.outline else {
      return baseline.halfHours(of: counts, leavingOut: out)
    }
    return baseline.halfHours(of: counts, outline, leavingOut: out)
  }

  /// The rises of evidence as candidates: each as it is, and once more with its edges sought anew.
  private mutating func suspicious() -> [SpikeCandidate] {
    var rises = Set(
      baseline.outline.map {
        baseline.rises(of: counts, $0, dispersion: dispersion, policy: policy)
      } ?? baseline.rises(of: counts, dispersion: dispersion, policy: policy))
    for rise in rises {
      let minutes = rise.minutes
      let limits =
        max(
          0, minutes.lowerBound - policy.reach)..<min(
          counts.count, minutes.upperBound + policy.reach)
      baseline.spread(over: limits)
      let edges = baseline.edges(
        of: minutes, within: limits, counts: counts, dispersion: dispersion)
      rises.insert(EvidenceRise(minutes: edges, open: rise.open))
    }
    return rises.compactMap(candidate).sorted {
      ($0.minutes.lowerBound, $0.minutes.upperBound, $0.open ? 0 : 1)
        < ($1.minutes.lowerBound, $1.minutes.upperBound, $1.open ? 0 : 1)
    }
  }

  /// Nil where there are too few errors, by themselves or for what is usual.
  private func candidate(_ rise: EvidenceRise) -> SpikeCandidate? {
    let sums = sums(of: rise.minutes)
    guard isEnough(sums) else { return nil }
    return SpikeCandidate(
      minutes: rise.minutes,
      score: evidence(sums.errors, sums.expected, variance: variance(sums, rise.minutes)),
      fit: evidence(sums.errors, sums.expected, variance: chance(sums)), open: rise.open)
  }

  private func isEnough(_ sums: Sums) -> Bool {
    sums.errors >= Double(policy.minimumCount)
      && sums.errors >= policy.minimumRatio * sums.expected
  }

  /// The first minute by which a spike's evidence sufficed; its last one if only a part has enough.
  func alarm(in minutes: Range<Int>) -> Int {
    let uncertainty = uncertainty(of: minutes)
    var sums = Sums()
    for minute in minutes {
      sums.add(Double(counts[minute]), baseline.expected[minute])
      guard isEnough(sums) else { continue }
      let variance = chance(sums) + uncertainty
      if evidence(sums.errors, sums.expected, variance: variance) >= policy.threshold {
        return minute
      }
    }
    return minutes.upperBound - 1
  }

  private struct Sums {
    var errors = 0.0
    var expected = 0.0
    var squares = 0.0

    mutating func add(_ count: Double, _ mean: Double) {
      errors += count
      expected += mean
      squares += mean * mean
    }
  }

  private func sums(of minutes: Range<Int>) -> Sums {
    var sums = Sums()
    counts.withUnsafeBufferPointer { counts in
      baseline.expected.withUnsafeBufferPointer { expected in
        for minute in minutes { sums.add(Double(counts[minute]), expected[minute]) }
      }
    }
    return sums
  }

  /// The relative variance of a sum around its mean, beyond that of counts.
  private func chance(_ sums: Sums) -> Double {
    dispersion * sums.squares / (sums.expected * sums.expected)
  }

  private func variance(_ sums: Sums, _ minutes: Range<Int>) -> Double {
    chance(sums) + uncertainty(of: minutes)
  }

  /// The relative variance of what is expected of some minutes: what the half hours around leave
  /// open, but no more than a mean over so long a time can have.
  private func uncertainty(of minutes: Range<Int>) -> Double {
    let halfHours =
      minutes.lowerBound / HalfHour.length...(minutes.upperBound - 1) / HalfHour.length
    let mean = variances[halfHours].reduce(0, +) / Double(halfHours.count)
    return min(mean, drift.variance(ofMeanOver: minutes.count))
  }

  private func marks(_ ranges: [Range<Int>]) -> MinuteMarks {
    MinuteMarks(ranges, of: counts.count)
  }

  /// The runs of minutes without an error in which more than the limit were expected.
  private mutating func runsOfNothing() -> [Range<Int>] {
    guard maySilencesBe else { return [] }
    var runs: [Range<Int>] = []
    var first = 0
    var missing = 0.0
    counts.withUnsafeBufferPointer { counts in
      baseline.expected.withUnsafeBufferPointer { expected in
        for minute in counts.indices {
          guard counts[minute] > 0 else {
            missing += expected[minute]
            continue
          }
          if missing > policy.silence { runs.append(first..<minute) }
          first = minute + 1
          missing = 0
        }
      }
    }
    if missing > policy.silence { runs.append(first..<counts.count) }
    return runs
  }

  /// Whether the longest run of minutes without an error is long enough for a silence.
  private var maySilencesBe: Bool {
    mutating get {
      let most = policy.silence / (baseline.bounds.upperBound * 1.000_001)
      if let outline = baseline.outline, Double(outline.mostNothing) <= most { return false }
      let longest = longestNothing ?? SeriesOutline.longestNothing(in: counts)
      longestNothing = longest
      return Double(longest) > most
    }
  }
}
