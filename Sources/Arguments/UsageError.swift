/// A command line that cannot be understood: what is wrong, and what to try. Both may quote the
/// user and are made visible by whoever prints them.
package struct UsageError: Error, Equatable, CustomStringConvertible {
  package let message: String
  package let hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  package var description: String { hint.map { "\(message)\n\($0)" } ?? message }
}
