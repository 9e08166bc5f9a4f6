extension IncidentSearch {
  /// Whether a stretch that stands out by its own measure does so by others, too.
  ///
  /// Where clocks change, callers may keep another zone's: what is usual at such hours of theirs is no
  /// trouble. And errors that answer what was asked for, as a 404 does, become a larger share where
  /// successes stay away; trouble are those of which there are more than usual at such hours.
  func isUnusual(_ stretch: Stretch, in series: TroubleSeries) -> Bool {
    if series.isShare {
      return series.sorts != [.others] || isMore(stretch.minutes, in: series.byTime, than: 1.5)
    }
    return otherHours.map { isMore(stretch.minutes, in: series.by($0), than: 2) } ?? true
  }

  private func isMore(_ minutes: Range<Int>, in series: TroubleSeries, than ratio: Double) -> Bool {
    let usual = UsualRate(of: series, without: [minutes], round: 1)
    let sums = series.sums(of: minutes, usual: usual)
    return sums.errors >= ratio * sums.expected
  }
}
