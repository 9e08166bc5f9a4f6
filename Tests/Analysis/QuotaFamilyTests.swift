import Analysis
import Foundation
import Testing

private let monday: Int64 = 1_772_409_600_000  // 2026-03-02T00:00:00Z
private let hour: Int64 = 3_600_000

private func cell(_ time: Int64) -> Int {
  let hours = ((time - monday) / hour % 168 + 168) % 168
  return Int(hours % 24) + (hours >= 120 ? 24 : 0)
}

/// How a quota is used.
private enum Habit: CaseIterable {
  case steady, night, weekend, office

  func factor(_ hour: Int) -> Double {
    let isWeekend = hour % 168 >= 120
    let night = 1 + 0.9 * sin((Double(hour % 24) - 8) / 12 * .pi)
    return switch self {
    case .steady: 1
    case .night: night
    case .weekend: night * (isWeekend ? 0.2 : 1.3)
    case .office: (8..<18).contains(hour % 24) && !isWeekend ? 3.3 : 0.02
    }
  }
}

@Suite struct QuotaFamilyTests {
  private static let draws =
    ProcessInfo.processInfo.environment["ERRATA_SOAK"] != nil ? 100 : 10

  private struct Tally {
    var told = 0
    var within = 0
    var untold = 0
  }

  /// - Parameters:
  ///   - days: for how long it was watched.
  ///   - scatter: how far days stray from what is usual.
  private static func tally(_ habit: Habit, days: Double, scatter: Double) -> Tally {
    var tally = Tally()
    var chance = Chance(seed: 20_269)
    for draw in 0..<draws * 4 {
      let ahead = [0.5, 2, 6, 14][draw % 4]
      let first = Int.random(in: 0..<168, using: &chance)
      let watched = Int(days * 24)
      var factor = 1.0
      let use = (0..<watched + Int(ahead * 96) + 500).map { place -> Int in
        if (first + place) % 24 == 0 { factor = exp(scatter * chance.normal()) }
        return chance.count(around: 20 * factor * habit.factor(first + place))
      }
      let left = max(5, Int(480 * ahead * Double.random(in: 0.7..<1.3, using: &chance)))
      var rest = use[..<watched].reduce(left, +)
      var balances: [QuotaBalance] = []
      for (place, used) in use[..<watched].enumerated() where used > 0 {
        rest -= used
        balances.append(
          QuotaBalance(time: monday + Int64(first + place + 1) * hour - 1, remaining: Int64(rest)))
      }
      let end = hourOfUsing(left, use[watched...])
      switch QuotaForecast(of: balances, cell: cell) {
      case .runsOut(let earliest, _, let latest):
        tally.told += 1
        // The hour in which it runs out is known, no more.
        let last = monday + Int64(first + end + 1) * hour
        if last >= earliest, last - hour <= latest { tally.within += 1 }
      default: tally.untold += 1
      }
    }
    return tally
  }

  private static func hourOfUsing(_ amount: Int, _ use: ArraySlice<Int>) -> Int {
    var rest = amount
    return use.indices.first { place in
      rest -= use[place]
      return rest <= 0
    } ?? use.endIndex
  }

  @Test func `what is foreseen comes true in nine of ten cases`() {
    var all = Tally()
    for habit in Habit.allCases {
      var own = Tally()
      for days in [7.2, 14, 28] {
        for scatter in [0, 0.2] {
          let tally = Self.tally(habit, days: days, scatter: scatter)
          own.told += tally.told
          own.within += tally.within
          own.untold += tally.untold
        }
      }
      let share = Double(own.within) / Double(max(1, own.told))
      #expect(own.told > own.untold * 4, "\(habit) \(own)")
      #expect(share >= 0.87, "\(habit) \(share)")
      all.told += own.told
      all.within += own.within
    }
    let share = Double(all.within) / Double(max(1, all.told))
    #expect(share >= 0.88 && share <= 0.97, "\(share)")
  }

  @Test func `of less than a week nothing is foreseen`() {
    for habit in Habit.allCases {
      #expect(Self.tally(habit, days: 3, scatter: 0).told == 0)
      #expect(Self.tally(habit, days: 6, scatter: 0).told == 0)
    }
  }
}
