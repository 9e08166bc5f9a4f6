internal import Analysis
internal import Checks
internal import Events
internal import Files
internal import Questions
internal import Times

/// Counts by subject and minute, as a measure's windows need them: of a part of the subjects.
struct Samples {
  private let part: Part
  private let measure: Measure
  private let grouping: [ResponseField]
  private let filter: ResponseFilter
  private var subjects: GroupNumbers
  /// Subjects and minutes that have something, and what.
  private var numbers = CombinationNumbers()
  private var counts: [(counted: Int64, requests: Int64)] = []
  /// The subject of the response at hand: its memory is used again.
  private var key: [Int32]
  /// Vendors by what is known of them, by number.
  private(set) var withErrors = NumberSet()
  private(set) var withSuccesses = NumberSet()

  init(_ rule: Rule, measure: Measure, filter: ResponseFilter, part: Part) {
    self.part = part
    self.measure = measure
    grouping = rule.grouping
    self.filter = filter
    key = rule.grouping.map { _ in 0 }
    subjects = GroupNumbers(width: rule.grouping.count)
  }

  /// What is counted by the minute of one vendor.
  ///
  /// - Throws: `Part.TooLarge`.
  mutating func add(_ minute: StoredMinute, vendor: Int) throws {
    guard filter.passes(vendor: vendor) else { return }
    if minute.errors > 0 { withErrors.insert(vendor) }
    if minute.successes > 0 { withSuccesses.insert(vendor) }
    let requests = minute.errors + minute.successes
    let counted =
      switch measure {
      case .errors, .errorRate: minute.errors
      case .rateLimited: minute.rateLimited
      case .planLimited: minute.planLimited
      case .serverErrors: minute.serverErrors
      case .requests: requests
      case .successes: minute.successes
      }
    if !grouping.isEmpty { key[0] = Int32(vendor) }
    try add(counted, requests, at: minute.time)
  }

  /// - Parameter time: of the minute it counts for, where that is not its own.
  /// - Throws: `Part.TooLarge`.
  mutating func add(_ response: ResponseCount, at time: Int64? = nil) throws {
    guard filter.passes(vendor: response.vendor) else { return }
    if response.isError {
      withErrors.insert(response.vendor)
    } else {
      withSuccesses.insert(response.vendor)
    }
    let counts = isCounted(response)
    guard counts || measure.isRate else { return }
    for (place, field) in grouping.enumerated() {
      key[place] = Int32(clamping: response.number(of: field))
    }
    try add(counts ? response.count : 0, response.count, at: time ?? response.time)
  }

  private func isCounted(_ response: ResponseCount) -> Bool {
    switch measure {
    case .errors, .errorRate: response.isError && filter.passes(response)
    case .rateLimited: response.kind == .rateLimit && filter.passes(response)
    case .planLimited: response.kind == .planLimit && filter.passes(response)
    case .serverErrors: response.isServerError && filter.passes(response)
    case .requests: true
    case .successes: !response.isError
    }
  }

  private mutating func add(_ counted: Int64, _ requests: Int64, at time: Int64) throws {
    guard part.count == 1 || part.holds(Part.hash(key[...])) else { return }
    let subject = subjects.number(of: key)
    let minute = Int32(clamping: time.rounded(downTo: Milliseconds.minute) / Milliseconds.minute)
    let place = numbers.number(of: Int32(subject), minute)
    if place == counts.count {
      // A subject alone cannot be counted in parts.
      if place > Part.most, subjects.count > 1 { throw Part.TooLarge() }
      counts.append((0, 0))
    }
    counts[place].counted += counted
    counts[place].requests += requests
  }

  /// Of all together something is always expected.
  mutating func expectAll() { _ = subjects.number(of: []) }

  /// Hands over the samples of each subject that has any, in order of time.
  func eachSubject(
    _ body: (_ key: ArraySlice<Int32>, _ samples: [Sample]) throws -> Void
  ) rethrows {
    let order = counts.indices.map { Int32($0) }.sorted { one, other in
      let (a, b) = (numbers[Int(one)], numbers[Int(other)])
      return (a.first, a.second) < (b.first, b.second)
    }
    var first = 0
    while first < order.count {
      let subject = numbers[Int(order[first])].first
      var end = first
      while end < order.count, numbers[Int(order[end])].first == subject { end += 1 }
      let samples = order[first..<end].map { place in
        Sample(
          minute: Int64(numbers[Int(place)].second) * Milliseconds.minute,
          counted: counts[Int(place)].counted, requests: counts[Int(place)].requests)
      }
      try body(subjects.key(of: Int(subject)), samples)
      first = end
    }
  }

  /// The samples of subjects, by what tells these apart; those without any among them.
  func samples(of keys: Samples) -> [(key: ArraySlice<Int32>, samples: [Sample])] {
    var found: [(key: ArraySlice<Int32>, samples: [Sample])] = []
    var own: [Int: [Sample]] = [:]
    eachSubject { key, samples in
      if let place = keys.subjects.known(Array(key)) { own[place] = samples }
    }
    for place in 0..<keys.subjects.count {
      found.append((keys.subjects.key(of: place), own[place] ?? []))
    }
    return found
  }

  /// The subject's words.
  func texts(of key: ArraySlice<Int32>, _ vocabulary: Vocabulary) -> [String?] {
    zip(grouping, key).map { field, number in
      vocabulary.text(of: Int(number), field)
    }
  }
}
