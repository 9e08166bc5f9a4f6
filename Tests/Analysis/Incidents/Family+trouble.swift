import Analysis

extension Scenario.Truth {
  init?(_ minutes: Range<Int>?, _ what: Set<Trouble>, isSharp: Bool = true) {
    guard let minutes else { return nil }
    self.init(minutes: minutes, what: what, isSharp: isSharp)
  }
}

extension Scenario {
  init(_ traffic: Traffic, _ troubles: [Truth?] = [], habits: [Cycle] = []) {
    self.traffic = [traffic]
    self.troubles = troubles.compactMap { $0 }
    self.habits = habits
  }
}

/// All requests of some minutes fail.
private func outage(
  _ chance: inout Chance, hours: ClosedRange<Double>, perHour: ClosedRange<Double> = 30...600,
  with sorts: [Sort], share: Double = 1, named what: Set<Trouble> = [.outage]
) -> Scenario {
  var traffic = chance.usual(perHour: chance.scale(perHour.lowerBound, perHour.upperBound))
  let length = Int(chance.scale(hours.lowerBound, hours.upperBound) * 60)
  let minutes = traffic.fail(chance.minutes(length), share: share, with: sorts)
  return Scenario(traffic, [.init(minutes, what)])
}

extension Family {
  static let outages: [Family] =
    both("a short outage", .trouble) {
      outage(
        &$0, hours: 0.15...1, perHour: 120...600, with: [.serverErrors],
        named: [.outage, .errors])
    }
    + both("an outage of hours", .trouble) {
      outage(&$0, hours: 1...24, with: [.serverErrors], named: [.outage, .errors])
    }
    + both("an outage of days", .trouble) {
      outage(&$0, hours: 26...72, with: [.serverErrors], named: [.outage, .errors])
    }
    + both("no response for an hour", .trouble) {
      outage(
        &$0, hours: 1...1, perHour: 90...150, with: [.unanswered], named: [.outage, .errors])
    }
    + both("no response for days", .trouble) {
      outage(&$0, hours: 26...72, with: [.unanswered], named: [.outage, .errors])
    }
    + both("a revoked key", .trouble) {
      outage(&$0, hours: 1...60, with: [.refusals], named: [.outage, .credentials])
    }
    + [
      Family("an outage of all sorts", .trouble) {
        outage(
          &$0, hours: 0.5...60, perHour: 60...600,
          with: [.serverErrors, .unanswered, .rejections, .refusals], share: 0.97)
      },
      Family("half of the requests fail", .trouble) {
        outage(
          &$0, hours: 1...12, perHour: 60...600, with: [.serverErrors], share: 0.5,
          named: [.errors])
      },
      Family("an outage that is retried", .trouble) { chance in
        var traffic = chance.usual(perHour: chance.scale(60, 300))
        let minutes = chance.minutes(Int(chance.scale(20, 600)))
        let part = traffic.fail(minutes, with: [.serverErrors, .unanswered])
        let more = traffic.add(
          part.map { $0.reduce(0) { $0 + 2 * traffic.requests($1) } } ?? 0, in: minutes,
          .serverErrors)
        let both = [part, more].compactMap { $0 }
        let first = both.map(\.lowerBound).min() ?? 0
        return Scenario(
          traffic, [.init(first..<(both.map(\.upperBound).max() ?? first), [.outage])])
      },
      Family("a collapse of traffic", .trouble) { chance in
        var traffic = chance.usual(
          perHour: chance.scale(60, 600), failing: chance.between(0.02, 0.05))
        let minutes = chance.minutes(120)
        traffic.thin(minutes, to: max(0.05, 8 / 2 / 60))
        var hit = traffic.fail(minutes, with: [.serverErrors])
        // Fewer than five tell nothing.
        let count = minutes.reduce(0) { $0 + traffic.requests($1) }
        if count < 7 {
          let more = traffic.add(7 - count, in: minutes, .serverErrors)
          hit =
            hit.flatMap { one in
              more.map {
                min(one.lowerBound, $0.lowerBound)..<max(one.upperBound, $0.upperBound)
              }
            } ?? more
        }
        return Scenario(traffic, [.init(hit, [.outage])])
      },
    ]
    + both("a weekend's outage", .trouble) { chance in
      var traffic = chance.usual()
      let first =
        1440 * (5 + 7 * chance.between(1, max(1, Scenario.days / 7 - 2))) + chance.between(0, 240)
      let hours = chance.between(20, 23)
      let hit = traffic.fail(first..<first + hours * 60, with: [.serverErrors])
      return Scenario(traffic, [.init(hit, [.outage, .errors])])
    }

