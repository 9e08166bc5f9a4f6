internal import Analysis
internal import Events
internal import Store

/// How many errors would not have come, by what their vendors document of them.
struct PolicyCounts {
  /// What errors are told apart by, where their vendors' advice is told.
  struct Key {
    var vendor: Int32
    var status: Int32
    var code: Int32
    var policy: RetryKnowledge.Policy
  }

  private var policies: [RetryKnowledge.Policy] = []
  private var policyNumbers: [RetryKnowledge.Policy: Int32] = [:]
  private var numbers = CombinationNumbers()
  private var keys: [(vendor: Int32, status: Int32, code: Int32, policy: Int32)] = []
  private var counts: [Int64] = []

  mutating func add(_ call: FailedCall, _ policy: RetryKnowledge.Policy, _ errors: Int64) {
    add(vendor: call.vendor, status: call.status, code: call.code, policy, errors)
  }

  mutating func add(_ other: PolicyCounts) {
    for (key, count) in zip(other.keys, other.counts) {
      add(
        vendor: key.vendor, status: key.status, code: key.code, other.policies[Int(key.policy)],
        count)
    }
  }

  private mutating func add(
    vendor: Int32, status: Int32, code: Int32, _ policy: RetryKnowledge.Policy, _ errors: Int64
  ) {
    let number = policyNumbers[policy] ?? Int32(policies.count)
    if number == policies.count {
      policies.append(policy)
      policyNumbers[policy] = number
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
      let policy = policies[Int(key.policy)]
      let group = Key(vendor: key.vendor, status: key.status, code: key.code, policy: policy)
      ranking.add(group, size: (count, 0)) {
        GroupName(parts: [
          .init(vocabulary.vendors[Int(key.vendor)]), .number(Int64(key.status)),
          .init(vocabulary.codes[Int(key.code)]), .text(policy.text),
        ])
      }
    }
    return ranking
  }
}
