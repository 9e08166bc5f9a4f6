internal import Analysis
internal import Answers
internal import Events
internal import Files
internal import Questions
internal import Times

/// A value that failures of an incident have, beside how many errors had it before.
struct IncidentTrait: Described {
  var field: String
  /// Nil of those that have none.
  var value: String?
  /// How many of the failures that were read have it.
  var failures: Int
  var ofFailures: Int
  /// How many of the vendors' other errors of the week before have it.
  var others: Int
  var ofOthers: Int

  var share: Double { Double(failures) / Double(max(1, ofFailures)) }
  var shareOfOthers: Double { Double(others) / Double(max(1, ofOthers)) }
  /// Whether most failures have it, and twice as often as other errors.
  var isTelling: Bool {
    share >= 0.5 && (ofOthers == 0 || share >= 2 * shareOfOthers)
  }

  static let fields: Fields<IncidentTrait> = [
    Field("field", as: .word(IncidentTraits.fieldNames), "of what it is a value") {
      .text($0.field)
    },
    Field("value", "the value; null of those that have none") { $0.value },
    Field("failures", "how many of its failures have it, of those that were read") {
      $0.failures
    },
    Field("of_failures", "how many of them were read") { $0.ofFailures },
    Field("others", "how many other errors of its vendors in the week before have it") {
      $0.others
    },
    Field("of_others", "of how many that were read") { $0.ofOthers },
  ]
}

/// What failures have in common that other errors have not.
struct IncidentTraits {
  static let traits: [ResponseField] = [.route, .consumer, .code, .status, .gateway]
  static let fieldNames = traits.map(\.rawValue) + ["answered_by"]

  /// By field, how many errors have a value, by its number.
  private struct Counts {
    var all = 0
    var values: [[Int: Int]] = IncidentTraits.fieldNames.map { _ in [:] }

    mutating func add(_ error: ResponseCount) {
      all += 1
      for (place, field) in IncidentTraits.traits.enumerated() {
        values[place][error.number(of: field), default: 0] += 1
      }
      let by = AnsweredBy.allCases.firstIndex(of: error.answeredBy) ?? 0
      values[values.count - 1][by, default: 0] += 1
    }
  }

  /// What is most unlike other errors first: the three most frequent values of each field.
  private(set) var all: [IncidentTrait] = []

  /// So many errors are read of the incident, and as many of the week before.
  private static let most = 20_000

  init(of incident: Incident, _ question: Question) throws {
    var own = Counts()
    var others = Counts()
    let week = TimeRange(
      since: incident.start.addingClamped(-7 * Milliseconds.day), until: incident.start)
    let time = TimeRange(since: incident.start, until: incident.end)
    for slice in Self.slices(of: time) {
      try question.eachError(during: slice, most: Self.most / 8) { error in
        if incident.isMade(of: error) { own.add(error) }
        return true
      }
    }
    for slice in Self.slices(of: question.covered(week)) {
      try question.eachError(during: slice, most: Self.most / 8) { error in
        if incident.numbers.contains(error.vendor) { others.add(error) }
        return true
      }
    }
    for (place, name) in Self.fieldNames.enumerated() {
      let frequent = own.values[place].filter { $0.value * 20 >= own.all }.map { number, count in
        (number: number, count: count, text: Self.text(of: number, place, question.vocabulary))
      }
      .sorted { ($1.count, $0.text ?? "") < ($0.count, $1.text ?? "") }.prefix(3)
      all += frequent.map { number, count, text in
        IncidentTrait(
          field: name, value: text,
          failures: count, ofFailures: own.all, others: others.values[place][number] ?? 0,
          ofOthers: others.all)
      }
    }
    all.sort { one, other in
      let (a, b) = (one.share - one.shareOfOthers, other.share - other.shareOfOthers)
      return a != b ? a > b : (one.field, one.value ?? "") < (other.field, other.value ?? "")
    }
  }

  private static func text(of number: Int, _ place: Int, _ vocabulary: Vocabulary) -> String? {
    guard traits.indices.contains(place) else { return AnsweredBy.allCases[number].name }
    return switch traits[place] {
    case .route: vocabulary.routes[number]
    case .consumer: vocabulary.consumers[number]
    case .code: vocabulary.codes[number]
    case .gateway: vocabulary.gateways[number]
    default: number == 0 ? nil : String(number)
    }
  }

  /// Eight parts: of each as much is read.
  private static func slices(of range: TimeRange) -> [TimeRange] {
    let step = max(1, (range.until - range.since + 7) / 8)
    return (0..<8).map { part in
      let start = min(range.until, range.since + Int64(part) * step)
      return TimeRange(since: start, until: min(range.until, start + step))
    }
  }
}

extension IncidentTrait {
  /// `212 of 212 failures have the code DOWN; of 69 other errors in the week before none has.`
  var words: String {
    let noun = field == "answered_by" ? "answerer" : field
    let value = value.map { "the \(noun) \($0)" } ?? "no \(noun)"
    let part = "\(grouped(Int64(failures))) of \(count(Int64(ofFailures), "failure"))"
    let before =
      ofOthers == 0
      ? "in the week before there was no other error"
      : "of \(count(Int64(ofOthers), "other error")) in the week before, "
        + (others == 0 ? "none" : grouped(Int64(others))) + " had"
    return "\(part) had \(value); \(before)."
  }
}
