internal import Files

/// A time beside which stands how it is written, in the letters of Java's `SimpleDateFormat`, as collectors of
/// security events send it: `06/01/2026 16:16:37` and `dd/MM/yyyy HH:mm:ss`.
struct PatternDate {
  private var year: Int?
  private var month: Int?
  private var day: Int?
  private var hour = 0
  private var minute = 0
  private var second = 0
  private var fraction = ""
  private var isAfternoon: Bool?
  private var zone = ""

  /// Nil where the text is not so written, or the form leaves out the day.
  init?(_ text: Bytes, writtenAs pattern: Bytes) {
    var pattern = pattern[...]
    var text = text[...]
    var isQuoted = false
    while let letter = pattern.first {
      guard letter != UInt8(ascii: "'") else {
        isQuoted.toggle()
        pattern.removeFirst()
        continue
      }
      guard !isQuoted, letter.isWordLetter else {
        guard text.popFirst() == letter else { return nil }
        pattern.removeFirst()
        continue
      }
      let rest = pattern.drop { $0 == letter }
      let length = rest.startIndex - pattern.startIndex
      pattern = rest
      guard take(letter, length, of: &text, isBeforeLetter: pattern.first?.isWordLetter ?? false)
      else { return nil }
    }
    guard text.isEmpty, year != nil, month != nil, day != nil else { return nil }
    if let isAfternoon { hour = hour % 12 + (isAfternoon ? 12 : 0) }
  }

  /// `2026-01-06T16:16:37.123+01:00`
  var iso: String {
    let date = [pad(year ?? 0, 4), pad(month ?? 0, 2), pad(day ?? 0, 2)].joined(separator: "-")
    let time = [pad(hour, 2), pad(minute, 2), pad(second, 2)].joined(separator: ":")
    return date + "T" + time + (fraction.isEmpty ? "" : "." + fraction) + zone
  }

  private static let longestNumber = 9

  private func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(width - digits.utf8.count, 0)) + digits
  }

  /// Takes what letters of the form stand for; false where something else stands there.
  private mutating func take(
    _ letter: UInt8, _ length: Int, of text: inout Bytes.SubSequence, isBeforeLetter: Bool
  ) -> Bool {
    switch letter {
    case UInt8(ascii: "E"):
      return !word(&text).isEmpty
    case UInt8(ascii: "a"):
      let half = word(&text)
      isAfternoon = half == "pm"
      return half == "am" || half == "pm"
    case UInt8(ascii: "M") where length > 2, UInt8(ascii: "L") where length > 2:
      let name = word(&text)
      month = PatternDate.months.firstIndex { name.hasPrefix($0) }.map { $0 + 1 }
      return month != nil
    case UInt8(ascii: "z"), UInt8(ascii: "Z"), UInt8(ascii: "X"), UInt8(ascii: "x"):
      return takeZone(&text)
    default:
      let digits = number(&text, most: isBeforeLetter ? length : PatternDate.longestNumber)
      guard let value = Int(digits) else { return false }
      switch letter {
      case UInt8(ascii: "y"), UInt8(ascii: "u"):
        year = digits.utf8.count == 2 ? 2000 + value : value
      case UInt8(ascii: "M"), UInt8(ascii: "L"): month = value
      case UInt8(ascii: "d"): day = value
      case UInt8(ascii: "H"), UInt8(ascii: "h"), UInt8(ascii: "K"): hour = value
      case UInt8(ascii: "k"): hour = value % 24
      case UInt8(ascii: "m"): minute = value
      case UInt8(ascii: "s"): second = value
      case UInt8(ascii: "S"): fraction = digits
      default: return false
      }
      return true
    }
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// An offset, or a name of the world's time; another's is not for sure.
  private mutating func takeZone(_ text: inout Bytes.SubSequence) -> Bool {
    let name = word(&text)
    guard ["", "z", "utc", "gmt"].contains(name) else { return false }
    let end = text.firstIndex { !($0.isDigit || "+-:".utf8.contains($0)) } ?? text.endIndex
    let offset = String(decoding: text[..<end], as: UTF8.self)
    text = text[end...]
    zone = offset.isEmpty ? "Z" : offset
    return !name.isEmpty || !offset.isEmpty
  }

  /// Letters, in lower case.
  private func word(_ text: inout Bytes.SubSequence) -> String {
    let end = text.firstIndex { !$0.isWordLetter } ?? text.endIndex
    defer { text = text[end...] }
    return String(decoding: text[..<end].map { $0 | 0x20 }, as: UTF8.self)
  }

  private func number(_ text: inout Bytes.SubSequence, most: Int) -> String {
    let end = text.prefix(most).firstIndex { !$0.isDigit } ?? text.prefix(most).endIndex
    defer { text = text[end...] }
    return String(decoding: text[..<end], as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isWordLetter: Bool { (self | 0x20) &- 0x61 < 26 }
}
