/// Why a question has no answer, though the store can be read.
package struct QuestionError: Error, Sendable {
  package let message: String
  package let hint: Hint?

  package init(_ message: String, hint: Hint? = nil) {
    self.message = message
    self.hint = hint
  }

  /// What helps. How that is asked for, by a command and its options or otherwise, is known to whoever
  /// tells the error.
  package enum Hint: Sendable, Equatable {
    /// Words that hold however errata is used.
    case words(String)
    /// Import a log first: nothing is stored yet.
    case importFirst
    /// Ask about a single error by its id; the text says which can be.
    case findByID(String)
    /// Name one vendor, or none for all.
    case chooseVendor
  }
}

extension QuestionError.Hint: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self = .words(text) }
}
