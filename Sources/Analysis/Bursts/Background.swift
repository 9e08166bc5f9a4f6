internal import Glibc

/// The usual rate of rejections, hour by hour, with the bursts left out.
struct Background {
  /// Rejections a second, one for each hour of the coverage; always positive.
  private(set) var rates: [Double]
  /// The start of the first hour, in milliseconds since the epoch.
  private let start: Double
  /// The time looked at, in seconds.
  private let length: Double

  /// The first guess: only the rejections of calm minutes count, those with at most two. It is as
  /// local as what follows: were it one rate for all of a long coverage, a vendor that was only busy
  /// in some of it would seem to be in one burst all that time.
  init(of rejections: [Rejection], during coverage: Range<Int64>) {
    let (start, end) = Self.extent(of: coverage, holding: rejections)
    self.start = start
    length = (end - start) / 1000
    rates = Array(repeating: 1, count: max(1, Int((length / 3600).rounded(.up))))
    var calm = Array(repeating: 0.0, count: rates.count)
    var index = 0
    while index < rejections.count {
      let end = rejections[index].time.minuteEnd
      var next = index + 1
      while next < rejections.count, rejections[next].time < end { next += 1 }
      if next - index <= 2 { calm[hour(of: rejections[index].time)] += Double(next - index) }
      index = next
    }
    _ = spread(calm, over: exposures)
  }

  /// The hour a time belongs to, an index into ``rates``; the nearest one if it is not covered.
  func hour(of time: Int64) -> Int {
    let hour = (Double(time) - start) / 3_600_000
    return Int(min(max(0, hour), Double(rates.count - 1)))
  }

  /// An hour that times in order have come to.
  struct Hour {
    /// An index into ``rates``; -1 before the first time.
    fileprivate(set) var number = -1
    /// Up to here no later hour begins: milliseconds since the epoch.
    fileprivate var end = -Double.infinity
  }

  /// Goes on to the hour of a time that is not before the one before. Returns whether that is another
  /// hour.
  @inline(__always)
  func move(_ hour: inout Hour, to time: Int64) -> Bool {
    Double(time) >= hour.end && find(&hour, of: time)
  }

  private func find(_ hour: inout Hour, of time: Int64) -> Bool {
    let before = hour.number
    hour.number = self.hour(of: time)
    // A millisecond less than it lasts, so that no rounding matters.
    hour.end =
      hour.number == rates.count - 1
      ? .infinity : start + Double(hour.number + 1) * 3_600_000 - 1
    return hour.number != before
  }

  /// Estimates the rates anew from what is outside the given runs of rejections: those of 12 hours
  /// before and after, drawn towards the overall rate as if six hours of it had been seen as well.
  ///
  /// - Returns: the largest change of a rate, as the absolute difference of logarithms.
  mutating func adapt(to rejections: [Rejection], without runs: [ClosedRange<Int>]) -> Double {
    let (counts, exposures) = outside(runs, of: rejections)
    return spread(counts, over: exposures)
  }

  private mutating func spread(_ counts: [Double], over exposures: [Double]) -> Double {
    let overall = (counts.reduce(0, +) + 0.5) / max(exposures.reduce(0, +), 1)
    var count = 0.0
    var exposure = 0.0
    var low = 0
    var high = 0
    var drift = 0.0
    for hour in rates.indices {
      while high < min(rates.count, hour + 13) {
        count += counts[high]
        exposure += exposures[high]
        high += 1
      }
      while low < hour - 12 {
        count -= counts[low]
        exposure -= exposures[low]
        low += 1
      }
      let rate = (count + overall * 21_600) / (max(0, exposure) + 21_600)
      drift = max(drift, abs(log(rate / rates[hour])))
      rates[hour] = rate
    }
    return drift
  }

  /// The seconds of each hour; the last may be cut short.
  private var exposures: [Double] {
    var exposures = Array(repeating: 3600.0, count: rates.count)
    exposures[rates.count - 1] = length - 3600 * Double(rates.count - 1)
    return exposures
  }

  /// The rejections outside the runs and the seconds outside them, each by hour.
  private func outside(
    _ runs: [ClosedRange<Int>], of rejections: [Rejection]
  ) -> (counts: [Double], exposures: [Double]) {
    var counts = Array(repeating: 0.0, count: rates.count)
    var exposures = exposures
    var index = 0
    var hour = Hour()
    for run in runs + [rejections.count...rejections.count] {
      while index < run.lowerBound {
        _ = move(&hour, to: rejections[index].time)
        counts[hour.number] += 1
        index += 1
      }
      guard run.lowerBound < rejections.count else { break }
      index = run.upperBound + 1
      let first = rejections[run.lowerBound].time
      let last = rejections[run.upperBound].time
      let from = (Double(first) - start) / 1000
      let to = (Double(last) - start) / 1000
      for hour in self.hour(of: first)...self.hour(of: last) {
        let begin = Double(hour) * 3600
        exposures[hour] -= max(0, min(to, begin + 3600) - max(from, begin))
      }
    }
    return (counts, exposures.map { max(0, $0) })
  }

  /// The part of the coverage from a day before the first rejection to a day after the last, the
  /// last century of it at most and at least an hour, in milliseconds. A rate is that of the time a
  /// vendor is in use: a log may cover far more.
  private static func extent(
    of coverage: Range<Int64>, holding rejections: [Rejection]
  ) -> (start: Double, end: Double) {
    let hour = 3_600_000.0
    let century = 876_600 * hour
    var start = Double(coverage.lowerBound)
    var end = Double(coverage.upperBound)
    if let first = rejections.first, let last = rejections.last {
      start = max(start, Double(first.time) - 24 * hour)
      end = max(start, min(end, Double(last.time) + 24 * hour))
      start = max(start, end - century)
    }
    let missing = max(0, hour - (end - start))
    return (start - missing / 2, start + max(end - start, hour) - missing / 2)
  }
}

extension Int64 {
  /// The quotient rounded towards the past, also for times before the epoch.
  func floorDivided(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The end of the minute that a time in milliseconds is in.
  var minuteEnd: Int64 {
    let (end, isTooLate) = (floorDivided(by: 60_000) + 1).multipliedReportingOverflow(by: 60_000)
    return isTooLate ? .max : end
  }
}
