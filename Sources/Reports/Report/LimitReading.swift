internal import Analysis
internal import Files
internal import Questions
internal import Threads
internal import Times

/// The 429s and the plan limits of a question's range, read in one go by two threads, some days each in
/// turn: of millions of events, to read them takes longest of all in a report.
struct LimitReading {
  private let work: Work
  private let beside: Future<Void>

  /// Begins to read.
  init(_ question: Question) {
    let work = Work(question.rejectionCoverage)
    self.work = work
    beside = question.meanwhile { try work.go(on: $0) }
  }

  /// What was read, once all is. This thread helps.
  func limits(_ question: Question) throws -> ReadLimits {
    try work.go(on: question)
    try beside.value()
    return work.read
  }

  /// What is to be read, and what was.
  private final class Work: Sendable {
    private let stretches: [TimeRange]
    private let next = Lock(0)
    private let parts: Lock<[ReadLimits.Part?]>
    private let paths = Lock(RoutePaths())

    private static let most: Int64 = 32

    init(_ coverage: TimeRange) {
      let length = max(0, coverage.until.subtractingReportingOverflow(coverage.since).partialValue)
      let count = max(1, min(Work.most, length / Milliseconds.day))
      let step = length / count
      stretches = (0..<count).map { number in
        let since = coverage.since + number * step
        return TimeRange(since: since, until: number == count - 1 ? coverage.until : since + step)
      }
      parts = Lock(Array(repeating: nil, count: stretches.count))
    }

    /// Reads what nobody has begun to read.
    func go(on question: Question) throws {
      var paths = RoutePaths()
      var calls = CallReader(question)
      let subjects = LimitSubjects(question.archive)
      while let number = begun() {
        let part = try ReadLimits.Part(question, during: stretches[number], subjects)
        paths.add(part.rejections?.all ?? [], &calls)
        parts.withLock { $0[number] = part }
      }
      self.paths.withLock { $0.add(paths) }
      try question.archive.checkTexts()
    }

    private func begun() -> Int? {
      next.withLock { next in
        guard next < stretches.count else { return nil }
        next += 1
        return next - 1
      }
    }

    var read: ReadLimits {
      ReadLimits(parts.withLock { $0.compactMap(\.self) }, paths.withLock { $0 })
    }
  }
}

/// The 429s and the plan limits of a range.
struct ReadLimits: Sendable {
  /// Those of some days.
  struct Part: Sendable {
    let rejections: RejectionLists?
    let planLimits: [PlanLimit]?

    init(_ question: Question, during stretch: TimeRange, _ subjects: LimitSubjects) throws {
      let reader = PlanLimitReader(question, subjects)
      let range = question.range
      var tallies = LimitTallies(Part.whole)
      rejections = try question.rejectionLists(
        during: stretch,
        alongside: { reader.count($0, during: range, in: &tallies) })
      planLimits =
        tallies.areTooMany
        ? nil : tallies.all.map { PlanLimit(tally: $0, subject: subjects[Int($0.subject)]) }
    }

    private static let whole = Reports.Part(number: 0, count: 1)
  }

  /// Nil of too many vendors.
  let rejections: RejectionLists?
  /// Of the routes that these have.
  let paths: RoutePaths
  /// Nil where there are too many.
  let planLimits: [PlanLimit]?

  init(_ parts: [Part], _ paths: RoutePaths) {
    self.paths = paths
    let limits = Future { ReadLimits.planLimits(of: parts) }
    let lists = parts.compactMap(\.rejections)
    rejections = lists.count == parts.count ? RejectionLists(joining: lists) : nil
    planLimits = (try? limits.value()) ?? nil
  }

  private static func planLimits(of parts: [Part]) -> [PlanLimit]? {
    let limits = parts.compactMap(\.planLimits)
    return limits.count == parts.count ? [PlanLimit](joining: limits) : nil
  }
}

extension [PlanLimit] {
  /// Those that are the same counted together; nil where there are too many.
  fileprivate init?(joining parts: [[PlanLimit]]) {
    var subjects: [LimitSubjects.Subject: Int] = [:]
    var tallies = LimitTallies(Reports.Part(number: 0, count: 1))
    var bySubject: [LimitSubjects.Subject] = []
    for part in parts {
      // What limits are on is numbered by who read them, the same in all of a part.
      var known: [Int32] = []
      for place in part.indices {
        let own = Int(part[place].tally.subject)
        if own >= known.count {
          known.append(contentsOf: repeatElement(-1, count: own + 1 - known.count))
        }
        if known[own] < 0 {
          let subject = part[place].subject
          let number = subjects[subject] ?? bySubject.count
          if number == bySubject.count {
            subjects[subject] = number
            bySubject.append(subject)
          }
          known[own] = Int32(number)
        }
        tallies.add(part[place].tally, on: Int(known[own]))
      }
    }
    if tallies.areTooMany { return nil }
    self = tallies.all.map { PlanLimit(tally: $0, subject: bySubject[Int($0.subject)]) }
  }
}
