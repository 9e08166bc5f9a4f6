internal import Files

/// A line of values with a label each, between bars, semicolons, commas or dashes: `Path: /v1/a | Status: 503 |
/// Duration: 12ms`.
struct LooseSegments {
  private(set) var pairs: [LoosePairs.Pair] = []
  /// What stands before the first label.
  private(set) var prefix = Bytes(start: nil, count: 0)

  private static let most = 32
  private static let longest = 4096

  /// Nil for a line that has no two of them.
  init?(_ text: Bytes) {
    guard text.count < LooseSegments.longest, text.place(of: UInt8(ascii: ":")) != nil,
      let mark = LooseSegments.mark(of: text)
    else { return nil }
    var start = 0
    while start < text.count, pairs.count < LooseSegments.most {
      var end = start
      while end < text.count, !LooseSegments.isEnd(text, end, mark) { end += 1 }
      take(text.part(start..<end), isFirst: start == 0)
      start = end + 1
    }
    guard pairs.count > 1 else { return nil }
  }

  private init() {}

  /// The labelled values that stand behind the first bar of a text.
  static func pairs(in text: Bytes) -> [LoosePairs.Pair] {
    guard text.count < longest, let bar = text.place(of: UInt8(ascii: "|")) else { return [] }
    var segments = LooseSegments()
    let rest = text.part(bar + 1..<text.count)
    for segment in rest.split(separator: UInt8(ascii: "|")).prefix(most) {
      segments.take(Bytes(rebasing: segment), isFirst: false)
    }
    return segments.pairs
  }

  /// The mark that parts the values: the first of which there are several, with blanks around it where it may
  /// stand in a value as well.
  private static func mark(of text: Bytes) -> UInt8? {
    [UInt8(ascii: "|"), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "-")].first { mark in
      text.indices.count { isEnd(text, $0, mark) } > 0
    }
  }

  private static func isEnd(_ text: Bytes, _ place: Int, _ mark: UInt8) -> Bool {
    guard text[place] == mark, place + 1 < text.count, text[place + 1].isBlank else { return false }
    return mark == UInt8(ascii: ",") || mark == UInt8(ascii: ";")
      || place > 0 && text[place - 1].isBlank
  }

  private mutating func take(_ segment: Bytes, isFirst: Bool) {
    let segment = segment.trimmed
    var colon = 0
    while colon < segment.count, !LooseSegments.isLabelEnd(segment, colon) { colon += 1 }
    guard colon > 0, colon < segment.count else {
      if isFirst { prefix = segment }
      return
    }
    let value = LooseSegments.unquoted(segment.part(colon + 1..<segment.count).trimmed)
    let start = LooseSegments.labelStart(in: segment, before: colon)
    guard start < colon, !value.isEmpty, isFirst || start == 0 else { return }
    if isFirst { prefix = segment.part(0..<start) }
    pairs.append(LoosePairs.Pair(key: segment.part(start..<colon), value: value))
  }

  /// A colon with a blank behind it, or an equals sign.
  private static func isLabelEnd(_ text: Bytes, _ place: Int) -> Bool {
    text[place] == UInt8(ascii: "=")
      || text[place] == UInt8(ascii: ":") && place + 1 < text.count && text[place + 1].isBlank
  }

  /// Where the words of a label begin: one, or two where the first says of what the second is.
  private static func labelStart(in text: Bytes, before colon: Int) -> Int {
    var start = colon
    while start > 0, text[start - 1].isNameByte { start -= 1 }
    guard start > 1, start < colon, text[start - 1] == 0x20 else { return start }
    var first = start - 1
    while first > 0, text[first - 1].isNameByte { first -= 1 }
    let word = text.part(first..<start - 1)
    return qualifiers.contains { word.isEqual(ignoringCase: $0) } ? first : start
  }

  private static let qualifiers: [StaticString] = [
    "status", "http", "response", "request", "correlation", "trace", "elapsed", "processing",
  ]

  private static func unquoted(_ text: Bytes) -> Bytes {
    guard text.count > 2, let first = text.first, first == text.last,
      first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") || first == UInt8(ascii: "`")
    else { return text }
    return text.part(1..<text.count - 1)
  }
}
