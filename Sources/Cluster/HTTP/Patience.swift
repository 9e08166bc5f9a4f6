/// How long one goes on trying, in milliseconds.
package enum Patience {
  /// As someone who waits for an answer has it.
  package static let reader: Int64 = 10_000
  /// As a transfer has it, which can be gone on with.
  package static let sender: Int64 = 600_000
  package static let endless = Int64.max
}
