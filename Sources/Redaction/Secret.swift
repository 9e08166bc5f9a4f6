internal import Files

/// A stretch of text that is to be hidden.
struct Secret {
  var start: Int
  var end: Int
  /// What the tag calls it.
  var kind: StaticString
  var hash: UInt64 = 0

  /// The same without half of a backslash escape at either end: what is left must stay JSON.
  func outsideEscapes(of text: Bytes) -> Secret {
    var secret = self
    if isEscaped(text, at: start) {
      secret.start += text[start] == UInt8(ascii: "u") ? 5 : 1
    }
    if end > start, end < text.count, isEscaped(text, at: end) { secret.end -= 1 }
    secret.start = min(secret.start, end)
    secret.end = max(secret.end, secret.start)
    return secret
  }

  /// Whether an odd number of backslashes stands before a place.
  private func isEscaped(_ text: Bytes, at place: Int) -> Bool {
    var before = place
    while before > 0, text[before - 1] == UInt8(ascii: "\\") { before -= 1 }
    return (place - before) % 2 == 1
  }
}
