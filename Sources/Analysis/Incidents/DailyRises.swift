/// What each day has of rises: errors that come closer together than is usual for their hour. Where clients
/// try again and again, or hit a limit now and then, most days have some, at any time; a stretch that is
/// not far beyond these is none to speak of.
struct DailyRises {
  /// For each sixth of an hour: how many errors there are, and how many are usual, up to its start.
  private var errors = [0.0]
  private var usual = [0.0]
  private let least: Double

  private static let length = 10
  private static let perDay = 1440 / length

  /// - Parameter least: the evidence of a rise.
  init(of series: TroubleSeries, usual rate: UsualRate, least: Double) {
    self.least = least
    let count = (series.counts.count + Self.length - 1) / Self.length
    errors = Array(repeating: 0, count: count + 1)
    usual = errors
    errors.withUnsafeMutableBufferPointer { errors in
      usual.withUnsafeMutableBufferPointer { usual in
        for (hour, rate) in zip(series.hours, rate.rates) {
          for minute in hour.minutes {
            errors[minute / Self.length + 1] += Double(series.counts[minute])
            usual[minute / Self.length + 1] += series.exposure[minute] * rate
          }
        }
      }
    }
    for place in 1..<errors.count {
      errors[place] += errors[place - 1]
      usual[place] += usual[place - 1]
    }
  }

  /// Whether most other days have no rise of a third of the size in as long a time; of what lasts for days,
  /// of a third of what a day of it has. What days have takes a week to know.
  ///
  /// - Parameter count: how many errors there are in some minutes.
  func areBelow(_ count: Double, in minutes: Range<Int>) -> Bool {
    let places =
      minutes.lowerBound / Self.length..<(minutes.upperBound - 1) / Self.length + 1
    guard !minutes.isEmpty, places.upperBound < errors.count else { return true }
    let excess = count - (usual[places.upperBound] - usual[places.lowerBound])
    guard excess > 0 else { return true }
    let length = min(1440, minutes.count)
    let width = (length + Self.length - 1) / Self.length + 1
    let size = excess * Double(length) / Double(minutes.count) / 3
    var days = 0
    var risen = 0
    for first in stride(from: 0, to: errors.count - 1, by: Self.perDay) {
      let end = min(first + Self.perDay, errors.count - 1)
      guard usual[end] > usual[first], !(first..<end).overlaps(places) else { continue }
      days += 1
      if hasRise(of: size, width, from: first, to: end) { risen += 1 }
    }
    return days < 6 || risen * 2 <= days
  }

  private func hasRise(of size: Double, _ width: Int, from first: Int, to end: Int) -> Bool {
    for start in first..<end {
      let next = min(start + width, errors.count - 1)
      let (seen, expected) = (errors[next] - errors[start], usual[next] - usual[start])
      if seen - expected >= size, evidence(seen, max(expected, 1e-9), variance: 0) >= least {
        return true
      }
    }
    return false
  }
}
