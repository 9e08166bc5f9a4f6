/// The crossings of one subject, as observations add to them.
///
/// What was observed before may be observed again, once more of the log is there. It then belongs
/// to the crossing that it overlaps, or that it follows before the cooldown is over, and is not
/// told again.
package struct Incidents: Sendable {
  /// In order of their start.
  package private(set) var crossings: [Crossing]
  private let subject: [String?]
  private let cooldown: Cooldown
  /// Whether the first of two counts is the worse one.
  private let isWorse: @Sendable (Observation, Crossing) -> Bool

  package init(
    of subject: [String?], known: [Crossing] = [], cooldown: Cooldown,
    isWorse: @escaping @Sendable (Observation, Crossing) -> Bool = { $0.counted > $1.counted }
  ) {
    self.subject = subject
    crossings = known.sorted { $0.since < $1.since }
    self.cooldown = cooldown
    self.isWorse = isWorse
  }

  /// - Parameter seen: in order of time.
  package mutating func add(_ seen: [Observation]) {
    for observation in seen {
      if observation.isCrossed {
        cross(observation)
      } else if let place = place(of: observation, before: 0) {
        crossings[place].near = max(crossings[place].near, observation.until)
      }
    }
  }

  private mutating func cross(_ observation: Observation) {
    guard let place = place(of: observation, before: cooldown.quiet) else {
      let crossing = Crossing(
        subject: subject, since: observation.since, last: observation.until,
        near: observation.until, counted: observation.counted, requests: observation.requests)
      let next = crossings.firstIndex { $0.since > crossing.since } ?? crossings.count
      crossings.insert(crossing, at: next)
      return
    }
    let isWorse = isWorse(observation, crossings[place])
    crossings[place].since = min(crossings[place].since, observation.since)
    crossings[place].last = max(crossings[place].last, observation.until)
    crossings[place].near = max(crossings[place].near, observation.until)
    if isWorse {
      crossings[place].counted = observation.counted
      crossings[place].requests = observation.requests
    }
  }

  /// The crossing that an observation belongs to.
  private func place(of observation: Observation, before margin: Int64) -> Int? {
    crossings.lastIndex {
      observation.since <= $0.reach(cooldown) && observation.until >= $0.since - margin
    }
  }

  /// Closes what is over by a time, and opens again what is not after all.
  package mutating func settle(at time: Int64) {
    for place in crossings.indices {
      let isOver = crossings[place].reach(cooldown) <= time
      crossings[place].over = isOver ? crossings[place].over ?? time : nil
    }
  }

  /// Forgets what lies in a time yet to come: a clock was wrong.
  package mutating func forget(after newest: Int64) {
    crossings.removeAll { max($0.since, $0.last, $0.near) > newest }
  }

  /// Forgets what has been over for so long that it cannot be observed any more.
  package mutating func forget(before oldest: Int64) {
    crossings.removeAll { $0.over != nil && $0.reach(cooldown) < oldest }
  }
}
