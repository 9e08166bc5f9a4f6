/// The errors of some sorts of one vendor, by the minute, with what they are to be judged by.
struct TroubleSeries {
  let sorts: Set<Sort>
  var counts: [Int32]
  /// What a rate is of in each minute: requests, or the minute itself; zero where not to be looked
  /// at.
  var exposure: [Double]
  /// Whether requests are known: then no more than these can fail.
  private(set) var isShare: Bool
  private(set) var hours: [LocalHour]

  /// Whether every minute counts for one, so that a rate is one of time alone.
  private(set) var isEven: Bool

  /// - Parameter exposure: that of all minutes.
  init(
    _ vendor: VendorMinutes, _ sorts: Set<Sort>, exposure: [Double], hours: [LocalHour]
  ) {
    self.sorts = sorts
    self.hours = hours
    self.exposure = exposure
    counts = vendor.sum(of: sorts, count: exposure.count)
    isShare = vendor.requests != nil
    isEven = !isShare
  }

  /// The same errors by the hours of another clock.
  func by(_ hours: [LocalHour]) -> TroubleSeries {
    var series = self
    series.hours = hours
    return series
  }

  /// The same errors as a rate of time, whatever was asked for.
  var byTime: TroubleSeries {
    var series = self
    series.exposure = counts.map { _ in 1 }
    series.isShare = false
    series.isEven = true
    return series
  }

  var total: Int { counts.reduce(0) { $0 &+ Int($1) } }

  /// Takes some minutes out of what is looked at.
  mutating func leaveOut(_ minutes: Range<Int>) {
    isEven = false
    for minute in minutes.clamped(to: counts.indices) {
      counts[minute] = 0
      exposure[minute] = 0
    }
  }

  /// What some minutes hold.
  func sums(of minutes: Range<Int>, usual: UsualRate) -> (
    errors: Double, exposure: Double, expected: Double
  ) {
    var errors = 0.0
    var all = 0.0
    var expected = 0.0
    for (hour, rate) in usual.hours(of: minutes) {
      var part = 0.0
      for minute in hour {
        errors += Double(counts[minute])
        part += exposure[minute]
      }
      all += part
      expected += part * rate
    }
    return (errors, all, expected)
  }
}
