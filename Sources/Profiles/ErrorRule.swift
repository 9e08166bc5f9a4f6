package import Events
package import Files
package import JSON

/// What a response says of its error, as far as rules look at it.
package struct ErrorFacts {
  /// 0 when there was no response.
  package var status: Int
  package var code: Bytes?
  /// A word for the sort of error beside the code, such as Stripe's `type`.
  package var family: Bytes?
  package var message: Bytes?
  /// Whether the body names fields or parameters.
  package var hasIssues: Bool
  package var body: JSONValue?
  /// What a page says beside its title.
  package var page: Bytes?

  package init(
    status: Int, code: Bytes?, family: Bytes? = nil, message: Bytes?, hasIssues: Bool,
    body: JSONValue? = nil, page: Bytes? = nil
  ) {
    self.status = status
    self.code = code
    self.family = family
    self.message = message
    self.hasIssues = hasIssues
    self.body = body
    self.page = page
  }
}

/// One documented error: when it is meant, what it means, and what to do about it.
package final class ErrorRule: Sendable {
  /// Empty: any.
  package let statuses: [Int]
  /// Codes as the documentation writes them; empty: any, also none.
  package let codes: [String]
  /// Texts of which the message holds one; empty: any message.
  package let messages: [String]
  package let kind: Kind
  package let retry: RetryAdvice
  package let meaning: String
  package let advice: String?
  /// Its place in its table.
  let place: Int
  /// The messages by number, and those of which none may be there.
  private let wanted: Phrases.Found
  private let unwanted: Phrases.Found
  private let needsMessage: Bool
  /// Of these the message must hold one as well, wherever.
  private let companions: Phrases.Found
  private let needsCompanion: Bool
  /// Whether the body must name parameters or fields, or must not.
  private let issues: Bool?
  /// Places in the body whose text holds one of these.
  private let holds: [(path: BodyPath, texts: [String])]
  var looksIntoBody: Bool { !holds.isEmpty }

  /// An error as the rules of one profile see it.
  struct Seen {
    var facts: ErrorFacts
    /// The errors that have the code, and those that have the word for its sort.
    var code: CodeIndex.Errors
    var family: CodeIndex.Errors
    var phrases = Phrases.Found(repeating: 0)
  }

  init(
    _ object: ProfileObject, place: Int, phrases: inout Phrases, index: inout CodeIndex
  ) throws {
    self.place = place
    try object.allow([
      "status", "code", "message", "with", "except", "issues", "holds", "kind", "retry", "meaning",
      "advice",
    ])
    statuses = try object.integers("status")
    codes = try object.texts("code")
    messages = try object.texts("message")
    for code in codes {
      guard let pattern = CodePattern(code) else {
        throw object.error(at: "code", "“\(code)” is no code: it has no letter and no digit")
      }
      index.add(pattern, of: place)
    }
    wanted = try ErrorRule.found(messages, "message", object, &phrases)
    unwanted = try ErrorRule.found(try object.texts("except"), "except", object, &phrases)
    needsMessage = !messages.isEmpty
    let others = try object.texts("with")
    companions = try ErrorRule.found(others, "with", object, &phrases)
    needsCompanion = !others.isEmpty
    issues = try object.bool("issues")
    holds = try object.members("holds").map { name, member in
      (try object.path(name, of: "holds"), try object.texts(of: member, "holds.\(name)"))
    }
    kind = try object.choice("kind", among: ErrorRule.kinds)
    meaning = try object.optionalText("meaning") ?? ""
    advice = try object.optionalText("advice")
    retry = try object.optionalChoice("retry", among: ErrorRule.retries) ?? kind.advice
  }

  private static let kinds = Kind.allCases.map { ($0.name, $0) }
  private static let retries = RetryAdvice.allCases.map { ($0.rawValue, $0) }

  private static func found(
    _ texts: [String], _ key: String, _ object: ProfileObject, _ phrases: inout Phrases
  ) throws -> Phrases.Found {
    var found = Phrases.Found(repeating: 0)
    for text in texts {
      guard let number = phrases.number(of: text) else {
        throw object.error(
          at: key, "a profile has room for \(Phrases.most) texts, and none may be empty")
      }
      found.insert(number)
    }
    return found
  }

  /// Whether this is the error meant.
  func applies(to seen: borrowing Seen) -> Bool {
    if !statuses.isEmpty, !statuses.contains(seen.facts.status) { return false }
    if let issues, issues != seen.facts.hasIssues { return false }
    if needsMessage, !seen.phrases.meets(wanted) { return false }
    if needsCompanion, !seen.phrases.meets(companions) { return false }
    if seen.phrases.meets(unwanted) { return false }
    if !codes.isEmpty, !seen.code.has(place), !seen.family.has(place) { return false }
    for (path, texts) in holds {
      guard let text = seen.facts.body.flatMap({ path.value(in: $0) })?.string,
        texts.contains(where: { contains(text, $0) })
      else { return false }
    }
    return true
  }

  private func contains(_ text: Bytes, _ piece: String) -> Bool {
    let piece = Array(piece.utf8)
    guard !piece.isEmpty, piece.count <= text.count else { return false }
    return (0...(text.count - piece.count)).contains { start in
      text[start..<start + piece.count].elementsEqual(piece)
    }
  }
}
