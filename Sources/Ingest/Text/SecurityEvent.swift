internal import Files

/// An event as firewalls, proxies and their clouds send it to a collector: in ArcSight's common event format
/// or in IBM's log event extended format.
///
///     CEF:0|vendor|product|version|event|name|severity|key=value key=value …
///     LEEF:1.0|vendor|product|version|event|key=value<tab>key=value …
///
/// A header may stand before it. Values of CEF have blanks: one ends where the next key begins.
struct SecurityEvent {
  private(set) var time: Bytes?
  /// The same, where the event says how it is written.
  private(set) var date: PatternDate?
  /// The URL, perhaps without its scheme, or the path.
  private(set) var target: Bytes?
  /// All others, by their labels where they have some: `cn1=503 cn1Label=status`.
  private(set) var pairs: [LoosePairs.Pair] = []

  /// Nil for a line that is anything else.
  init?(_ text: Bytes) {
    if let start = SecurityEvent.start("CEF:", in: text),
      let end = SecurityEvent.end(ofColumns: 7, in: text, from: start)
    {
      takeExtension(text.part(end..<text.count))
    } else if let start = SecurityEvent.start("LEEF:", in: text) {
      let isSecond = text.part(start + 5..<text.count).first == UInt8(ascii: "2")
      guard let end = SecurityEvent.end(ofColumns: isSecond ? 6 : 5, in: text, from: start) else {
        return nil
      }
      let mark = isSecond ? SecurityEvent.separator(before: end - 1, in: text) : 0x09
      takeAttributes(text.part(end..<text.count), separator: mark)
    } else {
      return nil
    }
    useLabels()
    takeTime()
    target = taken(by: ["request", "url", "targetUrl", "requestUrl"])
  }

  /// A header is no longer.
  private static let longestHeader = 256
  private static let mostPairs = 128

  // MARK: The header

  /// Where the form's name stands, as a word of its own or behind the colon of a tag.
  private static func start(_ name: StaticString, in text: Bytes) -> Int? {
    let length = name.utf8CodeUnitCount
    guard text.count > length else { return nil }
    for place in 0..<min(text.count - length, longestHeader)
    where text[place] == name.utf8Start[0]
      && (place == 0 || text[place - 1].isBlank || text[place - 1] == UInt8(ascii: ":"))
    {
      if text.part(place..<place + length).isEqual(to: name) { return place }
    }
    return nil
  }

  /// What stands behind so many columns.
  private static func end(ofColumns count: Int, in text: Bytes, from start: Int) -> Int? {
    var left = count
    var place = start
    while place < text.count {
      if text[place] == UInt8(ascii: "\\") {
        place += 1
      } else if text[place] == UInt8(ascii: "|") {
        left -= 1
        if left == 0 { return place + 1 }
      }
      place += 1
    }
    return nil
  }

  /// What stands between attributes, as the last column of the header says: a mark, or its number such as `x5E`.
  private static func separator(before end: Int, in text: Bytes) -> UInt8 {
    var start = end
    while start > 0, text[start - 1] != UInt8(ascii: "|") { start -= 1 }
    let column = text.part(start..<end)
    guard column.count > 1, let sign = column.lastIndex(where: { $0 | 0x20 == UInt8(ascii: "x") })
    else { return column.first ?? 0x09 }
    let digits = String(decoding: column.part(sign + 1..<column.count), as: UTF8.self)
    return UInt8(digits, radix: 16) ?? 0x09
  }

  // MARK: Pairs

  private mutating func takeExtension(_ text: Bytes) {
    var key: Bytes?
    var start = 0
    var place = 0
    while place < text.count {
      if text[place] == UInt8(ascii: "\\") {
        place += 2
        continue
      }
      guard text[place] == UInt8(ascii: "="),
        let keyStart = SecurityEvent.keyStart(before: place, in: text)
      else {
        place += 1
        continue
      }
      if let key { add(key, text.part(start..<keyStart)) }
      key = text.part(keyStart..<place)
      place += 1
      start = place
    }
    if let key { add(key, text.part(min(start, text.count)..<text.count)) }
  }

  /// Where a key begins that a sign ends: at the text's start or behind a blank.
  private static func keyStart(before sign: Int, in text: Bytes) -> Int? {
    var start = sign
    while start > 0, isKeyByte(text[start - 1]) { start -= 1 }
    return start < sign && (start == 0 || text[start - 1].isBlank) ? start : nil
  }

  private mutating func takeAttributes(_ text: Bytes, separator: UInt8) {
    for field in text.split(separator: separator) {
      let field = Bytes(rebasing: field)
      guard let sign = field.place(of: UInt8(ascii: "=")), sign > 0 else { continue }
      add(field.part(0..<sign).trimmed, field.part(sign + 1..<field.count))
    }
  }

  private mutating func add(_ key: Bytes, _ value: Bytes) {
    guard pairs.count < SecurityEvent.mostPairs, key.allSatisfy(SecurityEvent.isKeyByte) else {
      return
    }
    pairs.append(LoosePairs.Pair(key: key, value: value.trimmed))
  }

  /// Gives numbered keys their names: a value at `cn1` has the one at `cn1Label`.
  private mutating func useLabels() {
    for label in pairs where label.key.count > 5 && label.key.suffix(5).elementsEqual("Label".utf8)
    {
      let key = label.key.part(0..<label.key.count - 5)
      guard let number = pairs.firstIndex(where: { $0.key.elementsEqual(key) }),
        label.value.allSatisfy({ SecurityEvent.isKeyByte($0) || $0 == 0x20 })
      else { continue }
      pairs[number].key = label.value
    }
  }

  /// When it happened, else when it was received, else when it was sent.
  private mutating func takeTime() {
    let format = taken(by: ["devTimeFormat"])
    if let time = taken(by: ["start", "rt"]) {
      self.time = time
    } else if let time = taken(by: ["devTime"]) {
      self.time = time
      date = format.flatMap { PatternDate(time, writtenAs: $0) }
    } else {
      time = taken(by: ["end"])
    }
  }

  /// The first value that has one of some keys, which is taken out.
  private mutating func taken(by keys: [StaticString]) -> Bytes? {
    for key in keys {
      guard let number = pairs.firstIndex(where: { $0.key.isEqual(to: key) && !$0.value.isEmpty })
      else { continue }
      return pairs.remove(at: number).value
    }
    return nil
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: ":"):
      true
    default: false
    }
  }
}
