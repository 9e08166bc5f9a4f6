internal import Files

/// What messages mean by words that stand anywhere in them, where no phrase of theirs says it.
package enum Wordings {
  /// A file in the binary, which a test reads; it is read when the first such message comes.
  package static let words = Result { try Catalog.table("Kinds/words.json") }

  /// What is asked before: faults that are named.
  package static let faults = Result { try Catalog.table("Kinds/faults.json") }

  /// What the words of the message mean, wherever in it they stand; else those of its code, else those
  /// of the page.
  static func rule(for facts: ErrorFacts) -> ErrorRule? {
    let tables = [faults, words].compactMap { try? $0.get() }.filter {
      $0.tells(status: facts.status)
    }
    func rule(for text: Bytes) -> ErrorRule? {
      let facts = ErrorFacts(status: facts.status, code: nil, message: text, hasIssues: false)
      return tables.lazy.compactMap { $0.rule(for: facts) }.first
    }
    func rule(forCode code: Bytes) -> ErrorRule? {
      CodeAsWords.text(of: code).withUnsafeBufferPointer { rule(for: $0) }
    }
    if let message = facts.message?.part(0..<longestMessage) {
      // `Not_Enough_Funds` is a code in the place of a message.
      let isCode = message.place(of: 0x20) == nil
      if let told = isCode ? rule(forCode: message) : rule(for: message) { return told }
    }
    return facts.code.flatMap { rule(forCode: $0) } ?? facts.page.flatMap { rule(for: $0) }
  }

  /// Longer messages tell of much besides.
  private static let longestMessage = 600
}
