internal import Events
package import Files
internal import JSON

/// Errors in the order in which they are asked: the first that fits a response tells its kind.
package final class ErrorTable: Sendable {
  package let rules: [ErrorRule]
  let looksIntoBody: Bool
  /// The statuses of its errors; empty where one is of any.
  private let statuses: [Int]
  private let phrases: Phrases
  private let index: CodeIndex
  /// The errors whose codes say for themselves what sort of error it is: one that merely sounds invalid
  /// does not, beside a word for the sort.
  private let telling: CodeIndex.Errors
  /// The errors that are told without a code, and those that are told without a phrase.
  private let codeless: CodeIndex.Errors
  private let wordless: CodeIndex.Errors

  init(_ objects: [ProfileObject], isFolded: Bool = false) throws {
    var phrases = Phrases(isFolded: isFolded)
    var index = CodeIndex()
    var telling = CodeIndex.Errors(repeating: 0)
    var codeless = telling
    var wordless = telling
    rules = try objects.enumerated().map { place, object in
      guard place < CodeIndex.most else {
        throw object.error(at: "code", "a profile has room for \(CodeIndex.most) errors")
      }
      let rule = try ErrorRule(object, place: place, phrases: &phrases, index: &index)
      if rule.kind != .validation, rule.kind != .server { telling.insert(place) }
      if rule.codes.isEmpty { codeless.insert(place) }
      if rule.messages.isEmpty { wordless.insert(place) }
      return rule
    }
    phrases.seal()
    index.seal()
    self.phrases = phrases
    self.index = index
    self.telling = telling
    self.codeless = codeless
    self.wordless = wordless
    statuses =
      rules.contains { $0.statuses.isEmpty } ? [] : Array(Set(rules.flatMap(\.statuses))).sorted()
    looksIntoBody = rules.contains(where: \.looksIntoBody)
  }

  /// Without any.
  init() {
    rules = []
    looksIntoBody = false
    statuses = []
    phrases = Phrases()
    index = CodeIndex()
    telling = CodeIndex.Errors(repeating: 0)
    codeless = telling
    wordless = telling
  }

  /// A table of its own, one file of `Kinds/`: what is meant whoever sends it.
  convenience init(_ value: JSONValue, file: String) throws {
    let object = try ProfileObject(value, file: file)
    try object.allow(["name", "title", "folded", "errors"])
    try self.init(try object.objects("errors"), isFolded: try object.bool("folded") ?? false)
  }

  /// How many texts its errors look for.
  var phraseCount: Int { phrases.count }

  /// Whether an error may be told of a response with a status.
  func tells(status: Int) -> Bool {
    statuses.isEmpty || statuses.contains(status)
  }

  /// The first that a response is. A 429 is never anything but a limit of some sort.
  package func rule(for facts: ErrorFacts) -> ErrorRule? {
    guard !rules.isEmpty else { return nil }
    return seeing(facts) { seen in
      var candidates = codeless | seen.code | seen.family
      if seen.phrases == Phrases.Found(repeating: 0) { candidates &= wordless }
      return candidates.first { place in
        let rule = rules[place]
        return (facts.status != 429 || rule.kind.limits) && rule.applies(to: seen)
      }.map { rules[$0] }
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

  private func seeing<Result>(
    _ facts: ErrorFacts, _ body: (inout ErrorRule.Seen) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: PlainCode.longest) { room in
      func errors(of code: Bytes?) -> CodeIndex.Errors {
        index.errors(of: PlainCode(room, code).bytes)
      }
      var seen = ErrorRule.Seen(
        facts: facts, code: errors(of: facts.code), family: errors(of: facts.family))
      if seen.code.meets(telling) { seen.family = seen.code }
      if !phrases.isEmpty, let message = facts.message { seen.phrases = phrases.find(in: message) }
      return body(&seen)
    }
  }
}
