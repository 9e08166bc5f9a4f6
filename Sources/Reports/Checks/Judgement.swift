internal import Checks

/// What a rule finds in a stretch of time, by subject: what is remembered of a subject counts always,
/// and of all others as many as are told, those with the largest counts.
struct Judgement {
  /// Something observed, and words for it where its numbers are not enough.
  struct Finding {
    var observation: Observation
    var phrase: String?
    /// The length that it was counted over, where a subject has several.
    var window: Int64?
  }

  private struct Subject {
    var name: [String?]
    var findings: [Finding]
  }

  /// Subjects of which something is remembered.
  private let remembered: Set<[String?]>
  private var known: [[String?]: [Finding]] = [:]
  private var others = Ranking<Subject>(Top.usual.findings)
  /// Why a subject cannot be judged.
  private(set) var unknown: [[String?]: String] = [:]
  /// How error budgets stand at the end of the time, the worst of a rule's first.
  var budgets = BudgetList()
  /// What could not be judged, whatever the subject.
  var note: String?
  private var more = 0

  init(remembering remembered: Set<[String?]> = []) {
    self.remembered = remembered
  }

  /// Of a subject once and for all.
  mutating func add(_ observations: [Observation], to subject: () -> [String?]) {
    if observations.isEmpty { return }
    let size = (observations.filter(\.isCrossed).map(\.counted).max() ?? -1, Int64(0))
    // What was not crossed says something of what was crossed before, and else nothing.
    if remembered.isEmpty {
      if size.0 < 0 { return }
      if !others.mayHold(size) { return others.pass() }
    }
    add(observations.map { Finding(observation: $0, phrase: nil) }, size, to: subject())
  }

  /// What was found of a subject, once and for all.
  mutating func add(_ findings: [Finding], to subject: [String?]) {
    let size = findings.filter(\.observation.isCrossed).map(\.observation.counted).max()
    guard size != nil || remembered.contains(subject) else { return }
    add(findings, (size ?? 0, 0), to: subject)
  }

  /// Of a subject that may have several, all in a row.
  mutating func add(_ observation: Observation, _ phrase: String, to subject: [String?]) {
    let finding = Finding(observation: observation, phrase: phrase)
    add([finding], (observation.counted, 0), to: subject)
  }

  private mutating func add(
    _ findings: [Finding], _ size: Ranking<Subject>.Size, to subject: [String?]
  ) {
    if remembered.contains(subject) {
      known[subject, default: []] += findings
    } else {
      others.add(Subject(name: subject, findings: findings), size: size) {
        GroupName(parts: subject.map { .init($0) })
      }
    }
  }

  mutating func add(unknown subject: [String?], _ reason: String) {
    if unknown.count < Top.usual.findings || remembered.contains(subject) {
      unknown[subject] = reason
    } else {
      more += 1
    }
  }

  /// Counts what was found and is not told.
  mutating func leaveOut(_ count: Int) { more += count }

  /// Adds what was found of other subjects.
  mutating func add(_ other: Judgement) {
    known.merge(other.known) { $0 + $1 }
    others.add(other.others)
    for (subject, reason) in other.unknown { add(unknown: subject, reason) }
    more += other.more
    budgets.add(other.budgets)
    note = note ?? other.note
  }

  /// What was found of each subject.
  var findings: [[String?]: [Finding]] {
    others.groups.reduce(into: known) { $0[$1.name, default: []] += $1.findings }
  }

  /// How many findings there are beyond these.
  var leftOut: Int { others.others + more }
}

extension [Judgement.Finding] {
  var observations: [Observation] {
    map(\.observation).sorted { ($0.since, $0.until) < ($1.since, $1.until) }
  }

  /// Over what length the worst of a crossing was counted; nil where that was not found this time.
  func window(of crossing: Crossing) -> Int64? {
    first {
      ($0.observation.counted, $0.observation.requests) == (crossing.counted, crossing.requests)
    }?
    .window
  }

  /// The words for a crossing: those of the largest thing in it.
  func phrase(for crossing: Crossing) -> String? {
    filter {
      $0.observation.since <= crossing.last && $0.observation.until >= crossing.since
    }
    .max { $0.observation.counted < $1.observation.counted }?.phrase
  }
}
