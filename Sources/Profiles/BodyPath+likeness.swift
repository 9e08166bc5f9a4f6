package import Files
internal import JSON

extension BodyPath {
  /// Whether a value is what the path wants.
  func isAlike(_ value: JSONValue) -> Bool {
    switch likeness {
    case .any: true
    case .symbol: value.string.map(isSymbol) ?? (value.shape == .number)
    case .token, .local: value.string.map(isToken) ?? (value.shape == .number)
    case .prose: value.string.map { !isToken($0) } ?? false
    case .text: value.isString
    case .number: value.shape == .number
    case .list: value.isArray
    case .screaming: value.string.map(isScreaming) ?? false
    case .word: value.string.map(isWord) ?? false
    case .exception: value.string.map(isException) ?? false
    case .uri: value.string.map(isURI) ?? false
    case .id: value.string.map(isID) ?? false
    case .fields: isFields(value)
    }
  }
}

/// Whether text is a code, and no reason phrase.
private func isToken(_ text: Bytes) -> Bool {
  isSymbol(text) && !reasonPhrases.contains { text.isEqual(to: $0) }
}

/// Whether text is a code rather than a sentence.
private func isSymbol(_ text: Bytes) -> Bool {
  guard let last = text.last, text.count <= 200 else { return false }
  for byte in text where byte <= 0x20 || byte >= 0x80 || byte == UInt8(ascii: ",") { return false }
  switch last {
  case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ":"): return false
  default: return true
  }
}

/// HTTP's reason phrases of one word: they say no more than the status.
private let reasonPhrases: [StaticString] = [
  "Unauthorized", "Forbidden", "Conflict", "Gone", "Locked", "Unauthenticated",
]

package func isScreaming(_ text: Bytes) -> Bool {
  var hasLetter = false
  for byte in text {
    switch byte {
    case 0x41...0x5A: hasLetter = true
    case 0x30...0x39, UInt8(ascii: "_"): break
    default: return false
    }
  }
  return hasLetter
}

private func isWord(_ text: Bytes) -> Bool {
  text.count > 2
    && text.allSatisfy { (0x61...0x7A).contains(lowercased($0)) || $0 == UInt8(ascii: "_") }
}

private func isException(_ text: Bytes) -> Bool {
  isToken(text)
    && exceptions.contains { ending in
      text.count > ending.utf8CodeUnitCount && text.ends(with: ending)
    }
}

private let exceptions: [StaticString] = ["Error", "Exception", "Fault", "Response"]

private func isURI(_ text: Bytes) -> Bool {
  guard let colon = text.place(of: UInt8(ascii: ":")), text.place(of: 0x20) == nil else {
    return false
  }
  return text.starts(with: "urn:".utf8)
    || colon + 2 < text.count && text[colon + 1] == UInt8(ascii: "/")
      && text[colon + 2] == UInt8(ascii: "/")
}

private func isID(_ text: Bytes) -> Bool {
  text.count >= 4 && !text.contains { $0 <= 0x20 || $0 == UInt8(ascii: "/") }
}

private func isFields(_ value: JSONValue) -> Bool {
  var members = value.members
  guard let first = members.next() else { return false }
  func isField(_ value: JSONValue) -> Bool {
    var elements = value.elements
    return elements.next()?.isString ?? false
  }
  return isField(first.value) && members.allSatisfy { isField($0.value) }
}

extension UnsafeBufferPointer where Element == UInt8 {
  fileprivate func ends(with text: StaticString) -> Bool {
    text.withUTF8Buffer { count >= $0.count && suffix($0.count).elementsEqual($0) }
  }
}
