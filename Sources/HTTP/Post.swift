/// A body for an address, and how long it may take to bring it there.
package struct Post: Sendable {
  package var url: String
  /// Lines of the head.
  package var headers: [String]
  package var body: [UInt8]
  /// Who asks. A password is sent with a user only.
  package var user: String?
  package var password: String?
  /// A file of certificates to trust in place of the system's.
  package var authorities: String?
  /// Whether it must not be done twice.
  package var isOnce = false
  /// Whether it goes to the host itself, whatever proxy the environment names.
  package var isDirect = false
  /// So many bytes of an answer are taken.
  package var mostBytes = 1 << 30
  /// Names of fields of the answer's head that are wanted, in lower case.
  package var kept: Set<String> = []
  /// Milliseconds within which it must be connected, and done.
  package var connectTime = 10_000
  package var totalTime = 300_000

  package init(_ url: String, headers: [String], body: [UInt8]) {
    self.url = url
    self.headers = headers
    self.body = body
  }
}

/// What came of it. Redirections are answers like others: they are not followed.
package struct PostAnswer {
  package var transfer: Transfer
  /// 0 where there was none.
  package var status: Int
  package var head: AnswerHead
  /// Empty where a receiver took it.
  package var body: [UInt8]
  /// How many bytes of a body came, as they were sent.
  package var received: Int64

  /// Whether nothing of the answer is missing, as far as it says where it ends.
  package var isWhole: Bool { transfer.end == .whole && head.isWhole && head.tellsEnd }
}
