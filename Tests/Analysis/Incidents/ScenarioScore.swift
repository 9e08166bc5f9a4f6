import Analysis

/// How well what was told of scenarios is what happened in them.
struct ScenarioScore {
  private(set) var troubles = 0
  private(set) var found = 0
  /// Found ones with sharp edges, and those of them that begin, or end, where they should.
  private(set) var sharp = 0
  private(set) var starts = 0
  private(set) var ends = 0
  private(set) var named = 0
  private(set) var habits = 0
  private(set) var habitsAsOne = 0
  private(set) var besides = 0
  private(set) var vendorMonths = 0
  private(set) var overlap = 0.0

  mutating func add(_ scenario: Scenario, _ told: IncidentFindings) {
    vendorMonths += scenario.traffic.count
    let minute = { (time: Int64) in Int((time - Scenario.start) / 60_000) }
    var left = told.incidents
    for trouble in scenario.troubles {
      troubles += 1
      let near = left.indices.filter {
        minute(left[$0].start) < trouble.minutes.upperBound + 2
          && trouble.minutes.lowerBound - 2 < minute(left[$0].end)
      }
      // One of them is it, the others are told besides.
      let common = { (place: Int) in
        trouble.minutes.clamped(to: minute(left[place].start)..<minute(left[place].end)).count
      }
      guard let best = near.max(by: { common($0) < common($1) }) else { continue }
      let incident = left.remove(at: best)
      let (start, end) = (minute(incident.start), minute(incident.end))
      let both = trouble.minutes.clamped(to: start..<end).count
      let union = max(end, trouble.minutes.upperBound) - min(start, trouble.minutes.lowerBound)
      // Half of it told is not it.
      guard both * 2 >= trouble.minutes.count || both == 0,
        incident.vendors == trouble.vendors
      else { continue }
      found += 1
      overlap += Double(both) / Double(max(1, union))
      if trouble.what.contains(incident.what) { named += 1 }
      guard trouble.isSharp else { continue }
      sharp += 1
      let slack = max(2, trouble.minutes.count / 10)
      if abs(start - trouble.minutes.lowerBound) <= slack { starts += 1 }
      if abs(end - trouble.minutes.upperBound) <= slack { ends += 1 }
    }
    var left2 = told.habits
    for every in scenario.habits {
      habits += 1
      if let place = left2.firstIndex(where: { $0.every == every }) {
        habitsAsOne += 1
        left2.remove(at: place)
      }
    }
    besides += left.count + left2.count
  }

  var recall: Double { Double(found) / Double(max(1, troubles)) }
  var endsRight: Double { Double(ends) / Double(max(1, sharp)) }
  var startsRight: Double { Double(starts) / Double(max(1, sharp)) }
  var namedRight: Double { Double(named) / Double(max(1, found)) }
  var besidesPerMonth: Double { Double(besides) / Double(max(1, vendorMonths)) }
  var habitsRight: Double { Double(habitsAsOne) / Double(max(1, habits)) }
  var meanOverlap: Double { overlap / Double(max(1, found)) }
}
