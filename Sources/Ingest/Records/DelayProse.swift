internal import Files
internal import Profiles
internal import Times

/// How long to wait, as far as a message says so in prose.
struct DelayProse {
  /// When the response came, from which dates are counted; in milliseconds since the epoch.
  let time: Int64?
  let zone: Zone

  /// Longer messages are looked at so far.
  private static let longest = 4096

  /// Milliseconds that stand behind one of a few phrases, such as `retry after 20 seconds`.
  func delay(in message: Bytes, after phrases: [DelayPhrases]) -> Int64? {
    let message = message.part(0..<DelayProse.longest)
    // A delay has digits, and stands behind its phrase.
    guard let last = message.lastIndex(where: { (0x30...0x39).contains($0) }) else { return nil }
    for phrases in phrases where !phrases.isEmpty {
      var place = 0
      while let phrase = phrases.next(in: message, from: place, to: last) {
        place = phrase.next
        let isMoment = DelayProse.moments.contains { word in
          let start = phrase.end - word.utf8CodeUnitCount
          return start >= 0 && message.part(start..<phrase.end).isEqual(ignoringCase: word)
        }
        if let delay = delay(in: message.part(phrase.end..<message.count), isMoment: isMoment) {
          return delay
        }
      }
    }
    return delayBeforeItsWord(in: message)
  }

  /// What stands behind a phrase.
  private func delay(in text: Bytes, isMoment: Bool) -> Int64? {
    var place = 0
    var isMoment = isMoment
    while let next = filler(in: text, at: place) {
      isMoment = isMoment || next.isMoment
      place = next.end
    }
    let rest = text.part(place..<text.count)
    if let until = moment(at: rest) { return time.map { max(0, until - $0) } }
    // `try again at 10:30:00` is a time of the day.
    return isMoment ? nil : Span(in: rest, bare: 1000)?.milliseconds
  }

  /// How a phrase ends behind which a moment stands, and no delay.
  private static let moments: [StaticString] = [" at", " on", "until"]

  /// Words that may stand between a phrase and the delay.
  private func filler(in text: Bytes, at place: Int) -> (end: Int, isMoment: Bool)? {
    guard place < text.count else { return nil }
    switch text[place] {
    case 0x20, UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "~"),
      UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "("):
      return (place + 1, false)
    default: break
    }
    let rest = text.part(place..<text.count)
    for (word, isMoment) in DelayProse.fillers
    where rest.count > word.utf8CodeUnitCount
      && rest.part(0..<word.utf8CodeUnitCount).isEqual(ignoringCase: word)
    {
      return (place + word.utf8CodeUnitCount, isMoment)
    }
    return nil
  }

  private static let fillers: [(StaticString, Bool)] = [
    ("about ", false), ("approximately ", false), ("approx. ", false), ("around ", false),
    ("roughly ", false), ("another ", false), ("at least ", false), ("for ", false),
    ("in ", false), ("after ", false), ("the next ", false), ("up to ", false), ("≈", false),
    ("约", false), ("約", false), ("大约", false), ("etwa ", false), ("at ", true), ("on ", true),
    ("until ", true),
  ]

  /// A date, or a count of seconds or milliseconds since 1970.
  private func moment(at text: Bytes) -> Int64? {
    guard let first = text.first else { return nil }
    if (0x30...0x39).contains(first) {
      let digits = text.firstIndex { !(0x30...0x39).contains($0) } ?? text.count
      if digits == 10 || digits == 13 {
        return text.part(0..<digits).integer.flatMap { parseTime(integer: $0) }
      }
      guard digits == 4, text.count > 10, text[4] == 0x2D || text[4] == 0x2F else { return nil }
      return date(at: text)
    }
    // `Thu, 12 Nov 2026 08:00:30 GMT`
    guard text.count > 28, text[3] == UInt8(ascii: ",") else { return nil }
    return parseTime(text.part(0..<29), zone: zone)
  }

  /// The longest beginning that is a date.
  private func date(at text: Bytes) -> Int64? {
    var end = 0
    while end < min(text.count, 40), isDateByte(text[end]) { end += 1 }
    while end >= 10 {
      let last = text[end - 1]
      if (0x30...0x39).contains(last) || last == UInt8(ascii: "Z"),
        let time = parseTime(text.part(0..<end), zone: zone)
      {
        return time
      }
      end -= 1
    }
    return nil
  }

  private func isDateByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x20, UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "."),
      UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "T"), UInt8(ascii: "Z"):
      true
    default: false
    }
  }

  /// `30秒后`, `10分後`, `30초 후`: the word for “after” stands behind.
  private func delayBeforeItsWord(in message: Bytes) -> Int64? {
    guard let text = message.baseAddress, message.contains(where: { $0 >= 0xE3 }) else {
      return nil
    }
    for start in 0..<message.count where text[start] &- 0x30 < 10 {
      if start > 0, text[start - 1] &- 0x30 < 10 { continue }
      let rest = message.part(start..<message.count)
      guard let span = Span(in: rest) else { continue }
      let behind = rest.part(span.end..<rest.count).trimmed
      if DelayProse.afterwards.contains(where: { behind.starts(with: $0.utf8) }) {
        return span.milliseconds
      }
    }
    return nil
  }

  private static let afterwards = [
    "后", "後", "之后", "之後", "以后", "以後", "후", "뒤", "お待ち", "待って", "待つ", "経って", "기다",
  ]
}
