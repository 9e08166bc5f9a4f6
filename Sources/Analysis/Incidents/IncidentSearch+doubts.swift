extension IncidentSearch {
  /// Whether a stretch that stands out by its own measure does so by others, too.
  ///
  /// Where clocks change, callers may keep another zone's: what is usual at such hours of theirs is no
  /// trouble. And errors become a larger share where successes stay away, or are not all logged any more:
  /// as long as most requests succeed, and always of errors that answer what was asked for, as a 404 does,
  /// there must be clearly more of them than usual at such hours.
  func isUnusual(_ stretch: Stretch, in series: TroubleSeries) -> Bool {
    guard series.isShare else {
      return otherHours.map { isClear(stretch.minutes, in: series.by($0), times: 2) } ?? true
    }
    let minutes = stretch.minutes
    let (errors, requests) = minutes.reduce(into: (0.0, 0.0)) { sums, minute in
      sums.0 += Double(series.counts[minute])
      sums.1 += series.exposure[minute]
    }
    return series.sorts != [.others] && errors * 2 > requests
      || isClear(minutes, in: series.byTime, times: 1.5)
  }

  private func isClear(_ minutes: Range<Int>, in series: TroubleSeries, times: Double) -> Bool {
    let usual = UsualRate(of: series, without: [minutes], round: 1)
    let sums = series.sums(of: minutes, usual: usual)
    return sums.errors >= times * sums.expected
      && evidence(sums.errors, sums.expected, variance: 0) >= policy.threshold
  }

  /// Those of some stretches that are to be told.
  ///
  /// None is that most days have the like of, or that the clumps explain in which errors come on most days.
  /// What is not clear anyway must stand out of those of any day, and of how little is known of what is usual
  /// where few errors tell it.
  ///
  /// - Parameters:
  ///   - series: what they are of, without what is told already.
  ///   - proven: minutes of those that are trouble though every day had them.
  func trustworthy(
    _ found: [Stretch], in series: TroubleSeries, proven: [Range<Int>] = []
  ) -> [Stretch] {
    guard !found.isEmpty else { return [] }
    let clear = policy.threshold * 3
    var rest = series
    for stretch in found where stretch.score >= clear { rest.leaveOut(stretch.minutes) }
    let usual = UsualRate(of: rest, without: [], round: 1)
    let rises = DailyRises(of: series, usual: usual, least: policy.occurrence)
    let clumping = Clumping(of: rest, usual: usual)
    return found.filter { stretch in
      let count = stretch.minutes.reduce(0.0) { $0 + Double(series.counts[$1]) }
      guard proven.contains(stretch.minutes) || rises.areBelow(count, in: stretch.minutes)
      else { return false }
      let isCertain = stretch.score >= clear
      let clumps = isCertain ? clumping.ofMostDays : clumping.factor(without: stretch.minutes)
      guard stretch.score >= policy.threshold * clumps else { return false }
      if isCertain { return true }
      let own = UsualRate(of: rest, without: [stretch.minutes], round: 1)
      let sums = rest.sums(of: stretch.minutes, usual: own)
      let score = evidence(
        sums.errors, sums.expected, variance: own.doubt(of: stretch.minutes))
      return score >= policy.threshold * clumps
    }
  }
}
