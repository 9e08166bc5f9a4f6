/// Makes valid JSON of a text that simdjson refused although its meaning is plain, in one pass.
///
/// Invalid UTF-8 and lone surrogate escapes become U+FFFD, numbers beyond 64 bits become strings,
/// a byte order mark and leading NULs go. `\xHH`, as NGINX writes a byte unless told to escape as JSON
/// does, becomes that byte. Where braces are missing at the end and nothing else is, they are added: a format
/// that forgets one writes such lines.
struct Repair {
  private let output: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0
  private var changed = false

  init(output: UnsafeMutableBufferPointer<UInt8>) {
    self.output = output
  }

  /// How long the output for so many bytes can get: each byte may become three.
  static func bound(_ count: Int) -> Int { count * 3 + 16 }

  /// Whether anything had to be repaired.
  mutating func run(on text: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < text.count, text[index] == 0 { index += 1 }
    if text.count - index >= 3, text[index] == 0xEF, text[index + 1] == 0xBB,
      text[index + 2] == 0xBF
    {
      index += 3
    }
    changed = index > 0
    var inString = false
    var depth = 0
    while index < text.count {
      let byte = text[index]
      if inString {
        index = copyInString(text, at: index)
        if byte == UInt8(ascii: "\"") { inString = false }
      } else if byte == UInt8(ascii: "-") || isDigit(byte) {
        index = copyNumber(text, at: index)
      } else {
        if byte == UInt8(ascii: "\"") { inString = true }
        if byte == UInt8(ascii: "{") { depth += 1 }
        if byte == UInt8(ascii: "}") { depth -= 1 }
        put(byte)
        index += 1
      }
    }
    if !inString { close(depth) }
    return changed
  }

  /// Adds the braces that are missing behind the end of an object that is whole.
  private mutating func close(_ missing: Int) {
    var last = count
    while last > 0, output[last - 1] == 0x20 || output[last - 1] == 0x0D { last -= 1 }
    guard 1...Repair.mostMissing ~= missing, last > 1, output[last - 1] == UInt8(ascii: "}") else {
      return
    }
    for _ in 0..<missing { put(UInt8(ascii: "}")) }
    changed = true
  }

  private static let mostMissing = 2

  private mutating func put(_ byte: UInt8) {
    output[count] = byte
    count += 1
  }

  private mutating func putReplacement() {
    put(0xEF)
    put(0xBF)
    put(0xBD)
    changed = true
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Copies one character of a string and returns where the next one starts.
  private mutating func copyInString(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let byte = text[index]
    if byte == UInt8(ascii: "\\") { return copyEscape(text, at: index) }
    if byte < 0x80 {
      put(byte)
      return index + 1
    }
    let length = Repair.sequenceLength(text, at: index)
    if length == 0 {
      putReplacement()
      return index + 1
    }
    for offset in 0..<length { put(text[index + offset]) }
    return index + length
  }

  private mutating func copyEscape(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    guard index + 1 < text.count, text[index + 1] == UInt8(ascii: "u"),
      let unit = hexadecimal(text, at: index + 2)
    else {
      if byte(text, at: index) != nil { return copyBytes(text, at: index) }
      put(text[index])
      if index + 1 < text.count, text[index + 1] < 0x80 {
        put(text[index + 1])
        return index + 2
      }
      return index + 1
    }
    if unit & 0xF800 == 0xD800 {
      let next = index + 6
      let isPair =
        unit < 0xDC00 && next + 1 < text.count && text[next] == UInt8(ascii: "\\")
        && text[next + 1] == UInt8(ascii: "u")
        && (hexadecimal(text, at: next + 2).map { $0 & 0xFC00 == 0xDC00 } ?? false)
      guard isPair else {
        putReplacement()
        return next
      }
      for offset in 0..<12 { put(text[index + offset]) }
      return index + 12
    }
    for offset in 0..<6 { put(text[index + offset]) }
    return index + 6
  }

  /// The byte that `\xHH` stands for; nil where no such escape begins.
  private func byte(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt8? {
    guard index + 3 < text.count, text[index] == UInt8(ascii: "\\"),
      text[index + 1] == UInt8(ascii: "x"), let high = digit(text[index + 2]),
      let low = digit(text[index + 3])
    else { return nil }
    return high << 4 | low
  }

  /// Copies the bytes that escapes stand for which follow one another, as JSON writes them, and
  /// returns where they end.
  private mutating func copyBytes(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    changed = true
    var index = start
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4) { sequence in
      while let first = byte(text, at: index) {
        index += 4
        guard first >= 0x80 else {
          put(escaped: first)
          continue
        }
        sequence[0] = first
        var count = 1
        var next = index
        while count < 4, let byte = byte(text, at: next), byte & 0xC0 == 0x80 {
          sequence[count] = byte
          count += 1
          next += 4
        }
        let length = Repair.sequenceLength(
          UnsafeBufferPointer(rebasing: sequence[..<count]), at: 0)
        if length == 0 {
          putReplacement()
        } else {
          for place in 0..<length { put(sequence[place]) }
          index += (length - 1) * 4
        }
      }
    }
    return index
  }

  /// A character of ASCII in a string.
  private mutating func put(escaped byte: UInt8) {
    guard byte >= 0x20, byte != 0x22, byte != 0x5C else {
      put(UInt8(ascii: "\\"))
      if byte >= 0x20 { return put(byte) }
      for letter in "u00".utf8 { put(letter) }
      put(0x30 + byte >> 4)
      let low = byte & 15
      return put(low < 10 ? 0x30 + low : 0x57 + low)
    }
    put(byte)
  }

  private func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  private func hexadecimal(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32? {
    guard index + 4 <= text.count else { return nil }
    var value: UInt32 = 0
    for byte in text[index..<index + 4] {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
      default: return nil
      }
    }
    return value
  }

  /// Copies a number, in quotes where 64 bits cannot hold it.
  private mutating func copyNumber(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    var end = start
    while end < text.count, isNumberByte(text[end]) { end += 1 }
    let number = text[start..<end]
    let tooLarge = isTooLarge(number)
    if tooLarge {
      put(UInt8(ascii: "\""))
      changed = true
    }
    for byte in number { put(byte) }
    if tooLarge { put(UInt8(ascii: "\"")) }
    return end
  }

  private func isNumberByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
  }

  private func isTooLarge(_ number: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let digits = number.drop { $0 == UInt8(ascii: "-") }
    guard let first = digits.first, isDigit(first) else { return false }
    if digits.allSatisfy(isDigit) {
      // Leading zeros are no JSON; leave them to be refused.
      guard digits.count >= 19, first != UInt8(ascii: "0") else { return false }
      let text = String(decoding: number, as: UTF8.self)
      return Int64(text) == nil && UInt64(text) == nil
    }
    guard let value = Double(String(decoding: number, as: UTF8.self)) else { return false }
    return value.isInfinite
  }

  /// The length of a valid UTF-8 sequence of two bytes and more, 0 where there is none.
  private static func sequenceLength(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    func continues(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      index + offset < text.count && range.contains(text[index + offset])
    }
    switch text[index] {
    case 0xC2...0xDF: return continues(1) ? 2 : 0
    case 0xE0: return continues(1, 0xA0...0xBF) && continues(2) ? 3 : 0
    case 0xED: return continues(1, 0x80...0x9F) && continues(2) ? 3 : 0
    case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : 0
    case 0xF0: return continues(1, 0x90...0xBF) && continues(2) && continues(3) ? 4 : 0
    case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : 0
    case 0xF4: return continues(1, 0x80...0x8F) && continues(2) && continues(3) ? 4 : 0
    default: return 0
    }
  }
}
