/// Why somebody was not told. Of an address it says the scheme and the host, and nothing else.
package struct ChannelError: Error, Sendable, Equatable {
  package enum Cause: Sendable, Equatable {
    /// It is not written as it has to be.
    case spelling
    /// The file with the address cannot be read, or holds none.
    case address
    /// Nothing was heard of the other side, and it has heard nothing.
    case unreachable
    /// The connection ended, or time was up: nobody knows whether it arrived.
    case doubt
    /// It cannot be proven who the other side is.
    case certificate
    /// The other side said no, with a status of HTTP or of a program.
    case refused(Int)
    /// This machine cannot send it.
    case own
    /// Someone wanted it to end.
    case stopped
  }

  package var cause: Cause
  /// Who was not told, as a sentence begins with it; nil where the message says it.
  package var place: String?
  /// What about it: the rest of the sentence.
  package var message: String
  package var hint: String?
  /// How long the other side wants to be left alone, in milliseconds.
  package var retryAfter: Int64?

  package init(
    _ cause: Cause, of place: String? = nil, _ message: String, hint: String? = nil,
    retryAfter: Int64? = nil
  ) {
    self.cause = cause
    self.place = place
    self.message = message
    self.hint = hint
    self.retryAfter = retryAfter
  }

  /// Whether the same may go well a little later.
  package var isPassing: Bool {
    switch cause {
    case .unreachable, .doubt: true
    // 75 is what a program ends with that wants to be asked again: <https://man7.org/linux/man-pages/man3/sysexits.h.3head.html>.
    case .refused(let status): status == 75 || status == 408 || status == 429 || status >= 500
    case .spelling, .address, .certificate, .own, .stopped: false
    }
  }
}
