/// A place in a text.
package struct TextPlace: Sendable, Equatable {
  /// From 1.
  package var line: Int
  /// In bytes, from 1.
  package var column: Int
}

/// A JSON text that a person wrote. Says where in it a value stands and what is wrong with it, as
/// simdjson says neither. <https://www.rfc-editor.org/rfc/rfc8259>
package struct JSONText {
  private let text: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0
  /// The path looked for, and where it was found.
  private var wanted: String?
  private var found: Int?

  package init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
  }

  /// What is wrong with the text and where; nil where it is well-formed.
  package func mistake() -> (place: TextPlace, message: String)? {
    var reader = self
    do throws(Mistake) {
      try reader.readDocument()
      return nil
    } catch {
      return (place(at: reader.position), error.message)
    }
  }

  /// Where the member or element at a path such as `errors[3].kind` stands.
  package func place(of path: String) -> TextPlace? {
    var reader = self
    reader.wanted = path
    try? reader.readDocument()
    return reader.found.map(place)
  }

  private func place(at position: Int) -> TextPlace {
    let before = text[..<min(position, text.count)]
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    return TextPlace(line: line, column: position - start + 1)
  }

  private struct Mistake: Error { var message: String }

  private var next: UInt8? { position < text.count ? text[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
  }

  private mutating func expect(_ byte: UInt8, _ message: String) throws(Mistake) {
    skipSpace()
    guard next == byte else { throw Mistake(message: next == nil ? "the file ends here" : message) }
    position += 1
  }

  private mutating func readDocument() throws(Mistake) {
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    try readValue("")
    skipSpace()
    if next != nil { throw Mistake(message: "there is more after the end of the object") }
  }

  private mutating func readValue(_ path: String) throws(Mistake) {
    skipSpace()
    if wanted == path { found = found ?? position }
    depth += 1
    defer { depth -= 1 }
    guard depth < 128 else { throw Mistake(message: "this is nested too deep") }
    switch next {
    case UInt8(ascii: "{"): try readObject(path)
    case UInt8(ascii: "["): try readArray(path)
    case UInt8(ascii: "\""): _ = try readString()
    case nil: throw Mistake(message: "the file ends where a value was expected")
    default: try readWord()
    }
  }

  private mutating func readObject(_ path: String) throws(Mistake) {
    position += 1
    skipSpace()
    if next == UInt8(ascii: "}") { return position += 1 }
    while true {
      skipSpace()
      let start = position
      guard next == UInt8(ascii: "\"") else {
        throw Mistake(message: "a name in double quotes was expected")
      }
      let name = try readString()
      let member = path.isEmpty ? name : "\(path).\(name)"
      // The last of two equal names is the one that counts, and the one at fault.
      if wanted == member { found = start }
      try expect(UInt8(ascii: ":"), "a colon was expected after the name “\(name)”")
      try readValue(member)
      skipSpace()
      if next == UInt8(ascii: "}") { return position += 1 }
      try expect(UInt8(ascii: ","), "a comma or } was expected")
    }
  }

  private mutating func readArray(_ path: String) throws(Mistake) {
    position += 1
    skipSpace()
    if next == UInt8(ascii: "]") { return position += 1 }
    var place = 0
    while true {
      try readValue("\(path)[\(place)]")
      place += 1
      skipSpace()
      if next == UInt8(ascii: "]") { return position += 1 }
      try expect(UInt8(ascii: ","), "a comma or ] was expected")
    }
  }

  private mutating func readString() throws(Mistake) -> String {
    let start = position + 1
    position = start
    while let byte = next, byte != UInt8(ascii: "\"") {
      if byte < 0x20 { throw Mistake(message: "a text must end on its line with a double quote") }
      position += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    guard next != nil else { throw Mistake(message: "the file ends within a text") }
    position += 1
    return String(decoding: text[start..<position - 1], as: UTF8.self)
  }

  /// A number, `true`, `false` or `null`.
  private mutating func readWord() throws(Mistake) {
    let start = position
    while let byte = next, byte > 0x20, !Array(",:{}[]\"".utf8).contains(byte) { position += 1 }
    let word = String(decoding: text[start..<position], as: UTF8.self)
    if ["true", "false", "null"].contains(word) { return }
    if let first = word.utf8.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first),
      Double(word) != nil
    {
      return
    }
    position = start
    throw Mistake(
      message: word.isEmpty
        ? "a value was expected" : "“\(word)” is no value; a text stands in double quotes")
  }
}
