/// Response headers that say something of an error, best first. Names are compared by letters and
/// digits alone, wherever in a line headers are logged.
package struct HeaderProfile: Sendable {
  /// The vendor's id of the request.
  package let requestID: [String]
  /// How long to wait.
  package let retryAfter: [String]
  /// When the limit begins anew: a delay, a time, or a Go duration; read only of limits.
  package let reset: [String]
  /// How much is left of the limit that `reset` is about.
  package let remaining: [String]
  /// What is left of quotas, of how much, until when: the name of each tells what.
  package let quota: [String]
  /// The code.
  package let code: [String]
  /// What it says, where it says so in a header.
  package let message: [String]

  init(_ object: ProfileObject?) throws {
    try object?.allow([
      "request_id", "retry_after", "reset", "remaining", "quota", "code", "message",
    ])
    func names(_ key: String) throws -> [String] {
      try object?.texts(key).map(normalisedPath) ?? []
    }
    requestID = try names("request_id")
    retryAfter = try names("retry_after")
    reset = try names("reset")
    remaining = try names("remaining")
    quota = try names("quota")
    code = try names("code")
    message = try names("message")
  }
}
