internal import Events
package import Files
internal import JSON

/// Errors in the order in which they are asked: the first that fits a response tells its kind.
package final class ErrorTable: Sendable {
  package let rules: [ErrorRule]
  let looksIntoBody: Bool
  private let phrases: Phrases

  init(_ objects: [ProfileObject]) throws {
    var phrases = Phrases()
    rules = try objects.map { try ErrorRule($0, phrases: &phrases) }
    phrases.seal()
    self.phrases = phrases
    looksIntoBody = rules.contains(where: \.looksIntoBody)
  }

  /// A table of its own, one file of `Kinds/`: what is meant whoever sends it.
  convenience init(_ value: JSONValue, file: String) throws {
    let object = try ProfileObject(value, file: file)
    try object.allow(["name", "title", "errors"])
    try self.init(try object.objects("errors"))
  }

  /// The first that a response is. A 429 is never anything but a limit of some sort.
  package func rule(for facts: ErrorFacts) -> ErrorRule? {
    guard !rules.isEmpty else { return nil }
    return seeing(facts) { seen in
      for rule in rules where facts.status != 429 || rule.kind.limits {
        if rule.applies(to: seen) { return rule }
      }
      return nil
    }
  }

  /// Whether a code is that of one of the errors, whatever the status.
  package func documents(code: Bytes?, message: Bytes?) -> Bool {
    guard code != nil else { return false }
    let facts = ErrorFacts(status: 0, code: code, message: message, hasIssues: false)
    return seeing(facts) { seen in
      for rule in rules where !rule.codes.isEmpty {
        seen.facts.status = rule.statuses.first ?? 0
        if rule.applies(to: seen) { return true }
      }
      return false
    }
  }

  /// Whether a code says for itself what sort of error it is: one that merely sounds invalid does
  /// not, beside a word for the sort.
  private func knows(_ code: Bytes) -> Bool {
    rules.contains { $0.kind != .validation && $0.kind != .server && $0.isMeant(by: code) }
  }

  private func seeing<Result>(
    _ facts: ErrorFacts, _ body: (inout ErrorRule.Seen) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: PlainCode.longest * 2) { room in
      let half = PlainCode.longest
      var seen = ErrorRule.Seen(
        facts: facts,
        code: PlainCode(UnsafeMutableBufferPointer(rebasing: room[..<half]), facts.code).bytes,
        family: PlainCode(UnsafeMutableBufferPointer(rebasing: room[half...]), facts.family).bytes)
      if !seen.family.isEmpty, knows(seen.code) { seen.family = seen.code }
      if !phrases.isEmpty, let message = facts.message { seen.phrases = phrases.find(in: message) }
      return body(&seen)
    }
  }
}
