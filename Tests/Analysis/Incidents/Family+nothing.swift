import Analysis
import Foundation

extension Family {
  static let nothing: [Family] =
    both("one error in two hours", .nothing) { chance in
      Scenario(
        Traffic(
          perHour: 60, shares: [.serverErrors: 0.5 / 60],
          season: .init(swing: 0, peak: 0, weekend: 1), &chance))
    }
    + both("five errors an hour", .nothing) { chance in
      Scenario(
        Traffic(
          perHour: chance.scale(60, 600), shares: [.serverErrors: 0.04], &chance))
    }
    + both("all sorts of errors, evenly", .nothing) { chance in
      let perHour = chance.scale(20, 600)
      return Scenario(chance.usual(perHour: perHour))
    }
    + [
      Family("sessions of ten requests", .nothing) { chance in
        let season = Traffic.Season(swing: chance.between(0, 0.8), peak: 14, weekend: 0.7)
        var left = 0
        var on: [Bool] = []
        for minute in 0..<Scenario.length {
          if chance.between(0.0, 1) < 1.3 / 60 * season.factor(minute) { left = 10 }
          on.append(left > 0)
          left -= 1
        }
        let share = chance.between(0.01, 0.1)
        return Scenario(
          Traffic(
            perHour: 60, shares: [.serverErrors: share / 2, .others: share / 2],
            season: .init(swing: 0, peak: 0, weekend: 1), &chance, level: { on[$0] ? 1 : 0 }))
      },
      Family("a campaign at the same rate", .nothing) { chance in
        let minutes = chance.minutes(480)
        let factor: Double = chance.between(3, 5)
        return Scenario(
          Traffic(
            perHour: chance.scale(40, 300), shares: [.serverErrors: 0.05, .others: 0.02], &chance,
            level: { minutes.contains($0) ? factor : 1 }))
      },
      Family("more traffic for good at the same rate", .nothing) { chance in
        let first = chance.between(Scenario.days / 4, Scenario.days * 3 / 4) * 1440
        return Scenario(
          Traffic(
            perHour: chance.scale(40, 300), shares: [.serverErrors: 0.05, .rejections: 0.01],
            &chance, level: { $0 >= first ? 3 : 1 }))
      },
      Family("growth at the same rate", .nothing) { chance in
        Scenario(
          Traffic(
            perHour: chance.scale(40, 200), shares: [.serverErrors: 0.03, .others: 0.02], &chance,
            level: { pow(1.5, Double($0) / 10_080) }))
      },
      Family("traffic that differs by day", .nothing) { chance in
        let levels = (0...Scenario.days).map { _ in exp(0.4 * chance.normal()) }
        return Scenario(
          Traffic(
            perHour: chance.scale(40, 300), shares: [.serverErrors: 0.03, .refusals: 0.01],
            &chance, level: { levels[$0 / 1440] }))
      },
      Family("a third is refused, always", .nothing) { chance in
        Scenario(
          Traffic(
            perHour: chance.scale(30, 200),
            shares: [.refusals: chance.between(0.2, 0.4), .serverErrors: 0.01], &chance))
      },
    ]
    + both("a step down to a tenth", .nothing) { chance in
      let first =
        chance.between(Scenario.days / 4, Scenario.days * 3 / 4) * 1440 + chance.between(0, 1439)
      return Scenario(
        Traffic(
          perHour: chance.scale(100, 600), shares: [.serverErrors: 0.05], &chance,
          rate: { $0 < first ? 1 : 0.1 }))
    }
    + both("a rate that wanders", .wandering) { chance in
      let kept = exp2(-1.0 / 240)
      var distance = chance.normal()
      let levels = (0..<Scenario.length).map { _ in
        distance = kept * distance + chance.normal() * (1 - kept * kept).squareRoot()
        return exp(0.4 * distance - 0.08)
      }
      return Scenario(
        Traffic(
          perHour: 100, shares: [.serverErrors: 0.05],
          season: .init(swing: 0.3, peak: 14, weekend: 0.8), &chance, rate: { levels[$0] }))
    }
}
