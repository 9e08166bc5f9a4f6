/// A time, zone or length that was asked for and cannot be read: what is wrong, what to try.
package struct TimeError: Error, Equatable {
  package let message: String
  package let hint: String

  package init(message: String, hint: String) {
    self.message = message
    self.hint = hint
  }
}
