import Analysis
import Foundation

/// What logs of production show besides: their calendars, ways to fail and ways to be written.
extension Family {
  static let seen: [Family] = seenTroubles + seenNothing

  private static let seenTroubles: [Family] =
    both("an outage that comes and goes", .trouble) { chance in
      // Two minutes on, eight off, for three hours.
      var traffic = chance.usual(perHour: chance.scale(120, 600))
      let minutes = chance.minutes(180)
      var hits: [Range<Int>] = []
      for first in stride(from: minutes.lowerBound, to: minutes.upperBound, by: 10) {
        if let hit = traffic.fail(first..<first + 2, with: [.serverErrors, .unanswered]) {
          hits.append(hit)
        }
      }
      return Scenario(traffic, [.init(hits.whole, [.errors, .outage])])
    }
    + both("a brown-out that creeps up", .trouble) { chance in
      // From one in a hundred to three in ten in six hours, two hours of that, then mended.
      let minutes = chance.minutes(480)
      let traffic = Traffic(
        perHour: chance.scale(100, 600), shares: [.serverErrors: 0.01, .others: 0.005], &chance,
        rate: {
          minutes.contains($0)
            ? 1 + 29 * min(1, Double($0 - minutes.lowerBound) / 360) : 1
        })
      return Scenario(traffic, [.init(minutes, [.errors], isSharp: false)])
    }
    + both("an outage and the storm after it", .trouble) { chance in
      // Who could not call before calls three times as often after, and is rejected.
      var traffic = chance.usual(perHour: chance.scale(120, 600))
      let minutes = chance.minutes(chance.between(20, 60))
      let one = traffic.fail(minutes, with: [.serverErrors, .unanswered])
      let after = minutes.upperBound..<minutes.upperBound + chance.between(15, 30)
      let usual = max(20, after.reduce(0) { $0 + traffic.requests($1) })
      let two = traffic.add(usual, in: after, .rejections)
      let hits = [one, two].compactMap { $0 }
      return Scenario(traffic, [.init(hits.whole, [.outage, .errors, .rejections])])
    }
    + both("a region that fails over", .trouble) { chance in
      // Four of ten fail until what goes there is sent elsewhere, for some hours.
      var traffic = chance.usual(perHour: chance.scale(120, 600), failing: 0.01)
      let minutes = chance.minutes(chance.between(12, 40))
      let away = minutes.upperBound..<minutes.upperBound + chance.between(120, 360)
      traffic.thin(away, to: 0.6)
      let hit = traffic.fail(minutes, share: 0.4, with: [.serverErrors, .unanswered])
      return Scenario(traffic, [.init(hit, [.errors, .outage])])
    }
    + both("a job with a wrong key", .trouble) { chance in
      // Every five minutes three calls, for one to three days.
      var traffic = chance.usual(perHour: chance.scale(60, 600))
      let minutes = chance.minutes(chance.between(1, 3) * 1440)
      var hits: [Range<Int>] = []
      for first in stride(from: minutes.lowerBound, to: minutes.upperBound, by: 5) {
        if let hit = traffic.add(3, in: first..<first + 1, .refusals) { hits.append(hit) }
      }
      return Scenario(traffic, [.init(hits.whole, [.credentials])])
    }
    + both("two vendors fail, one after the other", .trouble) { chance in
      var scenario = Scenario()
      let clock = Clock.allCases.randomElement(using: &chance) ?? .utc
      let minutes = chance.minutes(chance.between(90, 180))
      let second = minutes.lowerBound + chance.between(45, 80)
      for number in 0..<5 {
        var traffic = chance.usual(perHour: chance.scale(60, 600))
        traffic.clock = clock
        let own = number == 1 ? minutes : second..<second + chance.between(90, 180)
        if number == 1 || number == 3, let hit = traffic.fail(own, with: [.serverErrors]) {
          scenario.troubles.append(
            .init(minutes: hit, what: [.outage, .errors], vendors: [number]))
        }
        scenario.traffic.append(traffic)
      }
      return scenario
    }
    + both("a log that begins in an outage of hours", .trouble) { chance in
      var traffic = chance.usual(perHour: chance.scale(60, 600))
      let hit = traffic.fail(0..<chance.between(6, 40) * 60, with: [.serverErrors])
      return Scenario(traffic, [.init(hit, [.outage, .errors])])
    }
    + both("a log that ends in an outage of hours", .trouble) { chance in
      var traffic = chance.usual(perHour: chance.scale(60, 600))
      let hit = traffic.fail(
        Scenario.length - chance.between(6, 60) * 60..<Scenario.length, with: [.serverErrors])
      return Scenario(traffic, [.init(hit, [.outage, .errors])])
    }
    + both("a scan for what is not there", .trouble) { chance in
      var traffic = chance.usual(perHour: chance.scale(60, 600))
      let minutes = chance.minutes(chance.between(60, 480))
      let hit = traffic.add(minutes.count * chance.between(2, 10), in: minutes, .others)
      return Scenario(traffic, [.init(hit, [.errors])])
    }
    + both("a deploy at two doubles the rate for good", .small) { chance in
      let first = chance.between(Scenario.days / 4, Scenario.days * 3 / 4) * 1440 + 14 * 60
      let traffic = Traffic(
        perHour: chance.scale(200, 1000), shares: [.serverErrors: 0.03, .others: 0.005], &chance,
        rate: { $0 >= first ? 2 : 1 })
      return Scenario(traffic, [.init(first..<Scenario.length, [.errors])])
    }
    + both("half an hour of outage twice a week", .trouble) { chance in
      var traffic = chance.usual(perHour: chance.scale(120, 600))
      var hits: [Range<Int>?] = []
      for half in 1..<Scenario.days / 7 * 2 {
        let first = half * 5040 + chance.between(0, 4000)
        hits.append(
          traffic.fail(first..<first + chance.between(20, 40), with: [.serverErrors, .unanswered]))
      }
      return Scenario(traffic, hits.map { .init($0, [.outage, .errors]) })
    }
    + [
      Family("an outage each day, at any time", .trouble) { chance in
        var traffic = chance.usual(perHour: chance.scale(240, 900))
        let hits = (0..<Scenario.days).map { day in
          let first = day * 1440 + chance.between(0, 1300)
          return traffic.fail(
            first..<first + chance.between(20, 40), with: [.serverErrors, .unanswered])
        }
        return Scenario(traffic, hits.map { .init($0, [.outage, .errors]) })
      },
      Family("an outage where one success of ten is logged", .trouble) { chance in
        var traffic = chance.usual(perHour: chance.scale(120, 600))
        let minutes = chance.minutes(Int(chance.scale(20, 600)))
        let hit = traffic.fail(minutes, with: [.serverErrors])
        traffic.sample(0..<Scenario.length, keeping: 0.1)
        return Scenario(traffic, [.init(hit, [.outage, .errors])])
      },
    ]

