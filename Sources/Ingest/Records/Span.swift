internal import Files
internal import Profiles

/// A span of time at the start of a text, as APIs write one: `26s`, `6m12.3s`, `1 hour and 5
/// minutes`, `00:00:30`, `14.07:13:56`, `PT30S`, `10分`.
struct Span {
  let milliseconds: Int64
  /// Where in the text it ends.
  let end: Int

  /// - Parameter bare: what a number without a unit counts, in milliseconds; nil where it is no span.
  init?(in text: Bytes, bare: Double? = nil) {
    guard let first = text.first(where: { $0 != 0x20 }), isNumberByte(first) || first == 0x50 else {
      return nil
    }
    guard
      let found = Span.clock(in: text) ?? Span.period(in: text) ?? Span.parts(in: text, bare: bare),
      let whole = Int64(exactly: found.milliseconds.rounded())
    else { return nil }
    milliseconds = whole
    end = found.end
  }

  private typealias Found = (milliseconds: Double, end: Int)

  // MARK: Clocks

  /// `hh:mm:ss`, with days and a full stop before it, and a fraction behind it.
  private static func clock(in text: Bytes) -> Found? {
    var numbers: [Double] = []
    var place = text.firstIndex { $0 != 0x20 } ?? 0
    var days = 0.0
    while true {
      let start = place
      while place < text.count, isDigit(text[place]) { place += 1 }
      guard place > start, place - start <= 6, let number = text.part(start..<place).number else {
        return nil
      }
      if numbers.isEmpty, days == 0, place + 2 < text.count, text[place] == UInt8(ascii: "."),
        text.part(place + 1..<place + 4).contains(UInt8(ascii: ":"))
      {
        days = number
      } else {
        numbers.append(number)
        if numbers.count == 3 { break }
        guard place < text.count, text[place] == UInt8(ascii: ":") else { return nil }
      }
      place += 1
    }
    guard numbers[1] < 60, numbers[2] < 60 else { return nil }
    if place + 1 < text.count, text[place] == UInt8(ascii: "."), isDigit(text[place + 1]) {
      let start = place
      place += 1
      while place < text.count, isDigit(text[place]) { place += 1 }
      numbers[2] += text.part(start..<place).number ?? 0
    }
    // `10:30:00 AM` is a time of the day.
    let rest = text.part(place..<text.count).trimmed
    if let word = clockWords.first(where: { rest.starts(with: $0) }) {
      place = text.count - text.part(place..<text.count).drop { $0 == 0x20 }.count
      place += word.utf8CodeUnitCount
    } else if let next = rest.first, isLetter(next) {
      return nil
    }
    let hours = days * 24 + numbers[0]
    return (((hours * 60 + numbers[1]) * 60 + numbers[2]) * 1000, place)
  }

  /// What may stand behind a clock that is a span.
  private static let clockWords: [StaticString] = ["hours", "minutes", "seconds", "remaining"]

  // MARK: ISO 8601

  /// `PT1M30S`, `P1DT2H`.
  private static func period(in text: Bytes) -> Found? {
    guard text.first == UInt8(ascii: "P"), text.count > 2 else { return nil }
    var sum = 0.0
    var place = 1
    var isTime = false
    var hasPart = false
    while place < text.count {
      if text[place] == UInt8(ascii: "T") {
        isTime = true
        place += 1
      }
      let start = place
      while place < text.count, isNumberByte(text[place]) { place += 1 }
      guard place > start, place < text.count, let number = text.part(start..<place).number else {
        break
      }
      switch (text[place], isTime) {
      case (UInt8(ascii: "D"), false): sum += number * 86_400_000
      case (UInt8(ascii: "H"), true): sum += number * 3_600_000
      case (UInt8(ascii: "M"), true): sum += number * 60_000
      case (UInt8(ascii: "S"), true): sum += number * 1000
      default: return nil
      }
      hasPart = true
      place += 1
    }
    return hasPart ? (sum, place) : nil
  }

  // MARK: Numbers with units

  private static func parts(in text: Bytes, bare: Double?) -> Found? {
    var sum = 0.0
    var hasPart = false
    var end = 0
    var place = 0
    while true {
      place = skipJoint(in: text, at: place, isFirst: !hasPart)
      let start = place
      while place < text.count, isNumberByte(text[place]) { place += 1 }
      // A full stop after a number ends the sentence.
      while place > start, text[place - 1] == UInt8(ascii: ".") { place -= 1 }
      guard let number = text.part(start..<place).number else { break }
      let numberEnd = place
      while place < text.count, isBetween(text[place]) { place += 1 }
      if let unit = TimeUnit(at: text.part(place..<text.count)) {
        sum += number * unit.milliseconds
        place += unit.count
        end = place
      } else if let bare, !hasPart, endsNumber(text, numberEnd) {
        return (number * bare, numberEnd)
      } else {
        break
      }
      hasPart = true
    }
    return hasPart ? (sum, end) : nil
  }

