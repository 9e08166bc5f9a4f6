internal import Batches
internal import Checks
internal import Questions
internal import Times

/// What became of a rule.
struct RuleOutcome {
  enum State: String, CaseIterable {
    case ok, crossed, ongoing, resolved, unknown
  }

  /// A crossing, as it stands now.
  struct Incident {
    var crossing: Crossing
    var state: State
    /// Whether it is told of this time.
    var isTold: Bool
    var phrase: String?
    /// Over what length the worst of it was counted, where that is known.
    var window: Int64?
  }

  /// What cannot be judged.
  struct Gap {
    var subject: [String?]
    var since: Int64
    var reason: String
    var isTold: Bool
  }

  var placed: PlacedRule
  /// The ends of the windows that were judged, or the time that was searched.
  var ends: TimeRange
  var incidents: [Incident] = []
  var gaps: [Gap] = []
  /// How many subjects are not among these, as there were too many.
  var leftOut = 0
  /// How its error budgets stand.
  var budgets = BudgetList()
  /// What could not be judged, whatever the subject; nil where all could.
  var note: String?
  /// What is to be remembered of it.
  var memory = CheckMemory()

  var rule: Rule { placed.rule }

  /// The worst of its states.
  var state: State {
    let states = incidents.map(\.state) + gaps.map { _ in .unknown }
    return [.crossed, .ongoing, .unknown, .resolved].first { states.contains($0) } ?? .ok
  }

  var isTold: Bool { incidents.contains(where: \.isTold) }

  /// Adds what was found to what is known.
  ///
  /// - Parameters:
  ///   - oldest: what was over before cannot come back.
  ///   - again: how long until what goes on is told once more; nil: never.
  init(
    _ placed: PlacedRule, ends: TimeRange, _ judgement: Judgement, known: CheckMemory,
    oldest: Int64, now: Int64, again: Int64?
  ) {
    self.placed = placed
    self.ends = ends
    var bySubject = Dictionary(grouping: known.crossings, by: \.subject)
    let findings = judgement.findings
    leftOut = judgement.leftOut
    for subject in findings.keys where bySubject[subject] == nil {
      bySubject[subject] = []
    }
    for (subject, crossings) in bySubject {
      var incidents = Incidents(
        of: subject, known: crossings, cooldown: placed.rule.cooldown(of: subject),
        isWorse: placed.rule.isWorse)
      incidents.forget(after: ends.until + Horizon.slack)
      incidents.add((findings[subject] ?? []).observations)
      if judgement.unknown[subject] != nil {
        // Nothing is known, so nothing is over.
        incidents.add([
          Observation(since: ends.since, until: ends.until, isCrossed: false, counted: 0)
        ])
      }
      incidents.settle(at: ends.until)
      incidents.forget(before: oldest)
      let known = Set(crossings.compactMap(\.over))
      for crossing in incidents.crossings {
        let wasOver = crossing.over.map(known.contains) ?? false
        let own = findings[subject] ?? []
        let incident = Incident(
          crossing: crossing, state: .ongoing, isTold: false, phrase: own.phrase(for: crossing),
          window: own.window(of: crossing))
        add(incident, wasOver: wasOver, now: now, again: again)
      }
    }
    incidents.sort {
      ($0.crossing.since, $0.crossing.sortText) < ($1.crossing.since, $1.crossing.sortText)
    }
    addGaps(judgement.unknown, known: known, now: now)
    note = judgement.note
    budgets = judgement.budgets
  }

  private mutating func add(
    _ incident: Incident, wasOver: Bool, now: Int64, again: Int64?
  ) {
    var (incident, crossing) = (incident, incident.crossing)
    if let told = crossing.told {
      // A clock that was set back would keep it quiet for long.
      crossing.told = min(told, now)
      if crossing.over != nil {
        incident.state = .resolved
      } else if let again, min(told, now) + again <= now {
        incident.isTold = true
        crossing.told = now
      }
    } else {
      incident.state = .crossed
      incident.isTold = true
      crossing.told = now
    }
    incident.crossing = crossing
    memory.crossings.append(crossing)
    // What was found to be over before is history.
    if incident.state != .resolved || !wasOver { incidents.append(incident) }
  }

  private mutating func addGaps(
    _ unknown: [[String?]: String], known: CheckMemory, now: Int64
  ) {
    for (subject, reason) in unknown {
      let before = known.unknown[subject]
      memory.unknown[subject] = before ?? (ends.until, now)
      gaps.append(
        Gap(
          subject: subject, since: before?.since ?? ends.until, reason: reason,
          isTold: before == nil))
    }
    gaps.sort { $0.subject.sortText < $1.subject.sortText }
  }
}

extension Rule {
  /// How long it takes until a crossing of a subject is over.
  func cooldown(of subject: [String?]) -> Cooldown {
    switch trigger {
    case .measure(_, _, let window): Cooldown(window: window.length)
    case .sighting(let sighting, _): Cooldown(sighting)
    case .budget(let budget): Cooldown(window: budget.memory(of: subject))
    }
  }

  var isWorse: @Sendable (Observation, Crossing) -> Bool {
    var (isUpward, isRate) = (true, true)
    switch trigger {
    case .sighting: return { $0.counted > $1.counted }
    case .measure(let measure, let threshold, _):
      (isUpward, isRate) = (threshold.bound.comparison.isUpward, measure.isRate)
    case .budget: break
    }
    return { [isUpward, isRate] observation, crossing in
      var (one, other) = (Double(observation.counted), Double(crossing.counted))
      if isRate {
        one /= Double(max(1, observation.requests))
        other /= Double(max(1, crossing.requests))
      }
      if one == other { return isUpward && observation.counted > crossing.counted }
      return isUpward == (one > other)
    }
  }
}

extension Crossing {
  fileprivate var sortText: String { subject.sortText }
}

extension [String?] {
  fileprivate var sortText: String { map { $0 ?? "" }.joined(separator: "\u{1F}") }
}
