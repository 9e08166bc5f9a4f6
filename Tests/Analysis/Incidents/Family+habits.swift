import Analysis

/// What is added at some minutes of the local day, by the number of the local day since a Monday.
func everyDay(
  _ traffic: inout Traffic, _ sort: Sort, in times: [Int], minutes: Int, size: Int,
  spread: Int = 0, on days: (Int) -> Bool = { _ in true }
) -> [Range<Int>] {
  var came: [Range<Int>] = []
  for day in -1...Scenario.days where days(((day % 7) + 7) % 7) {
    for time in times {
      let shift = traffic.chance.between(-spread, spread)
      let first = place(ofLocal: day * 1440 + time, traffic.clock) + shift
      guard first >= 0, first + minutes <= Scenario.length else { continue }
      if let hit = traffic.add(size, in: first..<first + minutes, sort) { came.append(hit) }
    }
  }
  return came
}

/// The minute at which a clock shows a time; where it shows it never, as long after the change.
private func place(ofLocal minute: Int, _ clock: Clock) -> Int {
  func offset(_ minute: Int) -> Int { clock.minutes(Scenario.start + Int64(minute) * 60_000) }
  let before = minute - offset(minute)
  let after = minute - offset(before)
  return after + offset(after) == minute ? after : before
}

extension Family {
  static let habits: [Family] =
    both("twelve rejections every hour", .habit) { chance in
      var traffic = chance.usual()
      let phase = chance.between(0, 59)
      _ = everyDay(
        &traffic, .rejections, in: (0..<24).map { $0 * 60 + phase }, minutes: 1, size: 12)
      return Scenario(traffic, habits: [.hour])
    }
    + both("forty errors every night", .habit) { chance in
      var traffic = chance.usual(perHour: chance.scale(15, 200))
      _ = everyDay(
        &traffic, .serverErrors, in: [120], minutes: 30, size: 40)
      return Scenario(traffic, habits: [.day])
    }
    + both("a deploy each working day", .habit) { chance in
      var traffic = chance.usual(perHour: chance.scale(20, 200), failing: chance.scale(0.002, 0.01))
      _ = everyDay(
        &traffic, .serverErrors, in: [900], minutes: 4, size: 8, spread: 10, on: { $0 < 5 })
      return Scenario(traffic, habits: [.workday])
    }
    + both("maintenance on Mondays", .habit) { chance in
      var traffic = chance.usual(perHour: chance.scale(20, 300), failing: chance.scale(0.002, 0.02))
      _ = everyDay(
        &traffic, .serverErrors, in: [540], minutes: chance.between(15, 40), size: 60,
        on: { $0 == 0 })
      return Scenario(traffic, habits: [.week])
    }
    + both("an hour of a habit is far worse", .habit) { chance in
      var traffic = chance.usual()
      let phase = chance.between(0, 59)
      let came = everyDay(
        &traffic, .rejections, in: (0..<24).map { $0 * 60 + phase }, minutes: 1, size: 12)
      let one = came[chance.between(came.count / 4, came.count * 3 / 4)]
      let hit = traffic.add(
        chance.between(150, 400), in: one.lowerBound..<one.lowerBound + chance.between(2, 12),
        .rejections)
      return Scenario(traffic, [.init(hit, [.rejections], isSharp: false)], habits: [.hour])
    }
    + both("a night of a habit is far worse", .habit) { chance in
      var traffic = chance.usual(perHour: chance.scale(15, 200))
      let came = everyDay(
        &traffic, .serverErrors, in: [120], minutes: 30, size: 40)
      let one = came[chance.between(came.count / 4, came.count * 3 / 4)]
      let hit = traffic.add(
        400, in: one.lowerBound..<one.lowerBound + chance.between(60, 240), .serverErrors)
      return Scenario(traffic, [.init(hit, [.errors], isSharp: false)], habits: [.day])
    }
    + both("an outage beside a nightly habit", .habit) { chance in
      var traffic = chance.usual(perHour: chance.scale(40, 200))
      _ = everyDay(&traffic, .serverErrors, in: [120], minutes: 30, size: 40)
      let day = chance.between(Scenario.days / 4, Scenario.days * 3 / 4) * 1440
      let hit = traffic.fail(
        day + 14 * 60..<day + 14 * 60 + chance.between(30, 180), with: [.serverErrors])
      return Scenario(traffic, [.init(hit, [.outage, .errors])], habits: [.day])
    }
}
