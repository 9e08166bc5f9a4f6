package import Checks
package import Questions
internal import Times

/// Rules judged once: what they found, and what is to be remembered of it.
package struct RuleCheck {
  /// Which time is judged.
  package enum Time: Sendable {
    /// The question's range, without regard to what was told before.
    case range
    /// Up to `now`; data is judged that comes at most `late` milliseconds behind.
    case clock(now: Int64, late: Int64)
  }

  let question: Question
  let outcomes: [RuleOutcome]
  /// The time that was judged; of windows, where they end.
  let range: TimeRange
  /// What is to be remembered, of a job that remembers.
  package let memory: [CheckedRule]

  /// Whether something is told that crossed a threshold.
  package var isNews: Bool { outcomes.contains(where: \.isTold) }

  /// - Parameters:
  ///   - rules: one that stands there twice is judged once.
  ///   - job: under whose name is remembered what was told; nil: nothing is.
  ///   - memory: what remembers, where that is not the archive itself.
  ///   - again: how long until what goes on is told once more, in milliseconds; nil: never.
  /// - Throws: a `RuleError` where a window is longer than the range.
  package init(
    _ question: Question, _ rules: [PlacedRule], at time: Time, job: String? = nil,
    memory: (any Archive)? = nil, again: Int64? = nil
  ) throws {
    self.question = question
    let archive = question.archive
    let keeper = memory ?? archive
    // What is stored from now on counts as new the next time, even where it is judged already.
    let batch = try archive.newestBatch()
    var seen: Set<String> = []
    var outcomes: [RuleOutcome] = []
    var written: [CheckedRule] = []
    for placed in rules where seen.insert(placed.rule.text).inserted {
      let name = question.name(of: placed.rule)
      let remembered = try job.flatMap { try keeper.checkedRule(name, job: $0) }
      let ends = try question.ends(of: placed, at: time, remembered)
      let now = if case .clock(let now, _) = time { now } else { ends.until }
      let late = if case .clock(_, let late) = time { late } else { ends.length }
      let known = CheckMemory(remembered, fields: placed.rule.subject.count)
      let subjects = Set(known.crossings.map(\.subject)).union(known.unknown.keys)
      var outcome = RuleOutcome(
        placed, ends: ends,
        try question.judge(placed.rule, ends, into: Judgement(remembering: subjects)),
        known: known,
        oldest: ends.until - late, now: now, again: again)
      // A job that remembers is told once.
      if remembered != nil { outcome.note = nil }
      outcomes.append(outcome)
      written.append(
        CheckedRule(
          rule: name, judged: ends.until, batch: batch,
          crossings: outcome.memory.stored(now: now)))
    }
    try archive.checkTexts()
    self.outcomes = outcomes
    self.memory = written
    let starts = outcomes.map(\.ends.since)
    switch time {
    case .range: range = question.minutes
    case .clock(let now, let late):
      let end = Horizon(now: now, late: late).now
      range = TimeRange(since: starts.min() ?? end, until: end)
    }
  }
}

extension Question {
  /// Under which name a rule is remembered: with other vendors it is another one.
  fileprivate func name(of rule: Rule) -> String {
    vendors.isEmpty ? rule.text : rule.text + " of " + vendors.sorted().joined(separator: ",")
  }

  /// The range in whole minutes: those that it touches.
  var minutes: TimeRange {
    let minute = Milliseconds.minute
    return TimeRange(
      since: range.since.rounded(downTo: minute),
      until: (range.until + minute - 1).rounded(downTo: minute))
  }

  /// The ends of the windows that a rule is judged by, or the time that is searched.
  fileprivate func ends(
    of placed: PlacedRule, at time: RuleCheck.Time, _ remembered: CheckedRule?
  ) throws -> TimeRange {
    if placed.rule.budget != nil { return try budgetEnds(at: time, remembered) }
    var window = Milliseconds.day
    var isMeasure = false
    if case .measure(_, _, let per) = placed.rule.trigger {
      window = per.length
      isMeasure = true
    }
    switch time {
    case .range:
      var ends = minutes
      guard isMeasure, !ends.isEmpty else { return ends }
      ends.since += window - Milliseconds.minute
      if ends.isEmpty {
        var error = RuleError("its window is longer than the time that is judged", at: 1)
        error.isOfTooShortTime = true
        error.origin = placed.origin
        throw error
      }
      return ends
    case .clock(let now, let late):
      let horizon = Horizon(now: now, late: late)
      // Silence is looked for by the clock, however old the newest event is.
      let first =
        placed.rule.isSilence
        ? horizon.first(window: Milliseconds.minute, newest: horizon.now)
        : horizon.first(window: window, newest: newest)
      return try ends(since: remembered, horizon) ?? first
    }
  }

  /// The newest event's time.
  var newest: Int64? { extent.map { $0.until - 1 } }

  /// The ends from the last time on; nil where there is none.
  func ends(since remembered: CheckedRule?, _ horizon: Horizon) throws -> TimeRange? {
    guard let remembered, remembered.judged <= horizon.now + Horizon.slack else { return nil }
    let arrived = try archive.earliestTime(after: remembered.batch)
    return horizon.next(judged: remembered.judged, arrived: arrived)
  }

  fileprivate func judge(
    _ rule: Rule, _ ends: TimeRange, into none: Judgement
  ) throws -> Judgement {
    switch rule.trigger {
    case .measure(let measure, let threshold, let per):
      try judge(rule, measure, threshold, window: per.length, ends: ends, into: none)
    case .sighting(let sighting, let bounds):
      try judge(rule, sighting, bounds, in: ends, into: none)
    case .budget(let budget): try judge(rule, budget, ends: ends, into: none)
    }
  }
}
