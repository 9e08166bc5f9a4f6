/// The number of errors to expect in each minute of a series.
///
/// A profile of the local hours of weekdays and of weekend days, times a level for each day: the
/// median of seven days around it. Both are drawn towards flat as if ten errors of it had been seen
/// as well (a gamma prior on a Poisson rate), so few data make no wild baseline, and there is no
/// warm-up.
struct Baseline {
  /// For each minute; always positive.
  private(set) var expected: [Double]
  /// No expected count is outside of these.
  private(set) var bounds = 0.0...0.0
  private let hours: [LocalHour]
  private let dayCount: Int

  private static let prior = 10.0

  init(count: Int, hours: [LocalHour]) {
    expected = Array(repeating: 0, count: count)
    self.hours = hours
    dayCount = (count + 1439) / 1440
  }

  /// Estimates the expected counts from the minutes that are not left out.
  mutating func adapt(to counts: [Int32], leavingOut out: [Bool]) {
    let seen = sums(of: counts, leavingOut: out)
    let total = seen.reduce(0) { $0 + $1.errors }
    let minutes = max(1, seen.reduce(0) { $0 + $1.minutes })
    let mean = (total + 0.5) / minutes
    var daily = [Sums](repeating: Sums(), count: dayCount)
    for (hour, sums) in zip(hours, seen) { daily[hour.day].add(sums) }

    var levels = Array(repeating: 1.0, count: dayCount)
    var profile = Array(repeating: 1.0, count: 48)
    for _ in 0..<3 {
      profile = Self.profile(of: seen, hours: hours, levels: levels, mean: mean)
      var usual = Array(repeating: 0.0, count: dayCount)
      for (hour, sums) in zip(hours, seen) {
        usual[hour.day] += sums.minutes * mean * profile[hour.cell]
      }
      for day in levels.indices {
        levels[day] = level(around: day, of: daily, usual: usual) ?? levels[day]
      }
    }
    spread(mean: mean, profile: profile, levels: levels, least: 0.5 / minutes)
  }

  /// What a stretch of time holds outside the minutes left out.
  private struct Sums {
    var errors = 0.0
    var minutes = 0.0

    mutating func add(_ other: Sums) {
      errors += other.errors
      minutes += other.minutes
    }
  }

  private func sums(of counts: [Int32], leavingOut out: [Bool]) -> [Sums] {
    counts.withUnsafeBufferPointer { counts in
      out.withUnsafeBufferPointer { out in
        hours.map { hour in
          var errors = 0
          var minutes = 0
          for minute in hour.minutes {
            let taken = out[minute] ? 0 : 1
            errors &+= taken &* Int(counts[minute])
            minutes &+= taken
          }
          return Sums(errors: Double(errors), minutes: Double(minutes))
        }
      }
    }
  }

  /// How each of the 48 local hours compares to the mean, once the levels of days are allowed for.
  private static func profile(
    of seen: [Sums], hours: [LocalHour], levels: [Double], mean: Double
  ) -> [Double] {
    var errors = Array(repeating: prior, count: 48)
    var usual = Array(repeating: prior, count: 48)
    for (hour, sums) in zip(hours, seen) {
      errors[hour.cell] += sums.errors
      usual[hour.cell] += sums.minutes * mean * levels[hour.day]
    }
    return zip(errors, usual).map { $0 / $1 }
  }

  /// The median level of the seven days around one, of those with more than a quarter of their
  /// minutes; nil if there are none.
  private func level(around day: Int, of daily: [Sums], usual: [Double]) -> Double? {
    let near = max(0, day - 3)..<min(dayCount, day + 4)
    let days = near.filter { day in
      let length = min(1440, expected.count - day * 1440)
      return usual[day] > 1e-12 && daily[day].minutes > 0.25 * Double(length)
    }
    guard !days.isEmpty else { return nil }
    let ratios = days.map { daily[$0].errors / usual[$0] }.sorted()
    let median = (ratios[(ratios.count - 1) / 2] + ratios[ratios.count / 2]) / 2
    let weight = days.reduce(0) { $0 + usual[$1] }
    return (median * weight + Self.prior) / (weight + Self.prior)
  }

  /// Writes the product of all three for each minute. Between the middles of two hours of the same
  /// type of day the profile goes in a straight line.
  private mutating func spread(
    mean: Double, profile: [Double], levels: [Double], least: Double
  ) {
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
    expected.withUnsafeMutableBufferPointer { expected in
      curve.withUnsafeBufferPointer { curve in
        for hour in hours {
          let level = levels[hour.day]
          var place = hour.cell * 60 + hour.phase
          for minute in hour.minutes {
            expected[minute] = max(curve[place] * level, least)
            place += 1
          }
        }
      }
    }
  }
}
