internal import Files
internal import Times

/// A line without what stands before its record: the prefix of a container runtime, of syslog or of
/// compose.
struct Envelope {
  /// The line without its prefixes.
  var text: Bytes
  /// The time that a prefix tells, as text.
  var time: Bytes?
  /// Syslog's structured data, where there is a message behind them, or several of them.
  var data: Bytes?

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
    var words = LineWords(text)
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
    var words = LineWords(text)
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
    var words = LineWords(text)
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
    var whole = words.read
    if let zone = zoned.next(), zone[0] == UInt8(ascii: "+") || zone[0] == UInt8(ascii: "-"),
      let read = zoned.read
    {
      // `2022-08-25 14:24:52 -0400: …`
      let zoneEnd = zone.last == UInt8(ascii: ":") ? read.count - 1 : read.count
      if parseTime(read.part(0..<zoneEnd), zone: .utc) != nil {
        whole = read.part(0..<zoneEnd)
        words = zoned
      }
    }
    time = time ?? whole
    text = words.rest
    return true
  }

  /// ISO 8601 in one word.
  func isTime(_ word: Bytes) -> Bool {
    word.count >= Envelope.shortestTime && word[4] == UInt8(ascii: "-")
      && word[10] | 0x20 == UInt8(ascii: "t")
      && parseTime(word, zone: .utc) != nil
  }

  /// Kubernetes' container runtime interface: `TIME stdout F …`; P for a part that goes on.
  private mutating func takeRuntime() -> Bool {
    var words = LineWords(text)
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

  /// `caddy-1  | …`, and `[pod/name/container] …`.
  private mutating func takeCompose() -> Bool {
    var words = LineWords(text)
    guard let name = words.next() else { return false }
    if name.starts(with: "[pod/".utf8), name.last == UInt8(ascii: "]") {
      text = words.rest
      return true
    }
    guard let bar = words.next(), bar.isEqual(to: "|"),
      name.allSatisfy({ $0.isNameByte || $0 == UInt8(ascii: "@") })
    else { return false }
    text = words.rest
    return true
  }

  /// Ruby's Logger: `I, [2012-11-16T15:07:14.123456 #1]  INFO -- : …`.
  private mutating func takeRuby() -> Bool {
    guard text.count > 10, text[1] == UInt8(ascii: ","), text[3] == UInt8(ascii: "[") else {
      return false
    }
    var words = LineWords(text.part(4..<text.count))
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
