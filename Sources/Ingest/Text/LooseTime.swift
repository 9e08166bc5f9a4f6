internal import Files
internal import Times

/// The time of a line in no known layout: at its start, behind a level or a name or two at most, else in
/// brackets, else as the common log format has it.
struct LooseTime {
  private let text: Bytes

  /// What a line says up to a place is looked at first.
  static func find(in text: Bytes, before end: Int) -> Bytes? {
    let line = LooseTime(text: text)
    guard let first = line.leading(before: end) else { return line.bracketed() ?? line.common() }
    // The same second with its fraction says more.
    if first.place(of: UInt8(ascii: ".")) == nil, let other = line.bracketed(),
      LooseTime.second(of: first) == LooseTime.second(of: other)
    {
      return other
    }
    return first
  }

  private static func second(of time: Bytes) -> Int64? {
    parseTime(time, zone: .utc, reference: someTime).map { $0 / 1000 }
  }

  /// A time is no longer than that, and has no more words.
  private static let longest = 48
  private static let mostWords = 6
  /// `1556613495.8` is a time also where a line does not begin with it.
  private static let epoch = 12
  /// It begins with one of so many words.
  private static let mostBefore = 4

  private func leading(before end: Int) -> Bytes? {
    var words: [Range<Int>] = []
    var place = 0
    while place < end, words.count < LooseTime.mostBefore + LooseTime.mostWords {
      while place < end, text[place].isBlank { place += 1 }
      let start = place
      while place < end, !text[place].isBlank { place += 1 }
      if let clock = clockEnd(in: start..<place) { place = clock }
      if place > start { words.append(start..<place) }
    }
    for first in words.indices.prefix(LooseTime.mostBefore) {
      for last in words.indices.prefix(first + LooseTime.mostWords).reversed() where last >= first {
        let range = words[first].lowerBound..<words[last].upperBound
        if let time = time(range, isFirst: first == 0) { return time }
      }
    }
    return nil
  }

  /// Where the time of day ends in a word that goes on behind it, as in `15:56:58,123:DEBUG:app`.
  private func clockEnd(in word: Range<Int>) -> Int? {
    var place = word.lowerBound
    while place + 9 < word.upperBound {
      defer { place += 1 }
      guard text[place + 2] == UInt8(ascii: ":"), text[place + 5] == UInt8(ascii: ":"),
        [0, 1, 3, 4, 6, 7].allSatisfy({ text[place + $0].isDigit })
      else { continue }
      var end = place + 8
      if text[end] == UInt8(ascii: ",") || text[end] == UInt8(ascii: ".") { end += 1 }
      while end < word.upperBound, text[end].isDigit { end += 1 }
      guard end + 1 < word.upperBound, text[end] == UInt8(ascii: ":"),
        text[end + 1] | 0x20 &- 0x61 < 26
      else { return nil }
      return end
    }
    return nil
  }

  /// The time that a part of the line is, marks around it aside.
  private func time(_ range: Range<Int>, isFirst: Bool) -> Bytes? {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isMark(text[start]) { start += 1 }
    while end > start, isMark(text[end - 1]) { end -= 1 }
    guard end - start >= 10, end - start <= LooseTime.longest else { return nil }
    let time = text.part(start..<end)
    // A date alone is no time, and a number may be anything but at the line's start.
    let hasClock =
      time.place(of: UInt8(ascii: ":")) != nil
      || time.place(of: UInt8(ascii: "T")).map { $0 > 0 && time[$0 - 1].isDigit } ?? false
    guard hasClock || (isFirst || time.count >= LooseTime.epoch) && time.number != nil else {
      return nil
    }
    return parseTime(time, zone: .utc, reference: someTime) == nil ? nil : time
  }

  private func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "|"),
      UInt8(ascii: "-"), 0x20, 0x09:
      true
    default: false
    }
  }

  private func bracketed() -> Bytes? {
    var place = 0
    for _ in 0..<LooseTime.mostWords {
      guard let open = text.part(place..<text.count).place(of: UInt8(ascii: "[")) else {
        return nil
      }
      place += open + 1
      let inner = text.part(place..<place + LooseTime.longest)
      if let close = inner.place(of: UInt8(ascii: "]")),
        let time = time(place..<place + close, isFirst: false)
      {
        return time
      }
    }
    return nil
  }

  /// `06/Jan/2026:16:16:37 +0000`, wherever it stands.
  private func common() -> Bytes? {
    let length = 20
    guard text.count >= length else { return nil }
    for start in 0...text.count - length
    where text[start + 2] == UInt8(ascii: "/") && text[start + 6] == UInt8(ascii: "/")
      && text[start + 11] == UInt8(ascii: ":")
    {
      var end = start + length
      while end < text.count, !text[end].isBlank, !isMark(text[end]) { end += 1 }
      let short = end
      if end + 6 <= text.count, text[end].isBlank,
        text[end + 1] == UInt8(ascii: "+") || text[end + 1] == UInt8(ascii: "-")
      {
        end += 6
      }
      return time(start..<end, isFirst: false) ?? time(start..<short, isFirst: false)
    }
    return nil
  }
}
