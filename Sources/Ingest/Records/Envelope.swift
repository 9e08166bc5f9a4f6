internal import Files
internal import Times

/// A line without what stands before its record: the prefix of a container runtime, of syslog or of
/// compose.
struct Envelope {
  /// The line without its prefixes.
  private(set) var text: Bytes
  /// The time that a prefix tells, as text.
  private(set) var time: Bytes?

  /// A line without the blanks around it, and without the byte order mark of its file or the
  /// separator of a sequence (RFC 7464).
  static func text(of line: Bytes) -> Bytes {
    let text = line.trimmed
    guard let first = text.first, first == 0xEF || first == separator else { return text }
    if first == separator { return text.part(1..<text.count).trimmed }
    guard text.starts(with: byteOrderMark) else { return text }
    return text.part(byteOrderMark.count..<text.count).trimmed
  }

  /// Whether a line has nothing on it.
  @inline(__always)
  static func isBlank(_ line: Bytes) -> Bool {
    guard let first = line.first, first > 0x20, first != byteOrderMark[0] else {
      return text(of: line).isEmpty
    }
    return false
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let separator: UInt8 = 0x1E

  /// A text that is JSON from its first byte to its last, by the look of it.
  static func isJSON(_ text: Bytes) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    // Leading NULs are the parser's to repair.
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[") && last == UInt8(ascii: "]")
      || first == 0
  }

  /// The JSON behind a prefix of any sort, or nil where there is none.
  static func json(behind text: Bytes) -> Bytes? {
    guard text.last == UInt8(ascii: "}"),
      let start = text.prefix(longest).firstIndex(of: UInt8(ascii: "{"))
    else { return nil }
    return text.part(start..<text.count)
  }

  /// Longer prefixes do not occur.
  private static let longest = 512
  /// Kubernetes in compose in syslog: more than so many is a coincidence.
  private static let mostPrefixes = 4

  /// A line as it is.
  init(bare line: Bytes) {
    text = line
  }

  /// Takes off every prefix that is known.
  init(_ line: Bytes) {
    text = line
    for _ in 0..<Envelope.mostPrefixes {
      guard !Envelope.isJSON(text), mayHavePrefix, takePrefix() else { break }
      // Syslog's message begins with a byte order mark where it is UTF-8 (RFC 5424).
      text = Envelope.text(of: text)
    }
  }

  /// A quick look at the first two words, by which nearly every line without a prefix is told.
  private var mayHavePrefix: Bool {
    var words = Words(text)
    guard let first = words.next() else { return false }
    // A priority, a pod, a tag, a severity, a month, a time.
    if first[0] == UInt8(ascii: "<") || first[0] == UInt8(ascii: "[")
      || first.last == UInt8(ascii: ":") || first.count == 3
      || first.count >= Envelope.shortestTime || text.count > 1 && text[1] == UInt8(ascii: ",")
    {
      return true
    }
    // A priority behind a length, compose's bar, a stream.
    guard let second = words.next() else { return false }
    return second[0] == UInt8(ascii: "<") || second[0] == UInt8(ascii: "|")
      || second.isEqual(to: "stdout") || second.isEqual(to: "stderr")
  }

  /// `2026-11-02T09:00:00`
  private static let shortestTime = 19

  private mutating func takePrefix() -> Bool {
    takeRuntime() || takeSyslog() || takeOldSyslog() || takeTag() || takeCompose() || takeRuby()
      || takeLambda() || takePriority()
  }

  /// Of syslog the priority alone, as firewalls put it before their pairs: `<189>date=2026-11-02 …`.
  private mutating func takePriority() -> Bool {
    guard text.first == UInt8(ascii: "<"),
      let end = text.prefix(5).firstIndex(of: UInt8(ascii: ">")), end > 1, end + 1 < text.count,
      text.part(1..<end).integer != nil, text[end + 1] | 0x20 &- 0x61 < 26
    else { return false }
    text = text.part(end + 1..<text.count)
    return true
  }

  /// AWS Lambda's text: `TIME\tREQUEST\tLEVEL\t…` of Node.js, `[LEVEL]\tTIME\tREQUEST\t…` of Python.
  private mutating func takeLambda() -> Bool {
    var words = Words(text)
    guard var first = words.next() else { return false }
    let levelIsFirst = first[0] == UInt8(ascii: "[")
    if levelIsFirst, let next = words.next() { first = next }
    guard isTime(first), let request = words.next(), request.count == 36,
      request[8] == UInt8(ascii: "-"), request[23] == UInt8(ascii: "-"),
      levelIsFirst || words.next() != nil
    else { return false }
    time = time ?? first
    text = words.rest
    return true
  }

  /// Takes off a time at the front, as `docker logs -t`, `kubectl logs --timestamps` and loggers write it.
  mutating func takeTime() -> Bool {
    var words = Words(text)
    guard let word = words.next() else { return false }
    if isTime(word) {
      time = time ?? word
      text = words.rest
      return true
    }
    // `2026-11-02 09:00:00`, perhaps with a zone.
    guard word.count == 10, word[4] == UInt8(ascii: "-"), let clock = words.next(),
      let date = words.read, parseTime(date, zone: .utc) != nil, clock.count >= 8
    else { return false }
    var zoned = words
    if let zone = zoned.next(), zone[0] == UInt8(ascii: "+") || zone[0] == UInt8(ascii: "-"),
      let whole = zoned.read, parseTime(whole, zone: .utc) != nil
    {
      words = zoned
    }
    time = time ?? words.read
    text = words.rest
    return true
  }

