/// The number of errors to expect in each minute of a series: a rate, times what it is a rate of.
///
/// A profile of the local hours of weekdays and of weekend days, times a level for each day: the
/// median of seven days around it, as far as no lasting change of level lies between. Both are
/// drawn towards flat as if ten errors of it had been seen as well (a gamma prior on a Poisson
/// rate), so few data make no wild baseline, and there is no warm-up. How the hours around differ
/// from it is told by ``RateDrift``.
struct Baseline {
  /// For each minute; always positive. Of a series that is told by its outline, only for those asked for.
  private(set) var expected: [Double]
  /// No expected count is outside of these.
  private(set) var bounds = 0.0...0.0
  /// Days, cut where the level changed for good.
  private(set) var dayParts: [DayPart]
  /// How the level of each part compares to the mean.
  private(set) var levels: [Double]
  private var hours: [LocalHour]
  private let wholeHours: [LocalHour]
  /// What a rate is a rate of, in each minute; nil for minutes themselves.
  private let exposure: Exposure?
  /// What each hour holds with nothing left out; nil until it is asked for.
  private var whole: [Sums]?
  /// Tells sums of the series at once; nil where its minutes are gone through.
  let outline: SeriesOutline?
  private(set) var line = Line()

  private static let prior = 10.0

  /// What is expected of minutes that were not asked for yet.
  struct Line {
    /// The profile times the mean rate, for each minute of 48 hours.
    fileprivate(set) var curve: [Double] = []
    fileprivate(set) var least = 0.0
    /// By half hour; empty as long as the rate is not followed.
    fileprivate(set) var factors: [Double] = []
    /// The half hours whose minutes were asked for.
    fileprivate var isSpread: [Bool] = []
  }

  init(
    count: Int, hours: [LocalHour], exposure: Exposure? = nil, outline: SeriesOutline? = nil
  ) {
    self.exposure = exposure
    self.outline = outline
    // What an outline tells is written where it is asked for.
    expected =
      outline == nil
      ? Array(repeating: 0, count: count)
      : Array(unsafeUninitializedCapacity: count) { $1 = count }
    dayParts = DayPart.days(of: count, cutAt: [])
    levels = Array(repeating: 1, count: dayParts.count)
    self.hours = hours
    wholeHours = hours
  }

  /// Lets the level change at once at some minutes, and between these only as days do.
  mutating func cut(at changes: [Int]) {
    dayParts = DayPart.days(of: expected.count, cutAt: changes)
    hours = wholeHours.cut(by: dayParts)
    whole = nil
  }

  /// Estimates the expected counts from the minutes that are not left out.
  ///
  /// - Parameter counts: always those of one series.
  mutating func adapt(to counts: [Int32], leavingOut out: MinuteMarks) {
    let whole = whole ?? outline.map(sums) ?? hours.map { sums(of: $0, counts) }
    self.whole = whole
    let seen = zip(hours, whole).map { hour, sums in
      out.mayTouch(hour.minutes) ? self.sums(of: hour, counts, leavingOut: out.isOut) : sums
    }
    let total = seen.reduce(0) { $0 + $1.errors }
    let exposure = max(1, seen.reduce(0) { $0 + $1.exposure })
    let mean = (total + 0.5) / exposure
    var byDayPart = [Sums](repeating: Sums(), count: dayParts.count)
    for (hour, sums) in zip(hours, seen) { byDayPart[hour.dayPart].add(sums) }

    levels = Array(repeating: 1.0, count: dayParts.count)
    var profile = Array(repeating: 1.0, count: 48)
    for _ in 0..<3 {
      profile = self.profile(of: seen, mean: mean)
      var usual = Array(repeating: 0.0, count: dayParts.count)
      for (hour, sums) in zip(hours, seen) {
        usual[hour.dayPart] += sums.exposure * mean * profile[hour.cell]
      }
      levels = levels.indices.map { level(around: $0, of: byDayPart, usual: usual) ?? levels[$0] }
    }
    spread(mean: mean, profile: profile, least: 0.5 / exposure)
  }

  /// Multiplies what is expected in each half hour of minutes.
  mutating func follow(_ factors: [Double], blocksOf length: Int) {
    guard let least = factors.min(), let most = factors.max() else { return }
    bounds = bounds.lowerBound * min(1, least)...bounds.upperBound * max(1, most)
    if outline != nil {
      line.factors = factors
      return
    }
    expected.withUnsafeMutableBufferPointer { expected in
      for (halfHour, factor) in factors.enumerated() {
        let first = halfHour * length
        for minute in first..<min(first + length, expected.count) { expected[minute] *= factor }
      }
    }
  }

  /// What a stretch of time holds outside the minutes left out.
  private struct Sums {
    var errors = 0.0
    var minutes = 0.0
    var exposure = 0.0

    mutating func add(_ other: Sums) {
      errors += other.errors
      minutes += other.minutes
      exposure += other.exposure
    }
  }

  private func sums(of outline: SeriesOutline) -> [Sums] {
    var sums = hours.map { hour in
      Sums(minutes: Double(hour.minutes.count), exposure: Double(hour.minutes.count))
    }
    for (part, own) in zip(outline.layout.parts, outline.sums) {
      sums[Int(part.hour)].errors += Double(own.errors)
    }
    return sums
  }

