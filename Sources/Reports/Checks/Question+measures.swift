internal import Checks
internal import Events
internal import Store

// What is counted in windows.
extension Question {
  /// Judges all windows of a length that end after `ends.since`, up to `ends.until`.
  func judge(
    _ rule: Rule, _ measure: Measure, _ threshold: Threshold, window: Int64, ends: TimeRange
  ) throws -> Judgement {
    var judgement = Judgement()
    guard !ends.isEmpty else { return judgement }
    let sieve = Sieve(rule.conditions, vocabulary)
    let samples = try samples(rule, measure, sieve, window: window, ends: ends)
    var subjects = samples.bySubject(vocabulary)
    var judged = ends
    if rule.isSilence {
      // What begins is no silence that ends.
      let expected = try expected(rule, measure, sieve, window: window, ends: ends)
      subjects = Dictionary(
        expected.map { ($0, subjects[$0] ?? []) }, uniquingKeysWith: { one, _ in one })
      // Before the store's first response there is no silence.
      let minute = Milliseconds.minute
      let first = (extent?.since ?? ends.until).rounded(downTo: minute) + window
      judged.since = max(judged.since, first - minute)
    }
    let unknown = measure.isRate ? try vendorsWithoutSuccesses(samples, ends, window) : []
    // Of all vendors together something is known where it is of one.
    let isNothingKnown =
      !unknown.isEmpty && samples.withSuccesses.isEmpty && unknown.count == samples.withErrors.count
    for (subject, list) in subjects {
      if subject.first.map(unknown.contains) ?? isNothingKnown {
        judgement.unknown[subject] =
          "the log has no successes to divide by within a day of that time"
        continue
      }
      if judged.isEmpty {
        judgement.unknown[subject] = "the store does not reach back a whole window"
        continue
      }
      judgement.add(
        readings(
          of: list, window: window, ends: judged, threshold: threshold, isRate: measure.isRate
        ).observations, to: subject)
    }
    return judgement
  }

  /// The counts of all that any window holds. What every window holds is counted as coarsely as it
  /// is kept; the rest by the minute, from the events where a condition needs more than a vendor.
  private func samples(
    _ rule: Rule, _ measure: Measure, _ sieve: Sieve, window: Int64, ends: TimeRange
  ) throws -> Samples {
    var samples = Samples(rule, measure: measure, sieve: sieve)
    let span = Question.span(window, ends)
    let quarter = Grain.quarter.length
    let fields = Set(rule.conditions.map(\.field) + rule.grouping)
    let first = (ends.until - window + quarter - 1).rounded(downTo: quarter)
    let last = (ends.since + Milliseconds.minute).rounded(downTo: quarter)
    var fine = [span]
    if first < last, fields.isDisjoint(with: [.route, .consumer]) {
      fine = [
        TimeRange(since: span.since, until: first), TimeRange(since: last, until: span.until),
      ]
      try eachResponse(during: TimeRange(since: first, until: last), by: .day) {
        samples.add($0, at: first)
      }
    }
    for range in fine where !range.isEmpty {
      if fields.isSubset(of: [.vendor]) {
        try store.minutes(during: range) { minute in
          let vendor = vocabulary.vendors.number(ofRow: minute.vendor)
          if asksAbout(vocabulary.vendors[vendor]) { samples.add(minute, vendor: vendor) }
        }
      } else {
        if measure.isRate { try eachSuccess(during: range) { samples.add($0) } }
        try eachError(during: range) { samples.add($0) }
      }
    }
    return samples
  }

  /// From the start of the first window to the end of the last.
  static func span(_ window: Int64, _ ends: TimeRange) -> TimeRange {
    TimeRange(since: ends.since + Milliseconds.minute - window, until: ends.until)
  }

  /// Subjects that there would be something of, were they not silent: those that a rule names, and
  /// those that had something in the week before its first window.
  private func expected(
    _ rule: Rule, _ measure: Measure, _ sieve: Sieve, window: Int64, ends: TimeRange
  ) throws -> [[String?]] {
    if rule.grouping.isEmpty { return [[]] }
    if rule.grouping == [.vendor] {
      let named = rule.conditions.filter { $0.field == .vendor }.compactMap(\.names)
      if let names = named.first {
        // A rule does not care about case, the store does.
        let known = try store.texts(in: .vendor)
        return names.map { name in known.first { $0.lowercased() == name } ?? name }
          .filter { asksAbout($0) && sieve.passes([.vendor: $0]) }.map { [$0] }
      }
    }
    let start = Question.span(window, ends).since.rounded(downTo: Grain.quarter.length)
    var before = Samples(rule, measure: measure, sieve: sieve)
    try eachResponse(
      during: TimeRange(since: start - 7 * Milliseconds.day, until: start), by: .day
    ) { before.add($0) }
    return before.subjects(vocabulary)
  }

  /// Vendors with errors, whose successes are not in the log within a day of the windows.
  private func vendorsWithoutSuccesses(
    _ samples: Samples, _ ends: TimeRange, _ window: Int64
  ) throws -> Set<String?> {
    var unknown = samples.withErrors.subtracting(samples.withSuccesses)
    if unknown.isEmpty { return [] }
    unknown.subtract(try during(Question.span(window, ends)).vendorsWithSuccesses())
    return Set(unknown.map { vocabulary.vendors[$0] })
  }
}