  static let storms: [Family] =
    both("rejections for eight hours", .trouble) { chance in
      var traffic = chance.usual()
      let hit = traffic.add(960, in: chance.minutes(480), .rejections)
      return Scenario(traffic, [.init(hit, [.rejections])])
    }
    + both("rejections for days", .trouble) { chance in
      var traffic = chance.usual()
      let minutes = chance.minutes(chance.between(26, 60) * 60)
      let hit = traffic.add(minutes.count * 2, in: minutes, .rejections)
      return Scenario(traffic, [.init(hit, [.rejections])])
    }
    + both("one quiet caller among many rejections", .trouble) { chance in
      var traffic = Traffic(
        perHour: 600, shares: [.rejections: 20.0 / 600, .serverErrors: 0.005],
        season: .init(swing: 0.1, peak: 14, weekend: 1), &chance)
      let hit = traffic.add(25, in: chance.minutes(chance.between(2, 5)), .rejections)
      return Scenario(traffic, [.init(hit, [.rejections])])
    }
    + both("somebody tries keys", .trouble) { chance in
      var traffic = chance.usual()
      let minutes = chance.minutes(chance.between(10, 120))
      let hit = traffic.add(minutes.count * chance.between(3, 20), in: minutes, .refusals)
      return Scenario(traffic, [.init(hit, [.credentials])])
    }
    + both("one error a day, then five to eight", .trouble) { chance in
      let perHour = chance.scale(30, 120)
      var traffic = Traffic(
        perHour: perHour, shares: [.serverErrors: 1 / (24 * perHour)], &chance)
      let hit = traffic.add(chance.between(5, 8), in: chance.minutes(15), .serverErrors)
      return Scenario(traffic, [.init(hit, [.errors])])
    }

  static let edges: [Family] =
    both("from the start", .trouble) { chance in
      var traffic = chance.usual(perHour: chance.scale(60, 600))
      let hit = traffic.fail(0..<chance.between(30, 240), with: [.serverErrors])
      return Scenario(traffic, [.init(hit, [.outage, .errors])])
    }
    + both("to the end", .trouble) { chance in
      var traffic = chance.usual(perHour: chance.scale(60, 600))
      let hit = traffic.fail(
        Scenario.length - chance.between(30, 240)..<Scenario.length, with: [.serverErrors])
      return Scenario(traffic, [.init(hit, [.outage, .errors])])
    }
    + both("after a gap of the log", .trouble) { chance in
      var traffic = chance.usual(perHour: chance.scale(60, 600))
      let gap = chance.minutes(chance.between(120, 600))
      traffic.thin(gap, to: 0)
      let hit = traffic.fail(
        gap.upperBound..<gap.upperBound + chance.between(30, 240), with: [.serverErrors])
      return Scenario(traffic, [.init(hit, [.outage, .errors])])
    }
    + both("twice the rate for half a day", .small) { chance in
      let minutes = chance.minutes(720)
      let share = chance.between(0.02, 0.05)
      let traffic = Traffic(
        perHour: 600, shares: [.serverErrors: share, .others: 0.01],
        season: .init(swing: 0.2, peak: 14, weekend: 1), &chance,
        rate: { minutes.contains($0) ? 2 : 1 })
      return Scenario(traffic, [.init(minutes, [.errors])])
    }
    + both("a ramp", .small) { chance in
      let minutes = chance.minutes(360)
      let traffic = Traffic(
        perHour: chance.scale(200, 600), shares: [.serverErrors: 0.01],
        season: .init(swing: 0.4, peak: 14, weekend: 0.8), &chance,
        rate: {
          minutes.contains($0) ? 1 + 19 * Double($0 - minutes.lowerBound) / 360 : 1
        })
      return Scenario(traffic, [.init(minutes, [.errors], isSharp: false)])
    }
    + [
      Family("worse for good", .trouble) { chance in
        let first =
          chance.between(Scenario.days / 4, Scenario.days * 3 / 4) * 1440 + chance.between(0, 1439)
        let factor: Double = chance.between(4, 10)
        let traffic = Traffic(
          perHour: chance.scale(100, 600), shares: [.serverErrors: 0.01], &chance,
          rate: { $0 >= first ? factor : 1 })
        return Scenario(traffic, [.init(first..<Scenario.length, [.errors])])
      }
    ]

  static let several: [Family] =
    both("six sparse vendors at once", .trouble) { chance in
      let minutes = chance.minutes(12)
      var scenario = Scenario()
      let clock = Clock.allCases.randomElement(using: &chance) ?? .utc
      var hits: [Range<Int>] = []
      for _ in 0..<6 {
        var traffic = chance.usual(perHour: chance.scale(30, 90), failing: 0.005)
        traffic.clock = clock
        if let hit = traffic.fail(minutes, with: [.serverErrors, .unanswered]) { hits.append(hit) }
        hits += [traffic.add(chance.between(5, 9), in: minutes, .unanswered)].compactMap { $0 }
        scenario.traffic.append(traffic)
      }
      let first = hits.map(\.lowerBound).min() ?? 0
      scenario.troubles = [
        .init(
          minutes: first..<(hits.map(\.upperBound).max() ?? first), what: [.outage, .errors],
          vendors: Array(0..<6))
      ]
      return scenario
    }
    + both("one host's clock is late", .small) { chance in
      var traffic = chance.usual(perHour: chance.scale(120, 600))
      let hit = traffic.fail(
        chance.minutes(chance.between(20, 60)), with: [.serverErrors])
      traffic.delay(share: 1.0 / 3, by: 40)
      return Scenario(traffic, [.init(hit, [.outage, .errors], isSharp: false)])
    }
}
