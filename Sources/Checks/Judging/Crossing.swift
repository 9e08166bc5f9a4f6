internal import Times

/// One incident: a subject was beyond a threshold, until it was clearly back. It is told once.
package struct Crossing: Sendable, Equatable {
  /// By the names of the rule's subject; nil where a response has none.
  package var subject: [String?]
  /// When it began and when it was last so: ends of windows, or a sighting's own times.
  package var since: Int64
  package var last: Int64
  /// When it was last beyond the threshold or near it.
  package var near: Int64
  /// The worst that was counted, and of how many requests it was.
  package var counted: Int64
  package var requests: Int64
  /// When it was told last; nil while it is news.
  package var told: Int64?
  /// When it was found to be over.
  package var over: Int64?

  package init(
    subject: [String?], since: Int64, last: Int64, near: Int64, counted: Int64, requests: Int64,
    told: Int64? = nil, over: Int64? = nil
  ) {
    self.subject = subject
    self.since = since
    self.last = last
    self.near = near
    self.counted = counted
    self.requests = requests
    self.told = told
    self.over = over
  }

  /// Until when a new crossing of the threshold belongs to the same incident.
  package func reach(_ cooldown: Cooldown) -> Int64 {
    min(near + cooldown.quiet, last + cooldown.patience)
  }
}

/// How long it takes until an incident counts as over, in milliseconds.
package struct Cooldown: Sendable, Equatable {
  /// It is over once it has been clear for so long.
  package var quiet: Int64
  /// Or once it has not been beyond the threshold for so long, though it was near it.
  package var patience: Int64

  /// Of what is counted over windows of a length: as long again, a quarter of an hour at least.
  package init(window: Int64) {
    quiet = max(window, 15 * Milliseconds.minute)
    patience = 4 * quiet
  }

  package init(_ sighting: Sighting) {
    switch sighting {
    case .spike, .burst, .incident: quiet = Milliseconds.hour
    case .newCode, .returnedCode, .limitHit: quiet = Milliseconds.day
    }
    patience = quiet
  }
}

/// That a subject was beyond a threshold, or still near it, for a while.
package struct Observation: Sendable, Equatable {
  package var since: Int64
  package var until: Int64
  package var isCrossed: Bool
  package var counted: Int64
  package var requests: Int64

  package init(
    since: Int64, until: Int64, isCrossed: Bool = true, counted: Int64, requests: Int64 = 0
  ) {
    self.since = since
    self.until = until
    self.isCrossed = isCrossed
    self.counted = counted
    self.requests = requests
  }
}

extension [WindowRun] {
  /// What of them is beyond the threshold or near it.
  package var observations: [Observation] {
    compactMap { run in
      run.level == .clear
        ? nil
        : Observation(
          since: run.ends.lowerBound, until: run.ends.upperBound,
          isCrossed: run.level == .crossed, counted: run.counted,
          requests: run.requests)
    }
  }
}
