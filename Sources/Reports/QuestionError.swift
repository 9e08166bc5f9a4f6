/// A question that cannot be answered, and what to do about it.
package struct QuestionError: Error, Equatable {
  package let message: String
  package let hint: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
