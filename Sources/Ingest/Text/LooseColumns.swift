internal import Files
internal import Times

/// A line of values that no header names, between tabs, commas, semicolons or bars, or between blanks: read by
/// what its values look like.
///
/// One of the first is a time, one a path or a URL, at most one a method, and the status is the only value
/// that can be one, or stands right behind the protocol.
struct LooseColumns {
  /// Nil where it stood before the line.
  private(set) var time: Bytes?
  private(set) var method: Bytes?
  private(set) var target = Bytes(start: nil, count: 0)
  private(set) var status = Bytes(start: nil, count: 0)

  private static let fewest = 6
  private static let most = 256
  private static let longest = 1 << 14
  /// The time is one of the first values.
  private static let mostBeforeTime = 3

  /// Nil for a line that is none, or can be read in two ways.
  init?(_ text: Bytes, isDated: Bool) {
    guard text.count < LooseColumns.longest, text.place(of: UInt8(ascii: "/")) != nil,
      let separator = LooseColumns.separator(of: text),
      separator != 0x20 || text.holds("HTTP/") || LooseColumns.isExtended(text, isDated),
      let values = LooseColumns.values(of: text, by: separator),
      values.count >= LooseColumns.fewest, takeTime(values) || isDated, takeRequest(values)
    else { return nil }
    let isApart = separator != 0x20 || LooseColumns.isExtended(text, isDated)
    guard let status = LooseColumns.status(in: values, isApart: isApart) else {
      return nil
    }
    self.status = status
  }

  /// Whether it is a line of a W3C extended log, such as IIS writes, whose columns nothing named: a date, a
  /// time of day, dashes for what there is none of, and nothing in quotes, unless an address and a method come
  /// first.
  private static func isExtended(_ text: Bytes, _ isDated: Bool) -> Bool {
    guard text.count > 32 else { return false }
    let isDateFirst =
      text[4] == UInt8(ascii: "-") && text[7] == UInt8(ascii: "-") && text[10] == 0x20
      && text[13] == UInt8(ascii: ":") && text[16] == UInt8(ascii: ":") && text[18].isDigit
    guard isDateFirst || isDated else { return false }
    var start = isDateFirst ? 19 : 0
    while isDateFirst, start < 24, !text[start].isBlank { start += 1 }
    guard !isDateFirst || text[start] == 0x20 else { return false }
    start += 1
    guard text.place(of: UInt8(ascii: "\"")) == nil || isMethodSecond(text, from: start) else {
      return false
    }
    let dashes = (start..<text.count - 1).count { place in
      text[place] == UInt8(ascii: "-") && text[place - 1] == 0x20 && text[place + 1] == 0x20
    }
    // IIS names its site.
    let isOfSite = text.part(isDateFirst ? start..<start + 5 : 0..<5).isEqual(to: "W3SVC")
    return dashes > (isOfSite ? 0 : 1) && text.count(where: { $0 == 0x20 }) >= fewestExtended
  }

  private static func isMethodSecond(_ text: Bytes, from start: Int) -> Bool {
    var words = LineWords(text.part(start..<text.count))
    guard let address = words.next(), address.count > 6, !address.contains(where: { $0 == 0x2D }),
      address.allSatisfy({ $0.isDigit || $0 | 0x20 &- 0x61 < 6 || $0 == 0x2E || $0 == 0x3A })
    else { return false }
    return words.next().map(isMethod) ?? false
  }

  private static let fewestExtended = 9

  /// The byte that parts most values: a tab counts before any other.
  private static func separator(of text: Bytes) -> UInt8? {
    if text.count(where: { $0 == 0x09 }) >= fewest - 1 { return 0x09 }
    for byte in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|")]
    where text.count(where: { $0 == byte }) >= fewest {
      return byte
    }
    return 0x20
  }

  private static func values(of text: Bytes, by separator: UInt8) -> [Bytes]? {
    var values: [Bytes] = []
    guard separator == 0x20 else {
      var rest = SeparatedValues(text, by: separator)
      while let value = rest.next() {
        guard values.count < most else { return nil }
        values.append(value.text.trimmed)
      }
      return rest.isOpen ? nil : values
    }
    var place = 0
    while place < text.count {
      while place < text.count, text[place].isBlank { place += 1 }
      guard place < text.count, values.count < most else { break }
      if text[place] == UInt8(ascii: "\"") {
        guard let length = text.part(place + 1..<text.count).place(of: UInt8(ascii: "\"")) else {
          return nil
        }
        values.append(text.part(place + 1..<place + 1 + length))
        place += length + 2
      } else {
        let start = place
        while place < text.count, !text[place].isBlank { place += 1 }
        values.append(text.part(start..<place))
      }
    }
    return values
  }

  private mutating func takeTime(_ values: [Bytes]) -> Bool {
    for (place, value) in values.prefix(LooseColumns.mostBeforeTime).enumerated() {
      if value.count >= 16, LooseColumns.isTime(value) || place == 0 && LooseColumns.isEpoch(value)
      {
        time = value
        return true
      }
      // A date, and the time of day in the next value.
      guard place + 1 < values.count, value.count >= 8, let start = value.baseAddress,
        let end = values[place + 1].baseAddress, end > start
      else { continue }
      let both = Bytes(start: start, count: end - start + values[place + 1].count)
      if both.count <= 32, LooseColumns.isTime(both) {
        time = both
        return true
      }
    }
    return false
  }

  /// Seconds with their fraction, as Zeek writes them.
  private static func isEpoch(_ text: Bytes) -> Bool {
    text[10] == UInt8(ascii: ".") && text.number != nil
  }

  private static func isTime(_ text: Bytes) -> Bool {
    text.place(of: UInt8(ascii: ":")) != nil
      && parseTime(text, zone: .utc, reference: someTime) != nil
  }

  private mutating func takeRequest(_ values: [Bytes]) -> Bool {
    var targets: [Bytes] = []
    for value in values {
      if isMethod(value), value.count > 2 {
        guard method == nil else { return false }
        method = value
      } else if value.first == UInt8(ascii: "/"), value.place(of: 0x20) == nil {
        targets.append(value)
      } else if value.starts(with: "http://".utf8) || value.starts(with: "https://".utf8) {
        targets.append(value)
      }
    }
    // A referrer is a URL as well; beside a path it is no target.
    let paths = targets.filter { $0.first == UInt8(ascii: "/") && $0.count > 0 }
    guard let found = paths.isEmpty ? targets.first : paths.count == 1 ? paths.first : nil,
      method != nil || targets.count == 1
    else { return false }
    target = found
    return true
  }

  private static func status(in values: [Bytes], isApart: Bool) -> Bytes? {
    for (place, value) in values.enumerated().dropFirst()
    where LooseLine.isStatus(value) && values[place - 1].starts(with: "HTTP/".utf8)
      && values[place - 1].count <= 8
    {
      return value
    }
    guard isApart else { return nil }
    let found = values.filter(LooseLine.isStatus)
    guard let first = found.first, found.allSatisfy({ $0.elementsEqual(first) }) else { return nil }
    return first
  }
}
