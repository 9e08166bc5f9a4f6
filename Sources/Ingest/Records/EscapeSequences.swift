internal import Files

/// What tells a terminal its colours, and other sequences that begin with an escape character: no
/// part of what a line says.
///
/// ECMA-48, 5.4: <https://ecma-international.org/publications-and-standards/standards/ecma-48/>
enum EscapeSequences {
  private static let escape: UInt8 = 0x1B
  private static let bell: UInt8 = 0x07

  @inline(__always)
  static func areIn(_ text: Bytes) -> Bool { text.place(of: escape) != nil }

  /// How loggers spell the escape character: rsyslog, JSON, shells, terminals.
  private static let spellings: [StaticString] = [
    "#033[", "\\x1b[", "\\x1B[", "\\033[", "\\u001b[", "\\u001B[", "\\e[", "^[[", "\u{241B}[",
  ]

  /// Whether they stand in a text with their escape character spelled out: `#033[32m200#033[0m`.
  static func areSpelled(in text: Bytes) -> Bool {
    text.place(of: UInt8(ascii: "[")) != nil && spellings.contains { text.holds($0) }
  }

  /// A text without them.
  static func removedAsSpelled(from text: Bytes) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(text.count)
    var place = 0
    while place < text.count {
      let rest = text.part(place..<text.count)
      if let spelling = spellings.first(where: { rest.starts(with: $0) }) {
        place = end(of: text, at: place + spelling.utf8CodeUnitCount - 1)
      } else {
        plain.append(text[place])
        place += 1
      }
    }
    return plain
  }

  /// A text without them.
  static func removed(from text: Bytes) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(text.count)
    var place = 0
    while place < text.count {
      if text[place] == escape {
        place = end(of: text, at: place + 1)
      } else {
        plain.append(text[place])
        place += 1
      }
    }
    return plain
  }

  /// Where a sequence ends whose escape character stands before a place.
  private static func end(of text: Bytes, at start: Int) -> Int {
    guard start < text.count else { return start }
    var place = start + 1
    switch text[start] {
    case UInt8(ascii: "["):
      // `ESC [ 97 ; 42 m`
      while place < text.count, !(0x40...0x7E).contains(text[place]) { place += 1 }
      return min(place + 1, text.count)
    case UInt8(ascii: "]"):
      // A link or a title, up to a bell or `ESC \`.
      while place < text.count {
        if text[place] == bell { return place + 1 }
        if text[place] == escape { return min(place + 2, text.count) }
        place += 1
      }
      return place
    case 0x20...0x2F:
      // `ESC ( B`
      return min(place + 1, text.count)
    default:
      return place
    }
  }
}
