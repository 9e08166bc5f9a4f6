import Analysis
import Foundation

extension Traffic.Season {
  static let flat = Self(swing: 0, peak: 0, weekend: 1)
}

/// Offices that call from nine to five on working days, hardly else.
private func isOfficeHour(_ minute: Int) -> Bool {
  minute / 1440 % 7 < 5 && (9..<17).contains(minute % 1440 / 60)
}

extension Family {
  static let odd: [Family] =
    both("an outage of a vendor hardly called", .trouble) { chance in
      var traffic = chance.usual(perHour: chance.scale(4, 20), failing: 0.01)
      let hit = traffic.fail(chance.minutes(chance.between(6, 48) * 60), with: [.serverErrors])
      return Scenario(traffic, [.init(hit, [.outage, .errors], isSharp: false)])
    }
    + both("two troubles days apart", .trouble) { chance in
      var traffic = chance.usual(perHour: chance.scale(60, 600))
      let first = chance.between(4, 8) * 1440 + chance.between(0, 1439)
      let one = traffic.fail(first..<first + chance.between(30, 600), with: [.unanswered])
      let second = first + chance.between(1, 4) * 1440
      let two = traffic.add(
        chance.between(300, 900), in: second..<second + chance.between(20, 300), .rejections)
      return Scenario(traffic, [.init(one, [.outage, .errors]), .init(two, [.rejections])])
    }
    + [
      Family("a route of a third fails for days", .trouble) { chance in
        var traffic = chance.usual(perHour: chance.scale(60, 600), failing: 0.01)
        let hit = traffic.fail(
          chance.minutes(chance.between(12, 72) * 60), share: 0.33, with: [.serverErrors])
        return Scenario(traffic, [.init(hit, [.errors])])
      },
      Family("an outage in office hours", .trouble) { chance in
        var traffic = Traffic(
          perHour: chance.scale(60, 600), shares: [.serverErrors: 0.02], season: .flat, &chance,
          level: { isOfficeHour($0) ? 1 : 0.02 })
        let first = 1440 * (7 + chance.between(0, 4)) + 60 * chance.between(9, 13)
        let hit = traffic.fail(first..<first + chance.between(30, 180), with: [.serverErrors])
        return Scenario(traffic, [.init(hit, [.outage])])
      },
    ]

  static let oddHabits: [Family] =
    both("about a dozen rejections about every hour", .habit) { chance in
      var traffic = chance.usual()
      let phase = chance.between(3, 56)
      for hour in 0..<24 {
        for day in 0..<Scenario.days {
          let first = day * 1440 + hour * 60 + phase + chance.between(-3, 3)
          _ = traffic.add(chance.between(8, 20), in: first..<first + 2, .rejections)
        }
      }
      return Scenario(traffic, habits: [.hour])
    }
    + both("nights of about half an hour", .habit) { chance in
      var traffic = chance.usual(perHour: chance.scale(15, 200))
      for day in 0..<Scenario.days {
        let first = day * 1440 + 150 + chance.between(-12, 12)
        _ = traffic.add(
          chance.between(20, 60), in: first..<first + chance.between(15, 45), .unanswered)
      }
      traffic.clock = .utc
      return Scenario(traffic, habits: [.day])
    }
    + both("a nightly job since the middle", .habit) { chance in
      var traffic = chance.usual(perHour: chance.scale(15, 200))
      traffic.clock = .utc
      for day in Scenario.days / 2..<Scenario.days {
        _ = traffic.add(30, in: day * 1440 + 180..<day * 1440 + 190, .others)
      }
      return Scenario(traffic, habits: [.day])
    }
    + both("every hour and every night", .habit) { chance in
      var traffic = chance.usual()
      _ = everyDay(
        &traffic, .rejections, in: (0..<24).map { $0 * 60 + 5 }, minutes: 1, size: 12)
      _ = everyDay(&traffic, .serverErrors, in: [200], minutes: 20, size: 40)
      return Scenario(traffic, habits: [.hour, .day])
    }

  static let oddNothing: [Family] =
    both("office hours", .nothing) { chance in
      Scenario(
        Traffic(
          perHour: chance.scale(60, 600), shares: [.serverErrors: 0.03, .rejections: 0.01],
          season: .flat, &chance, level: { isOfficeHour($0) ? 1 : 0.02 }))
    }
    + both("errors that are tried again at once", .nothing) { chance in
      var traffic = Traffic(
        perHour: 120, shares: [.others: 0.01],
        season: .init(swing: 0.4, peak: 14, weekend: 0.7), &chance)
      for minute in 0..<Scenario.length where chance.between(0.0, 1) < 0.5 / 60 {
        _ = traffic.add(chance.between(1, 3), in: minute..<minute + 2, .serverErrors)
      }
      return Scenario(traffic)
    }
    + both("a busy rate that wanders", .wandering) { chance in
      let perHour = chance.scale(300, 1500)
      let kept = exp2(-1 / chance.between(60.0, 240))
      var distance = chance.normal()
      let levels = (0..<Scenario.length).map { _ in
        distance = kept * distance + chance.normal() * (1 - kept * kept).squareRoot()
        return exp(0.3 * distance - 0.045)
      }
      return Scenario(
        Traffic(
          perHour: perHour, shares: [.serverErrors: 0.04],
          season: .init(swing: 0.3, peak: 14, weekend: 0.8), &chance, rate: { levels[$0] }))
    }
}
