internal import Files

/// The line that a field of comma-separated values holds, as collectors export what they have gathered:
/// `web-1,access,"192.0.2.7 - - […] ""GET /a HTTP/1.1"" 503 12"`. Quotes within are doubled.
enum QuotedField {
  /// A line of a log is no shorter.
  private static let shortest = 32

  /// The first field that has quotes of its own, with these as they were; nil where none has.
  static func line(in text: Bytes) -> [UInt8]? {
    let quote = UInt8(ascii: "\"")
    let comma = UInt8(ascii: ",")
    guard let doubled = text.place(of: Bytes.doubledQuote, from: 0) else { return nil }
    // The field begins at the last quote before with nothing but a comma before it.
    var start = doubled
    while start > 0, text[start] != quote || start > 1 && text[start - 1] != comma { start -= 1 }
    guard text[start] == quote, start < doubled, start == 0 || text[start - 1] == comma else {
      return nil
    }
    var line: [UInt8] = []
    var place = start + 1
    while place < text.count {
      if text[place] == quote {
        guard place + 1 < text.count, text[place + 1] == quote else { break }
        place += 1
      }
      line.append(text[place])
      place += 1
    }
    guard place < text.count, place + 1 == text.count || text[place + 1] == comma,
      line.count >= shortest
    else { return nil }
    return line
  }
}

extension Bytes {
  fileprivate static var doubledQuote: Bytes { bytes(of: "\"\"") }
}
