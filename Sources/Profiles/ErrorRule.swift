package import Events
internal import JSON

/// One documented error: when it is meant, what it means, and what to do about it.
package final class ErrorRule: Sendable {
  /// Empty: any.
  package let statuses: [Int]
  /// Codes as the documentation writes them; empty: any, also none.
  package let codes: [String]
  package let kind: Kind
  package let retry: RetryAdvice
  package let meaning: String
  package let advice: String?
  /// Codes made comparable.
  private let plainCodes: [[UInt8]]
  /// Texts in lower case of which the message holds one; empty: any message.
  private let messages: [[UInt8]]
  /// Texts of which the message holds none.
  private let exceptions: [[UInt8]]
  /// Whether the body must name parameters or fields.
  private let needsIssues: Bool

  init(_ object: ProfileObject) throws {
    try object.allow([
      "status", "code", "message", "except", "issues", "kind", "retry", "meaning", "advice",
    ])
    statuses = object.integers("status")
    codes = object.texts("code")
    plainCodes = codes.map { $0.utf8.map(plain) }
    messages = object.texts("message").map { Array($0.lowercased().utf8) }
    exceptions = object.texts("except").map { Array($0.lowercased().utf8) }
    needsIssues = object.value["issues"]?.bool == true
    let kindName = try object.text("kind")
    guard let kind = Kind(named: kindName) else {
      throw ProfileError(file: object.file, message: "there is no kind “\(kindName)”")
    }
    self.kind = kind
    meaning = object.optionalText("meaning") ?? ""
    advice = object.optionalText("advice")
    if let name = object.optionalText("retry") {
      guard let retry = RetryAdvice(rawValue: name) else {
        throw ProfileError(file: object.file, message: "there is no retry advice “\(name)”")
      }
      self.retry = retry
    } else {
      retry = kind.advice
    }
  }

  /// Whether this is the error meant. `status` is 0 when there was no response.
  package func applies(status: Int, code: Bytes?, message: Bytes?, hasIssues: Bool) -> Bool {
    if !statuses.isEmpty, !statuses.contains(status) { return false }
    if needsIssues, !hasIssues { return false }
    if !plainCodes.isEmpty {
      guard let code else { return false }
      if !plainCodes.contains(where: { isSame(code, $0) }) { return false }
    }
    if messages.isEmpty, exceptions.isEmpty { return true }
    guard let message else { return messages.isEmpty }
    if !messages.isEmpty, !messages.contains(where: { holds(message, $0) }) { return false }
    return !exceptions.contains { holds(message, $0) }
  }
}

/// Codes are compared in lower case, with `_` for every separator.
private func plain(_ byte: UInt8) -> UInt8 {
  switch byte {
  case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: " "): UInt8(ascii: "_")
  default: lowercased(byte)
  }
}

private func isSame(_ code: Bytes, _ plainCode: [UInt8]) -> Bool {
  code.count == plainCode.count && zip(code, plainCode).allSatisfy { plain($0) == $1 }
}

/// Whether text holds a piece that is given in lower case; only ASCII letters change case.
private func holds(_ text: Bytes, _ piece: [UInt8]) -> Bool {
  guard let first = piece.first, piece.count <= text.count else { return false }
  for start in 0...(text.count - piece.count) where lowercased(text[start]) == first {
    var place = 1
    while place < piece.count, lowercased(text[start + place]) == piece[place] { place += 1 }
    if place == piece.count { return true }
  }
  return false
}
