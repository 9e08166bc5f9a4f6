internal import Batches
internal import Checks
internal import Events
internal import Files
internal import Questions
internal import Times

// What is counted in windows.
extension Question {
  /// Judges all windows of a length that end after `ends.since`, up to `ends.until`: in parts of
  /// the subjects where they are too many.
  func judge(
    _ rule: Rule, _ measure: Measure, _ threshold: Threshold, window: Int64, ends: TimeRange,
    into none: Judgement
  ) throws -> Judgement {
    var judgement = none
    guard !ends.isEmpty else { return judgement }
    let filter = ResponseFilter(rule.conditions, vocabulary)
    for part in try inParts({ part in
      try judge(
        rule, measure, threshold, window: window, ends: ends, filter, part, into: none)
    }) {
      judgement.add(part)
    }
    return judgement
  }

  private func judge(
    _ rule: Rule, _ measure: Measure, _ threshold: Threshold, window: Int64, ends: TimeRange,
    _ filter: ResponseFilter, _ part: Part, into none: Judgement
  ) throws -> Judgement {
    var judgement = none
    let samples = try samples(rule, measure, filter, window: window, ends: ends, part)
    let unknown = measure.isRate ? try vendorsWithoutSuccesses(samples, ends, window) : NumberSet()
    // Of all vendors together something is known where it is of one.
    let isNothingKnown =
      !unknown.isEmpty && samples.withSuccesses.isEmpty && unknown.count == samples.withErrors.count
    var judged = ends
    func judge(_ subject: () -> [String?], vendor: Int32?, _ list: [Sample]) {
      let isUnknown =
        rule.grouping.isEmpty
        ? isNothingKnown
        : rule.grouping.first == .vendor && (vendor.map { unknown.contains(Int($0)) } ?? false)
      if isUnknown {
        judgement.add(
          unknown: subject(), "the log has no successes to divide by within a day of that time")
      } else if judged.isEmpty {
        judgement.add(unknown: subject(), "the store does not reach back a whole window")
      } else {
        let found = windowRuns(
          of: list, window: window, ends: judged, threshold: threshold, isRate: measure.isRate)
        judgement.add(found.observations, to: subject)
      }
    }
    guard rule.isSilence else {
      samples.eachSubject { key, list in
        judge({ samples.texts(of: key, vocabulary) }, vendor: key.first, list)
      }
      return judgement
    }
    // Before the store's first response there is no silence. What begins is no silence that ends.
    let minute = Milliseconds.minute
    let first = (extent?.since ?? ends.until).rounded(downTo: minute) + window
    judged.since = max(judged.since, first - minute)
    if let named = try namedVendors(rule, filter) {
      let lists = try named.map { name in try (name, vocabulary.vendors.number(of: name)) }
      var known: [Int: [Sample]] = [:]
      let numbers = Set(lists.compactMap(\.1))
      samples.eachSubject { key, list in
        if let vendor = key.first, numbers.contains(Int(vendor)) { known[Int(vendor)] = list }
      }
      for (name, number) in lists {
        let isIn = part.count == 1 || part.holds(Part.hash([Int32(number ?? -1)]))
        guard isIn else { continue }
        judge({ [name] }, vendor: number.map { Int32($0) }, number.flatMap { known[$0] } ?? [])
      }
      return judgement
    }
    let expected = try expected(rule, measure, filter, window: window, ends: ends, part)
    for (key, list) in samples.samples(of: expected) {
      judge({ samples.texts(of: key, vocabulary) }, vendor: key.first, list)
    }
    return judgement
  }

  /// The counts of all that any window holds. What every window holds is counted as coarsely as it
  /// is kept; the rest by the minute, from the events where a condition needs more than a vendor.
  private func samples(
    _ rule: Rule, _ measure: Measure, _ filter: ResponseFilter, window: Int64, ends: TimeRange,
    _ part: Part
  ) throws -> Samples {
    var samples = Samples(rule, measure: measure, filter: filter, part: part)
    let span = Question.span(window, ends)
    let quarter = Grain.quarter.length
    let fields = Set(rule.conditions.map(\.field) + rule.grouping)
    let first = (ends.until - window + quarter - 1).rounded(downTo: quarter)
    let last = (ends.since + Milliseconds.minute).rounded(downTo: quarter)
    var fine = [span]
    if first < last, fields.isDisjoint(with: [.route, .consumer, .answeredBy]) {
      fine = [
        TimeRange(since: span.since, until: first), TimeRange(since: last, until: span.until),
      ]
      try eachResponse(during: TimeRange(since: first, until: last), by: .day) {
        try samples.add($0, at: first)
      }
    }
    for range in fine where !range.isEmpty {
      if fields.isSubset(of: [.vendor]) {
        try archive.minutes(during: range) { minute in
          let vendor = vocabulary.vendors.number(ofStored: minute.vendor)
          if asksAbout(number: vendor) { try samples.add(minute, vendor: vendor) }
        }
      } else {
        if measure.isRate { try eachSuccess(during: range) { try samples.add($0) } }
        try eachError(during: range) { try samples.add($0) }
      }
    }
    return samples
  }

  /// From the start of the first window to the end of the last.
  static func span(_ window: Int64, _ ends: TimeRange) -> TimeRange {
    TimeRange(since: ends.since + Milliseconds.minute - window, until: ends.until)
  }

  /// The vendors that a rule about vendors names; nil where it names none.
  func namedVendors(_ rule: Rule, _ filter: ResponseFilter) throws -> [String]? {
    guard rule.grouping == [.vendor] else { return nil }
    let named = rule.conditions.filter { $0.field == .vendor }.compactMap(\.names)
    guard let names = named.first else { return nil }
    // A rule does not care about case, the store does.
    let known = try archive.texts(in: .vendor)
    return names.map { name in known.first { $0.lowercased() == name } ?? name }
      .filter { asksAbout($0) && filter.passes([.vendor: $0]) }
  }

  /// Subjects that there would be something of, were they not silent: those that had something in
  /// the week before the rule's first window.
  private func expected(
    _ rule: Rule, _ measure: Measure, _ filter: ResponseFilter, window: Int64, ends: TimeRange,
    _ part: Part
  ) throws -> Samples {
    var before = Samples(rule, measure: measure, filter: filter, part: part)
    if rule.grouping.isEmpty {
      before.expectAll()
      return before
    }
    let start = Question.span(window, ends).since.rounded(downTo: Grain.quarter.length)
    try eachResponse(
      during: TimeRange(since: start - 7 * Milliseconds.day, until: start), by: .day
    ) { try before.add($0) }
    return before
  }

  /// Vendors with errors, whose successes are not in the log within a day of the windows.
  private func vendorsWithoutSuccesses(
    _ samples: Samples, _ ends: TimeRange, _ window: Int64
  ) throws -> NumberSet {
    var unknown = samples.withErrors
    unknown.subtract(samples.withSuccesses)
    if unknown.isEmpty { return unknown }
    var known = NumberSet()
    try during(Question.span(window, ends)).eachSuccessAround { known.insert($0.vendor) }
    unknown.subtract(known)
    return unknown
  }
}