  private static let seenNothing: [Family] =
    both("lunch", .nothing) { chance in
      var traffic = chance.usual(perHour: chance.scale(60, 600))
      for day in 0..<Scenario.days where day % 7 < 5 {
        traffic.thin(day * 1440 + 720..<day * 1440 + 780, to: 0.35)
      }
      traffic.clock = .utc
      return Scenario(traffic)
    }
    + both("a holiday on Monday", .nothing) { chance in
      var traffic = chance.usual(perHour: chance.scale(60, 600))
      let day = 7 * chance.between(1, 3)
      traffic.thin(day * 1440..<day * 1440 + 1440, to: 0.2)
      return Scenario(traffic)
    }
    + both("clocks change, callers do not", .nothing) { chance in
      // Busy from nine to six by a clock that is not the one reports are asked by.
      var traffic = Traffic(
        perHour: chance.scale(60, 600), shares: [.serverErrors: 0.03, .refusals: 0.01],
        season: .init(swing: 0, peak: 0, weekend: 1), &chance,
        level: { (9..<18).contains(($0 / 60 + 19) % 24) ? 1 : 0.15 })
      traffic.clock = .newYork
      return Scenario(traffic)
    }
    + both("three to seven requests an hour", .nothing) { chance in
      Scenario(
        Traffic(
          perHour: chance.between(3, 7),
          shares: [.serverErrors: 0.04, .unanswered: 0.01, .others: 0.04, .refusals: 0.01], &chance)
      )
    }
    + both("a vendor that is given up", .nothing) { chance in
      var traffic = chance.usual(perHour: chance.scale(60, 600))
      let first =
        chance.between(Scenario.days / 4, Scenario.days * 3 / 4) * 1440 + chance.between(0, 1439)
      traffic.thin(first..<Scenario.length, to: 0)
      return Scenario(traffic)
    }
    + [
      Family("a vendor that is new", .nothing) { chance in
        var traffic = chance.usual(perHour: chance.scale(60, 600))
        let first =
          chance.between(Scenario.days / 4, Scenario.days * 3 / 4) * 1440 + chance.between(0, 1439)
        traffic.thin(0..<first, to: 0)
        return Scenario(traffic)
      },
      Family("a month's campaign", .nothing) { chance in
        let first = chance.between(3, 8) * 1440 + chance.between(0, 1439)
        let days = chance.between(12, 18)
        return Scenario(
          Traffic(
            perHour: chance.scale(40, 300), shares: [.serverErrors: 0.05, .rejections: 0.01],
            &chance, level: { (first..<first + days * 1440).contains($0) ? 3 : 1 }))
      },
      Family("a batch at night at the same rate", .nothing) { chance in
        let hour = chance.between(0, 4)
        return Scenario(
          Traffic(
            perHour: chance.scale(20, 100), shares: [.serverErrors: 0.03, .others: 0.02], &chance,
            level: { (hour..<hour + 2).contains($0 / 60 % 24) ? 15 : 1 }))
      },
      Family("one success of ten is logged", .nothing) { chance in
        var traffic = chance.usual(perHour: chance.scale(120, 600))
        traffic.sample(0..<Scenario.length, keeping: 0.1)
        return Scenario(traffic)
      },
      Family("from some day on one success of ten is logged", .nothing) { chance in
        var traffic = chance.usual(perHour: chance.scale(120, 600))
        let first =
          chance.between(Scenario.days / 4, Scenario.days * 3 / 4) * 1440 + chance.between(0, 1439)
        traffic.sample(first..<Scenario.length, keeping: 0.1)
        return Scenario(traffic)
      },
    ]
    + both("callers that try again until they give up", .wandering) { chance in
      var traffic = Traffic(
        perHour: 120, shares: [.others: 0.01],
        season: .init(swing: 0.4, peak: 14, weekend: 0.7), &chance)
      for minute in 0..<Scenario.length where chance.between(0.0, 1) < 0.5 / 60 {
        // One more with a chance of three in four.
        var times = 1
        while times < 30, chance.between(0.0, 1) < 0.75 { times += 1 }
        _ = traffic.add(times, in: minute..<minute + 4, .serverErrors)
      }
      return Scenario(traffic)
    }
    + both("a limit that is hit some times a day", .wandering) { chance in
      var traffic = chance.usual(perHour: chance.scale(60, 600))
      for minute in 0..<Scenario.length where chance.between(0.0, 1) < 8.0 / 1440 {
        _ = traffic.add(chance.between(8, 15), in: minute..<minute + 1, .rejections)
      }
      return Scenario(traffic)
    }
}

extension [Range<Int>] {
  /// From the start of the first to the end of the last; nil of none.
  fileprivate var whole: Range<Int>? {
    guard let first = map(\.lowerBound).min(), let end = map(\.upperBound).max() else { return nil }
    return first..<end
  }
}
