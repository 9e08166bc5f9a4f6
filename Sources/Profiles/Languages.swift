internal import Files
internal import JSON

/// What messages mean in other languages, whoever sends them. Most logs have none of them, so that a
/// table is read when the first comes.
package enum Languages {
  /// Of those written in letters that Latin has not, and of others. Both are files in the binary, which
  /// a test reads: one that cannot be read says nothing.
  package static let east = Result { try Catalog.table("Kinds/east.json") }
  package static let west = Result { try Catalog.table("Kinds/west.json") }

  /// What the message of an error says, where it is in another language.
  static func rule(for facts: ErrorFacts) -> ErrorRule? {
    guard let message = facts.message?.part(0..<longestSentence) else { return nil }
    let isEastern = message.contains { $0 >= 0xD0 }
    guard let table = try? (isEastern ? east : west).get(), table.tells(status: facts.status) else {
      return nil
    }
    var facts = facts
    facts.code = nil
    facts.family = nil
    facts.message = message
    if isEastern { return table.rule(for: facts) }
    return Folding.folded(message).withUnsafeBufferPointer { message in
      facts.message = message
      return table.rule(for: facts)
    }
  }

  /// What an error is about stands at the beginning of its message.
  private static let longestSentence = 160
}
