internal import Checks

/// What a rule finds in a stretch of time, by subject.
struct Judgement {
  /// Something observed, and words for it where its numbers are not enough.
  struct Finding {
    var observation: Observation
    var phrase: String?
  }

  private(set) var findings: [[String?]: [Finding]] = [:]
  /// Why a subject cannot be judged.
  var unknown: [[String?]: String] = [:]
  /// What could not be judged, whatever the subject.
  var note: String?

  mutating func add(_ observations: [Observation], to subject: [String?]) {
    if observations.isEmpty { return }
    findings[subject, default: []] += observations.map { Finding(observation: $0, phrase: nil) }
  }

  mutating func add(_ observation: Observation, _ phrase: String, to subject: [String?]) {
    findings[subject, default: []].append(Finding(observation: observation, phrase: phrase))
  }

  func observations(of subject: [String?]) -> [Observation] {
    (findings[subject] ?? []).map(\.observation).sorted {
      ($0.since, $0.until) < ($1.since, $1.until)
    }
  }

  /// The words for a crossing: those of the largest thing in it.
  func phrase(for crossing: Crossing) -> String? {
    (findings[crossing.subject] ?? [])
      .filter {
        $0.observation.since <= crossing.last && $0.observation.until >= crossing.since
      }
      .max { $0.observation.counted < $1.observation.counted }?.phrase
  }
}
