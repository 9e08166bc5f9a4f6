internal import Files
internal import JSON

/// What is wrong with a path, and which words it could have been.
struct BodyPathError: Error {
  var message: String
  var word = ""
  var known: [String] = []
}

extension BodyPath {
  /// A path as it is written, read byte by byte: there are hundreds to read before the first line.
  struct Spelling {
    private let bytes: [UInt8]
    private var position = 0
    /// The first mistake.
    private(set) var error: BodyPathError?

    init(_ text: String) {
      bytes = Array(text.utf8)
    }

    mutating func parse() -> Parsed {
      var parsed = Parsed()
      parsePlace(into: &parsed)
      parsed.placeHash = Spelling.hash(bytes[..<position])
      if skip(UInt8(ascii: "?")) { parsed.likeness = likeness(named: word()) }
      while position < bytes.count {
        skipSpace()
        let keyword = word()
        if keyword.isEmpty { break }
        guard keyword == "if" || keyword == "unless" else {
          fail("“\(keyword)” is not understood: write if or unless", keyword, ["if", "unless"])
          break
        }
        skipSpace()
        let condition = word()
        if condition.isEmpty { fail("a place is missing after “\(keyword)”") }
        parsed.conditions.append(self.condition(condition, isWanted: keyword == "if"))
      }
      return parsed
    }

    private mutating func condition(_ text: String, isWanted: Bool) -> Condition {
      let parts = text.split(separator: "=", maxSplits: 1)
      let place = String(parts.first ?? "")
      var inner = Spelling(place)
      let parsed = inner.parse()
      error = error ?? inner.error
      return Condition(
        path: BodyPath(place, parsed),
        text: parts.count > 1 ? Array(parts[1].utf8) : nil, isWanted: isWanted)
    }

    private mutating func parsePlace(into parsed: inout Parsed) {
      while position < bytes.count, bytes[position] != 0x20, bytes[position] != UInt8(ascii: "?") {
        switch bytes[position] {
        case UInt8(ascii: "."): position += 1
        case UInt8(ascii: "["): parseElement(into: &parsed)
        default: parseName(into: &parsed)
        }
      }
    }

    private mutating func parseName(into parsed: inout Parsed) {
      let start = parsed.names.count
      var isQuoted = false
      // From where on nothing was taken yet.
      var rest = position
      while position < bytes.count {
        let byte = bytes[position]
        if byte == UInt8(ascii: "'") {
          isQuoted.toggle()
          parsed.names += bytes[rest..<position]
          rest = position + 1
        } else if !isQuoted, Spelling.ends(byte) {
          break
        }
        position += 1
      }
      parsed.names += bytes[rest..<position]
      if isQuoted { fail("a single quote is open to the end") }
      if parsed.names[start...].elementsEqual([UInt8(ascii: "*")]) {
        parsed.names.removeLast()
        parsed.steps.append(.firstMember)
      } else {
        parsed.steps.append(.member(start: start, end: parsed.names.count))
      }
    }

    @inline(__always)
    private static func ends(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "."), UInt8(ascii: "["), UInt8(ascii: "?"), 0x20: true
      default: false
      }
    }

    private static func hash(_ bytes: ArraySlice<UInt8>) -> Int {
      var hash = FNV1a()
      for byte in bytes { hash.add(byte) }
      return Int(truncatingIfNeeded: hash.value)
    }

    private static let type = Array("@type:".utf8)

    /// `[0]` or `[@type:NAME]`.
    private mutating func parseElement(into parsed: inout Parsed) {
      let start = position + 1
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "]")) ?? bytes.count
      position = min(end + 1, bytes.count)
      let inside = bytes[start..<end]
      if let place = Int(String(decoding: inside, as: UTF8.self)), (0..<100).contains(place) {
        parsed.steps.append(.element(place))
      } else if inside.starts(with: Spelling.type), inside.count > Spelling.type.count {
        let first = parsed.names.count
        parsed.names += inside.dropFirst(Spelling.type.count)
        parsed.steps.append(.typed(start: first, end: parsed.names.count))
      } else {
        let text = String(decoding: inside, as: UTF8.self)
        fail("“[\(text)]” is no place: write [0] or [@type:NAME]")
      }
    }

    private mutating func likeness(named name: String) -> Likeness {
      if let likeness = Likeness(rawValue: name) { return likeness }
      fail("“?\(name)” is no likeness", name, Likeness.allCases.map(\.rawValue))
      return .any
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
      guard position < bytes.count, bytes[position] == byte else { return false }
      position += 1
      return true
    }

    private mutating func skipSpace() {
      while skip(0x20) {}
    }

    private mutating func word() -> String {
      let start = position
      while position < bytes.count, bytes[position] != 0x20 { position += 1 }
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func fail(_ message: String, _ word: String = "", _ known: [String] = []) {
      error = error ?? BodyPathError(message: message, word: word, known: known)
    }
  }
}
