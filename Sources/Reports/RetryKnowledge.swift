internal import Analysis
internal import Batches
internal import Events
internal import Files
internal import Profiles
internal import Questions
internal import Times

/// What vendors document of errors, and what errors say, for the retry audit.
final class RetryKnowledge: CallKnowledge {
  /// What is documented of an error.
  struct Policy: Hashable {
    var retry: RetryAdvice
    var text: String
  }

  private struct Key: Hashable {
    var vendor: Int32
    var status: Int32
    var kind: Kind
    var code: Int32
    var message: Int64
    var details: Int64
  }

  private let archive: any Archive
  private let catalog: Catalog
  private let vocabulary: Vocabulary
  private var policies: [Key: Policy] = [:]
  private var successes: SuccessMinutes
  /// Errors whose messages all differ have no end of them.
  private static let most = 1 << 16

  init(_ question: Question, _ catalog: Catalog) {
    archive = question.archive
    vocabulary = question.vocabulary
    self.catalog = catalog
    successes = SuccessMinutes(question)
  }

  func advice(for call: FailedCall) -> RetryAdvice { policy(for: call).retry }

  func policy(for call: FailedCall) -> Policy {
    let key = Key(
      vendor: call.vendor, status: call.status, kind: call.kind, code: call.code,
      message: call.message, details: call.details)
    if let known = policies[key] { return known }
    var event = Event(id: 0)
    event.vendor = vocabulary.vendors[Int(call.vendor)]
    event.status = call.status == 0 ? nil : Int(call.status)
    event.kind = call.kind
    event.code = vocabulary.codes[Int(call.code)]
    event.message = archive.text(call.message, in: .message)
    event.details = archive.text(call.details, in: .details)
    // Calls do not tell who answered.
    event.answeredBy = .vendor
    let advice = event.advice(from: catalog)
    if policies.count >= RetryKnowledge.most { policies.removeAll(keepingCapacity: true) }
    let policy = Policy(retry: advice.retry, text: advice.text)
    policies[key] = policy
    return policy
  }

  /// One text may stand in several rows of the store.
  func saySame(_ one: FailedCall, _ other: FailedCall) -> Bool {
    isSame(one.message, other.message, .message) && isSame(one.details, other.details, .details)
  }

  func hadSuccesses(between one: FailedCall, and other: FailedCall) -> Bool {
    successes.has(vendor: Int(other.vendor), from: one.time, to: other.time)
  }

  private func isSame(_ one: Int64, _ other: Int64, _ lexicon: Lexicon) -> Bool {
    one == other || archive.text(one, in: lexicon) == archive.text(other, in: lexicon)
  }
}

/// In which minutes vendors are known to have answered well. It is asked in order of time.
private struct SuccessMinutes {
  private let archive: any Archive
  private let vocabulary: Vocabulary
  private var loaded = TimeRange(since: 0, until: 0)
  /// Vendors and minutes, each a pair in one number: of many vendors a set each would be large.
  private var minutes: Set<UInt64> = []

  init(_ question: Question) {
    archive = question.wholeArchive
    vocabulary = question.vocabulary
  }

  /// Whether there are any in the minutes from one time to another. Where that cannot be
  /// read, nobody is to be accused.
  mutating func has(vendor: Int, from start: Int64, to end: Int64) -> Bool {
    let first = start.rounded(downTo: Milliseconds.minute)
    if first < loaded.since || end >= loaded.until {
      do {
        try load(TimeRange(since: first, until: end.addingClamped(Milliseconds.hour)))
      } catch {
        return true
      }
    }
    return stride(from: first, through: end, by: Int(Milliseconds.minute)).contains {
      minutes.contains(pair(vendor, $0))
    }
  }

  private mutating func load(_ range: TimeRange) throws {
    minutes = []
    try archive.successes(during: range) { count in
      guard count.count > 0 else { return }
      minutes.insert(pair(vocabulary.vendors.number(ofStored: count.vendor), count.time))
    }
    loaded = range
  }

  private func pair(_ vendor: Int, _ time: Int64) -> UInt64 {
    let minute = time.rounded(downTo: Milliseconds.minute) / Milliseconds.minute
    return UInt64(UInt32(truncatingIfNeeded: vendor)) << 32
      | UInt64(UInt32(truncatingIfNeeded: minute))
  }
}
