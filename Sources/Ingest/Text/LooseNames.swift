internal import Files

/// The places of values that a line calls by one of some names: `status=503`, `"status": 503`, and, of
/// words that need no mark behind them, `status code 503`.
struct LooseNames: Sequence, IteratorProtocol {
  private let text: Bytes
  /// In lower case, without marks.
  private let names: [StaticString]
  /// Those behind which a blank is enough.
  private let plain: [StaticString]
  private var place = 0

  init(_ text: Bytes, _ names: [StaticString], plain: [StaticString] = []) {
    self.text = text
    self.names = names
    self.plain = plain
  }

  /// Where the next value begins.
  mutating func next() -> Int? {
    while place < text.count {
      guard text[place].isNameByte else {
        place += 1
        continue
      }
      let start = place
      while place < text.count, text[place].isNameByte { place += 1 }
      if let value = value(behind: start..<place) {
        place = value
        return value
      }
    }
    return nil
  }

  private func value(behind word: Range<Int>) -> Int? {
    guard names.contains(where: { isName(word, $0) }) else { return nil }
    var end = word.upperBound
    var isPlain = plain.contains { isName(word, $0) }
    if isPlain, let code = wordEnd(" code", at: end) { end = code }
    // `"status": 503`, but not `'status=503'`, which is a text of its own.
    let quote = word.lowerBound > 0 ? text[word.lowerBound - 1] : 0x20
    if isQuote(quote) {
      guard end < text.count, text[end] == quote else { return nil }
      end += 1
    }
    while end < text.count, text[end].isBlank { end += 1 }
    if end < text.count, text[end] == UInt8(ascii: "=") || text[end] == UInt8(ascii: ":") {
      isPlain = true
      end += 1
    }
    while end < text.count,
      text[end].isBlank || isQuote(text[end]) || text[end] == UInt8(ascii: "(")
    {
      end += 1
    }
    return isPlain && end < text.count && text[end].isDigit ? end : nil
  }

  private func wordEnd(_ word: StaticString, at place: Int) -> Int? {
    let end = place + word.utf8CodeUnitCount
    return end <= text.count && text.part(place..<end).isEqual(to: word) ? end : nil
  }

  /// Compared by letters and digits, in either case.
  private func isName(_ word: Range<Int>, _ name: StaticString) -> Bool {
    name.withUTF8Buffer { name in
      var next = 0
      for place in word {
        let byte = text[place]
        if byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") {
          continue
        }
        guard next < name.count, byte == name[next] || byte | 0x20 == name[next] else {
          return false
        }
        next += 1
      }
      return next == name.count
    }
  }

  private func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }
}
