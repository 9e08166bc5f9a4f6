/// What is remembered of a rule that a job watches.
package struct CheckedRule: Sendable, Equatable {
  /// One way to write the rule.
  package var rule: String
  /// Up to when it was judged; milliseconds since the epoch, as all times.
  package var judged: Int64
  /// The newest batch that was there then.
  package var batch: Int64
  package var crossings: [Crossing]

  /// What was told of a subject.
  package struct Crossing: Sendable, Hashable {
    /// Texts in JSON.
    package var subject: String
    /// Whether it could not be judged.
    package var isUnknown: Bool
    package var since: Int64
    package var last: Int64
    package var near: Int64
    package var counted: Int64
    package var requests: Int64
    package var told: Int64
    package var over: Int64?

    package init(
      subject: String, isUnknown: Bool = false, since: Int64, last: Int64, near: Int64,
      counted: Int64 = 0, requests: Int64 = 0, told: Int64, over: Int64? = nil
    ) {
      self.subject = subject
      self.isUnknown = isUnknown
      self.since = since
      self.last = last
      self.near = near
      self.counted = counted
      self.requests = requests
      self.told = told
      self.over = over
    }
  }

  package init(rule: String, judged: Int64, batch: Int64, crossings: [Crossing] = []) {
    self.rule = rule
    self.judged = judged
    self.batch = batch
    self.crossings = crossings
  }
}