  /// ISO 8601 in one word.
  private func isTime(_ word: Bytes) -> Bool {
    word.count >= Envelope.shortestTime && word[4] == UInt8(ascii: "-")
      && word[10] | 0x20 == UInt8(ascii: "t")
      && parseTime(word, zone: .utc) != nil
  }

  /// Kubernetes' container runtime interface: `TIME stdout F …`; P for a part that goes on.
  private mutating func takeRuntime() -> Bool {
    var words = Words(text)
    guard let first = words.next(), let stream = words.next(), let tag = words.next(),
      stream.isEqual(to: "stdout") || stream.isEqual(to: "stderr"), isTime(first)
    else { return false }
    // The tag may have more after a colon.
    guard tag.first == UInt8(ascii: "F") || tag.first == UInt8(ascii: "P"),
      tag.count == 1 || tag[1] == UInt8(ascii: ":")
    else { return false }
    time = time ?? first
    text = words.rest
    return true
  }

  /// RFC 5424, also with a length in front (RFC 6587), and as Heroku's logplex writes it, without
  /// structured data: `332 <158>1 TIME HOST APP PROCESS MESSAGE - …`.
  private mutating func takeSyslog() -> Bool {
    var words = Words(text)
    guard var priority = words.next() else { return false }
    if priority.integer != nil, let next = words.next() { priority = next }
    guard priority.first == UInt8(ascii: "<"), priority.last == UInt8(ascii: "1"),
      priority.count >= 4, priority[priority.count - 2] == UInt8(ascii: ">"),
      priority.part(1..<priority.count - 2).integer != nil, let time = words.next(),
      words.next() != nil, words.next() != nil, words.next() != nil, words.next() != nil
    else { return false }
    self.time = self.time ?? time
    text = Envelope.withoutStructuredData(words.rest)
    return true
  }

  private static func withoutStructuredData(_ text: Bytes) -> Bytes {
    var words = Words(text)
    if let word = words.next(), word.isEqual(to: "-") { return words.rest }
    guard text.first == UInt8(ascii: "[") else { return text }
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
        if place + 1 < text.count, text[place + 1] == UInt8(ascii: "[") { break }
        guard hasPair else { return text }
        let message = text.part(place + 1..<text.count).trimmed
        // Where there is no message, the data are the record.
        return message.isEmpty ? text.part(1..<place).trimmed : message
      default: break
      }
      place += 1
    }
    return text
  }

  /// RFC 3164 and rsyslog: `<134>Feb 25 16:19:49 HOST haproxy[7]: …`, the time perhaps in ISO 8601,
  /// the host perhaps missing.
  private mutating func takeOldSyslog() -> Bool {
    var rest = text
    if rest.first == UInt8(ascii: "<"), let end = rest.prefix(5).firstIndex(of: UInt8(ascii: ">")),
      rest.part(1..<end).integer != nil
    {
      rest = rest.part(end + 1..<rest.count)
    }
    var words = Words(rest)
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
      guard let tag = words.next(), tag.last == UInt8(ascii: ":") else { return false }
    }
    self.time = self.time ?? time
    text = words.rest
    return true
  }

  /// What of syslog's line is left where only the program's name was kept: `haproxy[674]: …`.
  private mutating func takeTag() -> Bool {
    var words = Words(text)
    guard let tag = words.next(), tag.count > 4, tag.last == UInt8(ascii: ":"),
      tag[tag.count - 2] == UInt8(ascii: "]"), let bracket = tag.place(of: UInt8(ascii: "[")),
      bracket > 0, tag.part(0..<bracket).allSatisfy(Envelope.isNameByte),
      tag.part(bracket + 1..<tag.count - 2).integer != nil
    else { return false }
    text = words.rest
    return true
  }

  /// `caddy-1  | …`, and `[pod/name/container] …`.
  private mutating func takeCompose() -> Bool {
    var words = Words(text)
    guard let name = words.next() else { return false }
    if name.starts(with: "[pod/".utf8), name.last == UInt8(ascii: "]") {
      text = words.rest
      return true
    }
    guard let bar = words.next(), bar.isEqual(to: "|"), name.allSatisfy(Envelope.isNameByte) else {
      return false
    }
    text = words.rest
    return true
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Ruby's Logger: `I, [2012-11-16T15:07:14.123456 #1]  INFO -- : …`.
  private mutating func takeRuby() -> Bool {
    guard text.count > 10, text[1] == UInt8(ascii: ","), text[3] == UInt8(ascii: "[") else {
      return false
    }
    var words = Words(text.part(4..<text.count))
    guard let time = words.next(), isTime(time) else { return false }
    while let word = words.next() {
      guard word.isEqual(to: "--") else { continue }
      while let name = words.next() {
        if name.last == UInt8(ascii: ":") {
          self.time = self.time ?? time
          text = words.rest
          return true
        }
      }
    }
    return false
  }
}

/// The words of a line, one after the other.
private struct Words {
  private let text: Bytes
  private var place = 0

  init(_ text: Bytes) {
    self.text = text
  }

  mutating func next() -> Bytes? {
    while place < text.count, text[place].isBlank { place += 1 }
    let start = place
    while place < text.count, !text[place].isBlank { place += 1 }
    return place > start ? text.part(start..<place) : nil
  }

  /// The words taken so far.
  var read: Bytes? { place > 0 ? text.part(0..<place) : nil }

  /// What follows, without the blanks before it.
  var rest: Bytes { text.part(place..<text.count).trimmed }
}
