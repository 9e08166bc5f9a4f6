import Analysis
import Foundation
import Testing

/// Four weeks of a vendor's responses, minute by minute.
private struct Month: Sendable {
  static let length = 28 * 1440

  var name: String
  var counts: @Sendable (inout Chance) -> [Int]

  /// Requests that come by chance alone.
  static func steady(_ name: String, _ perHour: Double, _ season: Season) -> Month {
    Month(name: name) { chance in
      (0..<length).map { chance.count(around: perHour / 60 * season.factor($0)) }
    }
  }

  /// Requests that come in sessions.
  ///
  /// - Parameters:
  ///   - perHour: sessions.
  ///   - size: requests of a session.
  ///   - pause: minutes between two of them.
  static func sessions(
    _ name: String, _ perHour: Double, of size: Double, pause: Double, _ season: Season
  ) -> Month {
    Month(name: name) { chance in
      var counts = Array(repeating: 0, count: length)
      var start = 0.0
      while true {
        start += chance.wait(60 / perHour / season.most)
        if start >= Double(length) { return counts }
        guard Double.random(in: 0..<season.most, using: &chance) < season.factor(Int(start))
        else { continue }
        var time = start
        for _ in 0..<max(1, chance.count(around: size)) where time < Double(length) {
          counts[Int(time)] += 1
          time += chance.wait(pause)
        }
      }
    }
  }

  /// Requests whose rate wanders.
  static func wandering(_ name: String, _ perHour: Double, deviation: Double) -> Month {
    Month(name: name) { chance in
      chance.wandering(days: 28, around: perHour / 60, deviation: deviation, memory: 345)
        .map { Int($0) }
    }
  }

  /// The gaps that are told.
  static func gaps(in counts: [Int]) -> [Range<Int>] {
    let hourly = stride(from: 0, to: counts.count, by: 60).map { start in
      counts[start..<min(start + 60, counts.count)].reduce(0, +)
    }
    let cells = hourly.indices.map { $0 % 24 + ($0 / 24 % 7 >= 5 ? 24 : 0) }
    guard UsualHours.areAny(hourly, cells: cells) else { return [] }
    let hours = UsualHours(hourly, cells: cells)
    let limit = OwnSilences(of: counts.map { $0 > 0 }, usual: hours.usual).limit
    let dents = hours.dents(in: hourly).map { $0.lowerBound * 60..<$0.upperBound * 60 }
    return silences(in: counts, usual: counts.indices.map { hours.usual[$0 / 60] / 60 })
      .filter { gap in gap.expected > limit && dents.contains { $0.overlaps(gap.minutes) } }
      .map(\.minutes)
  }
}

/// How requests are spread over a week.
private enum Season {
  case none, night, weekend, office

  var most: Double { self == .none ? 1 : 3.5 }

  func factor(_ minute: Int) -> Double {
    let hour = Double(minute % 1440) / 60
    let isWeekend = minute / 1440 % 7 >= 5
    let night = 1 + 0.9 * sin((hour - 8) / 12 * .pi)
    return switch self {
    case .none: 1
    case .night: night
    case .weekend: night * (isWeekend ? 0.3 : 1.2)
    case .office: hour >= 8 && hour < 18 && !isWeekend ? 3.3 : 0.02
    }
  }
}

@Suite struct GapFamilyTests {
  private static let isSoak = ProcessInfo.processInfo.environment["ERRATA_SOAK"] != nil
  private static let draws = isSoak ? 20 : 2

  private static let quiet: [Month] = [
    .sessions("sessions", 1.3, of: 10, pause: 1, .none),
    .sessions("sessions by day", 1.3, of: 10, pause: 1, .night),
    .sessions("sessions by day and week", 1.3, of: 10, pause: 1, .weekend),
    .sessions("large sessions", 0.7, of: 30, pause: 0.1, .none),
    .sessions("small sessions", 6, of: 5, pause: 0.5, .none),
    .sessions("sessions of an office", 1.5, of: 20, pause: 1, .office),
    .steady("half a request an hour", 0.5, .none),
    .steady("13 an hour by day", 13, .night),
    .steady("120 an hour by day and week", 120, .weekend),
    .wandering("5 an hour, wandering", 5, deviation: 0.4),
  ]

  @Test func `who comes in sessions, by day or by chance has no gaps`() {
    var told = 0
    for month in Self.quiet {
      var chance = Chance(seed: 20_267)
      for _ in 0..<Self.draws { told += Month.gaps(in: month.counts(&chance)).count }
    }
    // A tenth of one in a month of a vendor.
    #expect(told * 10 <= Self.quiet.count * Self.draws, "\(told)")
  }

  @Test func `what was lost is missed`() {
    let lossy: [(month: Month, hours: Int)] = [
      (.sessions("sessions", 1.3, of: 10, pause: 1, .none), 30),
      (.sessions("small sessions", 6, of: 5, pause: 0.5, .none), 8),
      (.steady("5 an hour", 5, .none), 12),
      (.steady("13 an hour by day", 13, .night), 6),
      (.steady("120 an hour by day and week", 120, .weekend), 1),
      (.steady("120 an hour by day and week", 120, .weekend), 24),
      (.steady("an office", 20, .office), 2),
      (.wandering("20 an hour, wandering", 20, deviation: 0.4), 8),
    ]
    var (found, all) = (0, 0)
    for (month, hours) in lossy {
      var chance = Chance(seed: 20_268)
      for _ in 0..<max(Self.draws, 5) {
        var counts = month.counts(&chance)
        // From ten to twelve o'clock of a working day on, after the first week.
        let day =
          7 + 7 * Int.random(in: 0...2, using: &chance) + Int.random(in: 0...3, using: &chance)
        let start = day * 1440 + Int.random(in: 600...720, using: &chance)
        let lost = start..<start + hours * 60
        for minute in lost { counts[minute] = 0 }
        all += 1
        if Month.gaps(in: counts).contains(where: { $0.overlaps(lost) }) { found += 1 }
      }
    }
    #expect(Double(found) >= 0.95 * Double(all), "\(found) of \(all)")
  }
}
