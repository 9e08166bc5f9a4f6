internal import Analysis
internal import Events
internal import Files
internal import Questions

/// How many errors would not have come, by what their vendors document of them.
struct PolicyCounts {
  /// What errors are told apart by, where their vendors' advice is told.
  struct Key {
    var vendor: Int32
    var status: Int32
    var code: Int32
    var kind: Kind
    var policy: RetryKnowledge.Policy
  }

  /// What is documented of errors of a kind.
  private struct Advice: Hashable {
    var kind: Kind
    var policy: RetryKnowledge.Policy
  }

  private var advice: [Advice] = []
  private var adviceNumbers: [Advice: Int32] = [:]
  private var numbers = CombinationNumbers()
  private var keys: [(vendor: Int32, status: Int32, code: Int32, advice: Int32)] = []
  private var counts: [Int64] = []

  mutating func add(_ call: FailedCall, _ policy: RetryKnowledge.Policy, _ errors: Int64) {
    let advice = Advice(kind: call.kind, policy: policy)
    add(vendor: call.vendor, status: call.status, code: call.code, advice, errors)
  }

  mutating func add(_ other: PolicyCounts) {
    for (key, count) in zip(other.keys, other.counts) {
      add(
        vendor: key.vendor, status: key.status, code: key.code, other.advice[Int(key.advice)],
        count)
    }
  }

  private mutating func add(
    vendor: Int32, status: Int32, code: Int32, _ own: Advice, _ errors: Int64
  ) {
    let number = adviceNumbers[own] ?? Int32(advice.count)
    if number == advice.count {
      advice.append(own)
      adviceNumbers[own] = number
    }
    let place = numbers.number(of: vendor, status, code, number)
    if place == counts.count {
      keys.append((vendor, status, code, number))
      counts.append(0)
    }
    counts[place] += errors
  }

  /// The most frequent.
  func ranking(_ most: Int, naming vocabulary: Vocabulary) -> Ranking<Key> {
    var ranking = Ranking<Key>(most)
    for (key, count) in zip(keys, counts) {
      let own = advice[Int(key.advice)]
      let group = Key(
        vendor: key.vendor, status: key.status, code: key.code, kind: own.kind, policy: own.policy)
      ranking.add(group, size: (count, 0)) {
        GroupName(parts: [
          .init(vocabulary.vendors[Int(key.vendor)]), .number(Int64(key.status)),
          .init(vocabulary.codes[Int(key.code)]), .text(own.kind.name + own.policy.text),
        ])
      }
    }
    return ranking
  }
}
