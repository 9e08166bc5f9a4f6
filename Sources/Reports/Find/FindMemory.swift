internal import Questions
internal import Times

/// What takes long to find and is the same for many events, so that it is looked for once.
package struct FindMemory {
  /// What is known under a name, or else what `find` finds. What is `exact` holds for as long as the
  /// store is as it was, anything else for a while.
  package typealias Recall = (
    _ name: String, _ isExact: Bool, _ find: () throws -> any Sendable
  ) throws -> any Sendable

  private let recall: Recall

  /// One that lasts as long as `recall` says.
  package init(_ recall: @escaping Recall) {
    self.recall = recall
  }

  /// One that lasts as long as itself.
  package init() {
    var known: [String: any Sendable] = [:]
    recall = { name, _, find in
      let value = try known[name] ?? find()
      known[name] = value
      return value
    }
  }

  func value<Value: Sendable>(
    _ name: String, isExact: Bool = false, _ find: () throws -> Value
  ) throws -> Value {
    try recall(name, isExact, find) as? Value ?? find()
  }

  /// From when to when an archive has events and counts; nil where it has none.
  func extent(of archive: any Archive) throws -> TimeRange? {
    let times = try value("extent", isExact: true) {
      try archive.extent().map { [$0.since, $0.until] } ?? []
    }
    return times.count == 2 ? TimeRange(since: times[0], until: times[1]) : nil
  }
}