  private func sums(of hour: LocalHour, _ counts: [Int32]) -> Sums {
    let errors = counts[hour.minutes].reduce(0) { $0 &+ Int($1) }
    let minutes = Double(hour.minutes.count)
    return Sums(
      errors: Double(errors), minutes: minutes,
      exposure: exposure?.sum(over: hour.minutes, leavingOut: nil) ?? minutes)
  }

  private func sums(of hour: LocalHour, _ counts: [Int32], leavingOut out: [Bool]) -> Sums {
    var errors = 0
    var minutes = 0
    for minute in hour.minutes where !out[minute] {
      errors &+= Int(counts[minute])
      minutes += 1
    }
    return Sums(
      errors: Double(errors), minutes: Double(minutes),
      exposure: exposure?.sum(over: hour.minutes, leavingOut: out) ?? Double(minutes))
  }

  /// How each of the 48 local hours compares to the mean, once the levels of days are allowed for.
  private func profile(of seen: [Sums], mean: Double) -> [Double] {
    var errors = Array(repeating: Self.prior, count: 48)
    var usual = Array(repeating: Self.prior, count: 48)
    for (hour, sums) in zip(hours, seen) {
      errors[hour.cell] += sums.errors
      usual[hour.cell] += sums.exposure * mean * levels[hour.dayPart]
    }
    return zip(errors, usual).map { $0 / $1 }
  }

  /// The median level of the parts near one, of those with more than a quarter of a day, or of all
  /// of them where there is none; nil if nothing is known of any.
  private func level(around place: Int, of sums: [Sums], usual: [Double]) -> Double? {
    // Those near it are side by side.
    var (first, end) = (place, place + 1)
    while first > 0, dayParts[first - 1].isNear(dayParts[place]) { first -= 1 }
    while end < dayParts.count, dayParts[end].isNear(dayParts[place]) { end += 1 }
    // Where nothing was asked for, nothing can be told.
    let isKnown = { sums[$0].exposure >= 1 && usual[$0] > 1e-12 }
    // Most parts are whole days.
    let isLong = { isKnown($0) && sums[$0].minutes > 360 }
    let areAnyLong = (first..<end).contains(where: isLong)
    var ratios: [Double] = []
    ratios.reserveCapacity(end - first)
    var weight = 0.0
    for near in first..<end where areAnyLong ? isLong(near) : isKnown(near) {
      weight += usual[near]
      let ratio = sums[near].errors / usual[near]
      // A few, put where they belong.
      var after = ratios.count
      ratios.append(ratio)
      while after > 0, ratio < ratios[after - 1] {
        ratios[after] = ratios[after - 1]
        after -= 1
      }
      ratios[after] = ratio
    }
    guard !ratios.isEmpty else { return nil }
    let median = (ratios[(ratios.count - 1) / 2] + ratios[ratios.count / 2]) / 2
    return (median * weight + Self.prior) / (weight + Self.prior)
  }

  /// Writes the product of all three for each minute. Between the middles of two hours of the same
  /// type of day the profile goes in a straight line.
  private mutating func spread(mean: Double, profile: [Double], least: Double) {
    var curve: [Double] = []
    curve.reserveCapacity(48 * 60)
    for cell in 0..<48 {
      for minute in 0..<60 {
        let fromMiddle = Double(minute) / 60 - 0.5
        let neighbour = cell / 24 * 24 + (cell + (fromMiddle < 0 ? 23 : 1)) % 24
        let weight = abs(fromMiddle)
        curve.append(mean * (profile[cell] * (1 - weight) + profile[neighbour] * weight))
      }
    }
    bounds = least...max(least, (curve.max() ?? 0) * (levels.max() ?? 0))
    if let outline {
      line = Line(
        curve: curve, least: least,
        isSpread: Array(repeating: false, count: outline.layout.halfHours))
      return
    }
    expected.withUnsafeMutableBufferPointer { expected in
      curve.withUnsafeBufferPointer { curve in
        for hour in hours {
          let level = levels[hour.dayPart]
          let usual = UnsafeBufferPointer(rebasing: curve[(hour.cell * 60 + hour.phase)...])
          let part = UnsafeMutableBufferPointer(rebasing: expected[hour.minutes])
          for minute in part.indices { part[minute] = max(usual[minute] * level, least) }
        }
      }
    }
    guard let exposure else { return }
    bounds =
      bounds.lowerBound * exposure.bounds.lowerBound...bounds.upperBound
      * exposure.bounds.upperBound
    exposure.multiply(&expected)
  }

  /// Makes sure that `expected` tells of some minutes.
  mutating func spread(over minutes: Range<Int>) {
    guard let outline, !minutes.isEmpty else { return }
    let layout = outline.layout
    let length = HalfHour.length
    for halfHour in minutes.lowerBound / length...(minutes.upperBound - 1) / length
    where !line.isSpread[halfHour] {
      line.isSpread[halfHour] = true
      let factor = line.factors.isEmpty ? 1 : line.factors[halfHour]
      for part in layout.parts[layout.parts(of: halfHour)] {
        let level = levels[Int(part.dayPart)]
        var usual = Int(part.usual)
        for minute in part.minutes {
          expected[minute] = max(line.curve[usual] * level, line.least) * factor
          usual += 1
        }
      }
    }
  }
}
