/// How a gateway writes a line of text, in the spirit of NGINX's `log_format`:
///
///     $remote_addr - $remote_user* [$time_local] "$request" $status(? $request_time)
///
/// `$name` (or `${name}`) stands for a value: between quotes or brackets whatever stands there, up to
/// the first mark that closes it (not a quote behind a backslash), with its escapes undone; elsewhere
/// one word, or a list such as `502, 200`. `$name*` takes blanks, too, up to what follows. `$*` stands
/// for `key=value` pairs up to the end, which cannot say again what has a place of its own. `(? … )`
/// may be missing. A blank matches any number of them; `$$` is a dollar sign; everything else matches
/// itself.
package struct TextLayout: Sendable {
  /// As the profile writes it.
  package let pattern: String
  package let steps: [Step]

  package enum Step: Sendable {
    case literal([UInt8])
    case value(Value)
    /// `key=value` pairs.
    case pairs
    /// What follows, up to the step at a place, may be missing.
    case optional(end: Int)
  }

  package struct Value: Sendable {
    package var name: [UInt8]
    package var extent: Extent
    /// The literal behind it, up to the next value; empty where none follows.
    package var terminator: [UInt8]
  }

  package enum Extent: Sendable {
    /// Without blanks.
    case word
    /// Between quotes or brackets.
    case enclosed
    /// With blanks.
    case text
  }

  /// Throws what is wrong with a pattern, in words.
  package init(_ pattern: String) throws(TextLayoutError) {
    self.pattern = pattern
    var reader = PatternReader(Array(pattern.utf8))
    steps = try reader.steps()
    let hasValue = steps.contains {
      if case .value = $0 { true } else if case .pairs = $0 { true } else { false }
    }
    guard hasValue else { throw TextLayoutError(message: "a text layout names no value") }
  }

  /// Whether a line that fits it cannot be the beginning of a longer one.
  package var hasEnd: Bool {
    guard case .literal = steps.last else { return false }
    return !steps.contains {
      if case .optional(let end) = $0 { end == steps.count } else { false }
    }
  }

  /// Whether a line may begin with any words.
  package var hasFreeStart: Bool {
    for step in steps {
      if case .optional = step { continue }
      if case .value(let value) = step { return value.extent == .text }
      return false
    }
    return false
  }

  /// How much it demands: where two layouts fit a line, the one that demands more is right.
  package var weight: Int {
    var weight = 0
    var index = 0
    while index < steps.count {
      switch steps[index] {
      case .literal(let text): weight += text.count
      case .value(let value): weight += value.extent == .text ? 1 : 4
      case .pairs: break
      case .optional(let end): index = end - 1
      }
      index += 1
    }
    return weight
  }
}

/// What is wrong with a pattern.
package struct TextLayoutError: Error {
  package var message: String
}

extension ProfileObject {
  /// The layouts of a member; none where it is missing.
  func layouts(_ key: String) throws -> [TextLayout] {
    try texts(key).enumerated().map { place, pattern in
      do throws(TextLayoutError) {
        return try TextLayout(pattern)
      } catch {
        throw self.error(at: "\(key)[\(place)]", error.message)
      }
    }
  }
}

/// Reads a pattern from left to right.
private struct PatternReader {
  private let pattern: [UInt8]
  private var place = 0
  private var made: [TextLayout.Step] = []
  private var literal: [UInt8] = []
  /// Where the optional parts not closed yet begin, and how many brackets of the line's own are open in each.
  private var open: [(start: Int, brackets: Int)] = []

  init(_ pattern: [UInt8]) {
    self.pattern = pattern
  }

  mutating func steps() throws(TextLayoutError) -> [TextLayout.Step] {
    while place < pattern.count {
      let byte = pattern[place]
      if byte == UInt8(ascii: "$") {
        try readValue()
      } else if byte == UInt8(ascii: "("), peek(1) == UInt8(ascii: "?") {
        endLiteral()
        open.append((made.count, 0))
        made.append(.optional(end: 0))
        place += 2
      } else if byte == UInt8(ascii: ")"), let part = open.last, part.brackets == 0 {
        endLiteral()
        open.removeLast()
        made[part.start] = .optional(end: made.count)
        place += 1
      } else {
        noteBracket(byte)
        literal.append(byte == 0x09 ? 0x20 : byte)
        place += 1
      }
    }
    endLiteral()
    guard open.isEmpty else {
      throw TextLayoutError(message: "“(?” has no “)” in \(text)")
    }
    for index in made.indices { addTerminator(to: index) }
    return made
  }

  /// Within a part that may be missing, brackets of the line stand in pairs: `(? ($parts))`.
  private mutating func noteBracket(_ byte: UInt8) {
    guard let last = open.indices.last else { return }
    if byte == UInt8(ascii: "(") { open[last].brackets += 1 }
    if byte == UInt8(ascii: ")") { open[last].brackets -= 1 }
  }

  private var text: String { "“\(String(decoding: pattern, as: UTF8.self))”" }

  private func peek(_ distance: Int) -> UInt8? {
    place + distance < pattern.count ? pattern[place + distance] : nil
  }

  private mutating func endLiteral() {
    if !literal.isEmpty { made.append(.literal(literal)) }
    literal.removeAll()
  }

  private mutating func readValue() throws(TextLayoutError) {
    place += 1
    if peek(0) == UInt8(ascii: "$") {
      literal.append(UInt8(ascii: "$"))
      place += 1
      return
    }
    let before = literal.last
    endLiteral()
    if peek(0) == UInt8(ascii: "*") {
      place += 1
      made.append(.pairs)
      return
    }
    let isBraced = peek(0) == UInt8(ascii: "{")
    if isBraced { place += 1 }
    let start = place
    while let byte = peek(0), isNameByte(byte) { place += 1 }
    let name = Array(pattern[start..<place])
    if isBraced {
      guard peek(0) == UInt8(ascii: "}") else {
        throw TextLayoutError(message: "“${” has no “}” in \(text)")
      }
      place += 1
    }
    guard !name.isEmpty else {
      throw TextLayoutError(message: "a “$” has no name in \(text); a dollar sign is “$$”")
    }
    var extent = TextLayout.Extent.word
    if peek(0) == UInt8(ascii: "*") {
      place += 1
      extent = .text
    } else if let before, let after = peek(0), closing(before) == after {
      extent = .enclosed
    }
    made.append(.value(TextLayout.Value(name: name, extent: extent, terminator: [])))
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    isWordByte(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
  }

  private func closing(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): byte
    case UInt8(ascii: "["): UInt8(ascii: "]")
    case UInt8(ascii: "("): UInt8(ascii: ")")
    case UInt8(ascii: "{"): UInt8(ascii: "}")
    case UInt8(ascii: "<"): UInt8(ascii: ">")
    default: nil
    }
  }

  private mutating func addTerminator(to index: Int) {
    guard case .value(var value) = made[index], index + 1 < made.count,
      case .literal(let next) = made[index + 1]
    else { return }
    value.terminator = next
    made[index] = .value(value)
  }
}
