internal import Files
internal import Times

// What syslog puts before a message.
extension Envelope {
  /// RFC 5424, also with a length in front (RFC 6587), and as Heroku's logplex writes it, without
  /// structured data: `332 <158>1 TIME HOST APP PROCESS MESSAGE - …`.
  mutating func takeSyslog() -> Bool {
    var words = LineWords(text)
    guard var priority = words.next() else { return false }
    if priority.integer != nil, let next = words.next() { priority = next }
    guard priority.first == UInt8(ascii: "<"), priority.last == UInt8(ascii: "1"),
      priority.count >= 4, priority[priority.count - 2] == UInt8(ascii: ">"),
      priority.part(1..<priority.count - 2).integer != nil, let time = words.next(),
      words.next() != nil, words.next() != nil, words.next() != nil, words.next() != nil
    else { return false }
    self.time = self.time ?? time
    text = takeStructuredData(words.rest)
    return true
  }

  /// `[id key="value"][id key="value"] message`; returns the message, else what of one element is pairs.
  private mutating func takeStructuredData(_ text: Bytes) -> Bytes {
    var words = LineWords(text)
    if let word = words.next(), word.isEqual(to: "-") { return words.rest }
    guard text.first == UInt8(ascii: "[") else { return text }
    var elements = 1
    var place = 0
    var isQuoted = false
    var hasPair = false
    while place < text.count {
      switch text[place] {
      case UInt8(ascii: "\\"): place += 1
      case UInt8(ascii: "\""):
        isQuoted.toggle()
        hasPair = hasPair || place > 0 && text[place - 1] == UInt8(ascii: "=")
      case UInt8(ascii: "]") where !isQuoted:
        if place + 1 < text.count, text[place + 1] == UInt8(ascii: "[") {
          elements += 1
          break
        }
        guard hasPair else { return text }
        let message = text.part(place + 1..<text.count).trimmed
        // Where there is no message, the data are the record.
        if message.isEmpty, elements == 1 { return text.part(1..<place).trimmed }
        data = text.part(0..<place + 1)
        return message
      default: break
      }
      place += 1
    }
    return text
  }

  /// The pairs of structured data, without their brackets and ids.
  static func pairs(of data: Bytes) -> [UInt8] {
    var pairs: [UInt8] = []
    var isQuoted = false
    var isID = false
    var place = 0
    while place < data.count {
      let byte = data[place]
      switch byte {
      case UInt8(ascii: "\\") where isQuoted && place + 1 < data.count:
        pairs.append(byte)
        place += 1
        pairs.append(data[place])
      case UInt8(ascii: "\""):
        isQuoted.toggle()
        pairs.append(byte)
      case UInt8(ascii: "[") where !isQuoted: isID = true
      case UInt8(ascii: "]") where !isQuoted: pairs.append(0x20)
      default:
        if isID { isID = byte != 0x20 } else { pairs.append(byte) }
      }
      place += 1
    }
    return pairs
  }

  /// RFC 3164 and rsyslog: `<134>Feb 25 16:19:49 HOST haproxy[7]: …`, the time perhaps in ISO 8601,
  /// the host perhaps missing.
  mutating func takeOldSyslog() -> Bool {
    var rest = text
    if rest.first == UInt8(ascii: "<"), let end = rest.prefix(5).firstIndex(of: UInt8(ascii: ">")),
      rest.part(1..<end).integer != nil
    {
      rest = rest.part(end + 1..<rest.count)
    }
    var words = LineWords(rest)
    guard let first = words.next() else { return false }
    var time = first
    if !isTime(first) {
      guard first.count == 3, words.next() != nil, let clock = words.next(), clock.count >= 8,
        let start = first.baseAddress, let end = clock.baseAddress
      else { return false }
      time = Bytes(start: start, count: end - start + clock.count)
      guard parseTime(time, zone: .utc, reference: someTime) != nil else { return false }
    }
    guard let host = words.next() else { return false }
    if host.last != UInt8(ascii: ":") {
      guard let tag = words.next() else { return false }
      if tag.last != UInt8(ascii: ":") {
        // `app_p [1957]:`
        guard let number = words.next(), number.count > 3, number.first == UInt8(ascii: "["),
          number.last == UInt8(ascii: ":"), number[number.count - 2] == UInt8(ascii: "]"),
          number.part(1..<number.count - 2).integer != nil
        else { return false }
      }
    }
    self.time = self.time ?? time
    text = words.rest
    return true
  }

  /// What of syslog's line is left where only the program's name was kept: `haproxy[674]: …`.
  mutating func takeTag() -> Bool {
    var words = LineWords(text)
    guard let tag = words.next(), tag.count > 4, tag.last == UInt8(ascii: ":"),
      tag[tag.count - 2] == UInt8(ascii: "]"), let bracket = tag.place(of: UInt8(ascii: "[")),
      bracket > 0, tag.part(0..<bracket).allSatisfy(\.isNameByte),
      tag.part(bracket + 1..<tag.count - 2).integer != nil
    else { return false }
    text = words.rest
    return true
  }
}
