internal import Times

/// What was counted from a time on, up to the next one's.
package struct OutcomeStretch: Sendable, Equatable {
  /// Milliseconds since the epoch.
  package var time: Int64
  package var outcomes: Outcomes

  package init(time: Int64, _ outcomes: Outcomes) {
    self.time = time
    self.outcomes = outcomes
  }
}

extension ErrorBudget {
  /// When the budget over the last `window` is used up, if requests come and fail from now on as they
  /// did at a pace, while what becomes older than the window is forgotten; nil where it lasts.
  ///
  /// - Parameters:
  ///   - history: what is known of the window that ends now, in order of time.
  ///   - now: milliseconds since the epoch.
  ///   - pace: what came in the last `length` milliseconds.
  package func usedUp(
    _ history: [OutcomeStretch], now: Int64, window: Int64, pace: Outcomes, over length: Int64
  ) -> Int64? {
    /// By how many failures the budget is exceeded.
    func excess(_ outcomes: Outcomes) -> Double {
      Double(outcomes.failed) - share * Double(outcomes.requests)
    }
    var over = history.reduce(0) { $0 + excess($1.outcomes) }
    if over >= 0 { return history.isEmpty ? nil : now }
    let speed = excess(pace) / Double(max(1, length))
    guard speed > 0 else { return nil }
    var time = now
    for stretch in history {
      let end = max(time, stretch.time.addingClamped(window))
      let reached = Double(time) - over / speed
      if reached <= Double(end) { return Int64(exactly: reached.rounded()) }
      over += speed * (Double(end) - Double(time)) - excess(stretch.outcomes)
      time = end
      if over >= 0 { return time }
    }
    return Int64(exactly: (Double(time) - over / speed).rounded())
  }
}
