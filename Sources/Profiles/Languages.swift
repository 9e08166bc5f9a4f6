internal import Files
internal import JSON

/// What messages mean in other languages, whoever sends them. Most logs have none of them, so that a
/// table is read when the first comes.
package enum Languages {
  /// Of those written in letters that Latin has not, and of others. Both are files in the binary, which
  /// a test reads: one that cannot be read says nothing.
  package static let east = Result { try table("Kinds/east.json") }
  package static let west = Result { try table("Kinds/west.json") }

  private static func table(_ name: String) throws -> ErrorTable {
    guard let file = Catalog.embedded.first(where: { $0.name == name }) else {
      throw ProfileError(file: name, message: "the table is missing")
    }
    let parser = JSONParser()
    return try withExtendedLifetime(parser) {
      try ErrorTable(try Catalog.value(of: file.text, name, parser), file: name)
    }
  }

  /// What the message of an error says, where it is in another language.
  static func rule(for facts: ErrorFacts) -> ErrorRule? {
    guard let message = facts.message?.part(0..<longestSentence),
      let table = try? (message.contains { $0 >= 0xD0 } ? east : west).get(),
      table.tells(status: facts.status)
    else { return nil }
    var facts = facts
    facts.message = message
    facts.code = nil
    facts.family = nil
    return table.rule(for: facts)
  }

  /// What an error is about stands at the beginning of its message.
  private static let longestSentence = 160
}