  /// Between a number and its unit: `30 seconds`, `'1' seconds`, `30-second`.
  private static func isBetween(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"")
      || byte == UInt8(ascii: "`")
  }

  /// A number that nothing is counted by: the sentence, a quote or a bracket ends behind it.
  private static func endsNumber(_ text: Bytes, _ end: Int) -> Bool {
    guard end < text.count else { return true }
    switch text[end] {
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "!"),
      UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "'"),
      UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "\n"):
      return true
    case 0x20: return !text.part(end..<text.count).trimmed.contains { $0 > 0x20 }
    default: return false
    }
  }

  /// What stands between two parts: blanks, a comma, `and`.
  private static func skipJoint(in text: Bytes, at start: Int, isFirst: Bool) -> Int {
    var place = start
    while place < text.count, text[place] == 0x20 { place += 1 }
    if isFirst { return place }
    if place < text.count, text[place] == UInt8(ascii: ",") { place += 1 }
    while place < text.count, text[place] == 0x20 { place += 1 }
    for word in joints where text.part(place..<text.count).starts(with: word.utf8) {
      return place + word.utf8.count
    }
    return place
  }

  private static let joints = ["and ", "und ", "et ", "y ", "e ", "и ", "i "]
}

/// A unit of time at the start of a text, in the languages of most APIs.
struct TimeUnit {
  let milliseconds: Double
  let count: Int

  init?(at text: Bytes) {
    guard let first = text.first, isLetter(first) || first >= 0x80 else { return nil }
    // Words of Chinese, Japanese and Korean stand without blanks between.
    if first >= 0xE3 {
      for (unit, milliseconds) in TimeUnit.joined where text.starts(with: unit.utf8) {
        self.milliseconds = milliseconds
        count = unit.utf8.count
        return
      }
      return nil
    }
    var end = 0
    while end < text.count, isLetter(text[end]) || text[end] >= 0x80 && text[end] < 0xE3 {
      end += 1
    }
    // `s)` of `second(s)`.
    guard let milliseconds = TimeUnit.milliseconds(of: text.part(0..<end)) else { return nil }
    self.milliseconds = milliseconds
    count = text.part(end..<end + 3).elementsEqual("(s)".utf8) ? end + 3 : end
  }

  private static func milliseconds(of word: Bytes) -> Double? {
    let word = String(repairing: word.part(0..<24)).lowercased()
    if let unit = GatewayProfile.LatencyUnit(word: word) { return unit.microseconds / 1000 }
    return switch word {
    case "millisekunden": 1
    case "sekunde", "sekunden", "seconde", "secondes", "segundo", "segundos", "secondo", "secondi",
      "секунд", "секунду", "секунды", "сек", "sekund", "sekundę", "sekundy", "seg":
      1000
    case "m", "min", "mins", "minute", "minutes", "minuten", "minuto", "minutos", "minuti", "минут",
      "минуту", "минуты", "мин", "minut", "minutę", "minuty":
      60_000
    case "h", "hr", "hrs", "hour", "hours", "stunde", "stunden", "std", "heure", "heures", "hora",
      "horas", "ora", "ore", "час", "часа", "часов", "godzin", "godzinę", "godziny":
      3_600_000
    case "d", "day", "days", "tag", "tage", "tagen", "jour", "jours", "día", "días", "dia", "dias",
      "giorno", "giorni", "день", "дня", "дней", "dzień", "dni":
      86_400_000
    default: nil
    }
  }

  private static let joined: [(String, Double)] = [
    ("毫秒", 1), ("ミリ秒", 1), ("밀리초", 1), ("秒", 1000), ("초", 1000), ("分钟", 60_000),
    ("分鐘", 60_000), ("分間", 60_000), ("分", 60_000), ("분", 60_000), ("小时", 3_600_000),
    ("小時", 3_600_000), ("個小時", 3_600_000), ("个小时", 3_600_000), ("時間", 3_600_000),
    ("시간", 3_600_000), ("天", 86_400_000), ("日", 86_400_000), ("일", 86_400_000),
  ]
}

private func isNumberByte(_ byte: UInt8) -> Bool {
  isDigit(byte) || byte == UInt8(ascii: ".")
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
