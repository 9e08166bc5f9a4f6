/// How much more daily counts vary than chance alone, so that a change between two periods is only
/// called one where it stands out of the usual ups and downs: the variance over the mean, less 1, and
/// never negative; 0 where too few days are known to tell.
///
/// The larger of two: how days scatter around what their weekday and their week explain (a
/// quasi-Poisson log-linear model of the two, McCullagh and Nelder 1989, section 6.2; so neither a
/// quiet weekend nor the change that is to be judged counts as scatter, while a single day's storm
/// does), and how the totals of the weeks before the period scatter, of which three are needed.
///
/// - Parameters:
///   - counts: consecutive days, nil for those that are not known in full.
///   - days: how many of them come before the period that is judged.
package func overdispersion(ofDaily counts: [Int?], before days: Int) -> Double {
  max(0, scatterOfDays(counts), scatterOfWeeks(counts[..<min(max(0, days), counts.count)]))
}

private func scatterOfDays(_ counts: [Int?]) -> Double {
  let weeks = (counts.count + 6) / 7
  guard weeks > 1 else { return 0 }
  let known = counts.enumerated().compactMap { place, count in
    count.map { (weekday: place % 7, week: place / 7, count: Double($0)) }
  }
  var weekdays = Array(repeating: 1.0, count: 7)
  var levels = Array(repeating: 1.0, count: weeks)
  // Proportional fitting: with all days known the first round is exact.
  for _ in 0..<4 {
    var sums = Array(repeating: (seen: 0.0, usual: 0.0), count: 7)
    for day in known {
      sums[day.weekday].seen += day.count
      sums[day.weekday].usual += levels[day.week]
    }
    for (weekday, sum) in sums.enumerated() {
      weekdays[weekday] = sum.usual > 0 ? sum.seen / sum.usual : 0
    }
    sums = Array(repeating: (seen: 0.0, usual: 0.0), count: weeks)
    for day in known {
      sums[day.week].seen += day.count
      sums[day.week].usual += weekdays[day.weekday]
    }
    for (week, sum) in sums.enumerated() { levels[week] = sum.usual > 0 ? sum.seen / sum.usual : 0 }
  }
  var squares = 0.0
  var total = 0.0
  var days = 0
  for day in known {
    let expected = weekdays[day.weekday] * levels[day.week]
    guard expected > 0 else { continue }
    squares += (day.count - expected) * (day.count - expected)
    total += expected
    days += 1
  }
  let parameters =
    weekdays.count { $0 > 0 } + levels.count { $0 > 0 } - 1
  guard days > parameters, total > 0 else { return 0 }
  return squares / Double(days - parameters) / (total / Double(days)) - 1
}

private func scatterOfWeeks(_ counts: ArraySlice<Int?>) -> Double {
  var totals: [Double] = []
  var end = counts.endIndex
  while end - 7 >= counts.startIndex {
    let week = counts[end - 7..<end].compactMap { $0 }
    if week.count == 7 { totals.append(Double(week.reduce(0, +))) }
    end -= 7
  }
  let mean = totals.reduce(0, +) / Double(max(1, totals.count))
  guard totals.count >= 3, mean > 0 else { return 0 }
  let squares = totals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return squares / Double(totals.count - 1) / mean - 1
}
