internal import Batches
internal import Files

/// The tags and texts of HTML or XML, one after the other, whatever state it is in.
struct Markup: Sequence, IteratorProtocol {
  enum Token {
    /// A start tag, with what stands in it after the name.
    case open(name: Bytes, attributes: Bytes, isEmpty: Bool)
    case close(name: Bytes)
    case text(Bytes, isRaw: Bool)
  }

  private let source: Bytes
  private var position = 0

  init(_ source: Bytes) {
    self.source = source
  }

  mutating func next() -> Token? {
    while position < source.count {
      guard source[position] == UInt8(ascii: "<") else { return text() }
      if starts("<!--") {
        skip(past: "-->")
      } else if starts("<![CDATA[") {
        let start = position + 9
        skip(past: "]]>")
        return .text(source.part(start..<Swift.max(start, position - 3)), isRaw: true)
      } else if starts("<?") || starts("<!") {
        skip(past: ">")
      } else {
        return tag()
      }
    }
    return nil
  }

  private mutating func text() -> Token {
    let start = position
    while position < source.count, source[position] != UInt8(ascii: "<") { position += 1 }
    return .text(source.part(start..<position), isRaw: false)
  }

  private mutating func tag() -> Token {
    let start = position + 1
    skip(past: ">")
    var inside = source.part(start..<Swift.max(start, position - 1))
    if inside.first == UInt8(ascii: "/") {
      return .close(name: name(of: inside.part(1..<inside.count)))
    }
    let isEmpty = inside.last == UInt8(ascii: "/")
    if isEmpty { inside = inside.part(0..<inside.count - 1) }
    let name = name(of: inside)
    return .open(name: name, attributes: inside.part(name.count..<inside.count), isEmpty: isEmpty)
  }

  private func name(of tag: Bytes) -> Bytes {
    tag.part(0..<(tag.firstIndex { $0 <= 0x20 } ?? tag.count))
  }

  private func starts(_ text: StaticString) -> Bool {
    source.part(position..<source.count).part(0..<text.utf8CodeUnitCount).isEqual(to: text)
  }

  private mutating func skip(past text: StaticString) {
    position += 1
    while position < source.count, !starts(text) { position += 1 }
    position = Swift.min(source.count, position + text.utf8CodeUnitCount)
  }
}

extension Bytes {
  /// A name without its namespace prefix.
  var localName: Bytes {
    lastIndex(of: UInt8(ascii: ":")).map { part($0 + 1..<count) } ?? self
  }
}

/// Text between tags as it is read: entities decoded, the blanks of a page put together.
struct PageText {
  /// Whether blanks stay as they are, as in XML.
  var keepsBlanks = false
  private(set) var bytes: [UInt8] = []

  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// What tags part, they part from what stands before.
  mutating func addBlank() {
    if let last = bytes.last, last != 0x20 { bytes.append(0x20) }
  }

  mutating func add(_ text: Bytes, isRaw: Bool = false) {
    var place = 0
    while place < text.count {
      let byte = text[place]
      if byte <= 0x20, !keepsBlanks {
        if let last = bytes.last, last != 0x20 { bytes.append(0x20) }
      } else if byte == UInt8(ascii: "&"), !isRaw, let entity = entity(in: text, at: place) {
        if entity.scalar.value > 0x20, entity.scalar.value != 0xA0 {
          bytes.append(contentsOf: String(Character(entity.scalar)).utf8)
        } else if let last = bytes.last, last != 0x20 {
          bytes.append(0x20)
        }
        place = entity.end
        continue
      } else {
        bytes.append(byte)
      }
      place += 1
    }
  }

  /// Ends a text: no blank stands first or last.
  mutating func trim() {
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    bytes.removeFirst(bytes.prefix { $0 <= 0x20 }.count)
  }

  private func entity(in text: Bytes, at start: Int) -> (scalar: Unicode.Scalar, end: Int)? {
    let longest = 10
    guard
      let end = text.part(start..<start + longest).firstIndex(of: UInt8(ascii: ";")), end > 1
    else { return nil }
    let name = String(repairing: text.part(start + 1..<start + end))
    let scalar: Unicode.Scalar?
    if name.hasPrefix("#x") || name.hasPrefix("#X") {
      scalar = UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
    } else if name.hasPrefix("#") {
      scalar = UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
    } else {
      scalar = PageText.entities[name]
    }
    return scalar.map { ($0, start + end + 1) }
  }

  private static let entities: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
    "ndash": "–", "mdash": "—", "hellip": "…", "rsquo": "’", "lsquo": "‘", "laquo": "«",
    "raquo": "»", "bull": "•", "middot": "·",
  ]
}
