internal import Files
internal import JSON

/// Finds records inside of records: in strings that are JSON or text of their own, wherever an
/// exporter puts them, and in HTTP messages.
final class Unwrapper {
  struct Inner {
    /// Valid until the next of its depth is found.
    var record: JSONValue
    /// The gateway that wrote it, where its layout told.
    var gateway: Int?
    /// What a prefix of its text tells, in milliseconds since the epoch.
    var time: Int64?
  }

  private let texts: TextReader
  private let time: (Bytes) -> Int64?
  /// For what is found at each depth: what stands outside must stay valid.
  private let parsers: [JSONParser]
  private let member = JSONParser()
  private var writer = JSONWriter()
  /// How long the record says that it took, beside what it wraps.
  private var latency: Bytes?
  private let lists = RecordLists()

  /// A container's log around an exporter's record around a message: more than so many is a
  /// coincidence.
  static let deepest = 4

  /// `time` reads the time of a prefix.
  init(_ texts: TextReader, time: @escaping (Bytes) -> Int64?) {
    self.texts = texts
    self.time = time
    parsers = (0...Unwrapper.deepest).map { _ in JSONParser() }
  }

  /// The records of what holds records and nothing else; nil where it is none.
  func list(in root: JSONValue) -> RecordLists.List? {
    lists.list(in: root, by: parsers[Unwrapper.deepest])
  }

  /// A record whose HTTP message was taken apart.
  func spread(_ record: JSONValue, depth: Int) -> JSONValue? {
    WireMessage.spread(record, &writer)
    return parsed(depth)
  }

  // MARK: Strings

  /// A member that may be a line of its own.
  struct Candidate {
    var value: JSONValue
    /// Whether its name says so.
    var isNamed: Bool
  }

  /// Further members are passed over.
  private static let mostMembers = 256
  private static let mostCandidates = 12
  /// A line without a name for it is no shorter.
  private static let leastUnnamed = 32
  /// How many objects stand around a line at most.
  private static let mostLevels = 3

  /// What may be a line of its own, the outermost first, and what is named so before what is not.
  func candidates(in record: JSONValue) -> [Candidate] {
    var candidates: [Candidate] = []
    var others: [Candidate] = []
    var members = 0
    var level = [record]
    latency = nil
    for _ in 0...Unwrapper.mostLevels where !level.isEmpty {
      var inner: [JSONValue] = []
      for object in level {
        for (key, value) in object.members {
          members += 1
          guard members < Unwrapper.mostMembers else { return candidates + others }
          if value.isObject {
            if !WrapperNames.areOfExchange(key) || WrapperNames.areOfError(key) {
              inner.append(value)
            }
          } else if value.isString || value.isArray {
            if latency == nil, WrapperNames.areOfLatency(key) { latency = span(value) }
            let isNamed = WrapperNames.areOfLine(key) || WrapperNames.areOfError(key)
            guard isNamed ? mayBeLine(value) : mayBeUnnamed(key, value) else { continue }
            let candidate = Candidate(value: value, isNamed: isNamed)
            if isNamed { candidates.append(candidate) } else { others.append(candidate) }
            guard candidates.count < Unwrapper.mostCandidates else { return candidates }
          }
        }
      }
      level = inner
    }
    return candidates + others.prefix(Unwrapper.mostCandidates)
  }

  /// A number with its unit.
  private func span(_ value: JSONValue) -> Bytes? {
    value.string.flatMap { text in splitUnit(text)?.1 == nil ? nil : text }
  }

  private func mayBeLine(_ value: JSONValue) -> Bool {
    guard let text = scalar(value).string else { return value.isArray && isBytes(value) }
    return text.count > 1
  }

  private func mayBeUnnamed(_ key: Bytes, _ value: JSONValue) -> Bool {
    guard let text = value.string, text.count >= Unwrapper.leastUnnamed else { return false }
    return !WrapperNames.areOfExchange(key)
  }

  /// systemd's journal writes text that is not printable as the numbers of its bytes.
  private func isBytes(_ value: JSONValue) -> Bool {
    var elements = value.elements
    return elements.next()?.integer.map { (0...255).contains($0) } ?? false
  }

  /// The record that a candidate is; nil where it is none.
  func open(_ candidate: Candidate, depth: Int) -> Inner? {
    if let text = scalar(candidate.value).string { return open(text, depth) }
    var bytes: [UInt8] = []
    for element in candidate.value.elements {
      guard let byte = element.integer.flatMap({ UInt8(exactly: $0) }) else { return nil }
      bytes.append(byte)
    }
    return bytes.withUnsafeBufferPointer { open($0, depth) }
  }

  /// The same steps as those of a line that stands by itself.
  private func open(_ string: Bytes, _ depth: Int) -> Inner? {
    let text = Envelope.text(of: string)
    guard text.count > 1 else { return nil }
    if let object = object(text, depth) { return Inner(record: object) }
    if EscapeSequences.areIn(text) {
      return EscapeSequences.removed(from: text).withUnsafeBufferPointer { open($0, depth) }
    }
    if let plain = decoded(text) { return plain.withUnsafeBufferPointer { open($0, depth) } }
    var envelope = Envelope(text)
    if envelope.text.count < text.count, let object = object(envelope.text, depth) {
      return Inner(record: object, time: envelope.time.flatMap(time))
    }
    if let inner = layout(envelope, depth) { return inner }
    if let json = Envelope.json(behind: envelope.text), let object = object(json, depth) {
      return Inner(record: object, time: envelope.time.flatMap(time))
    }
    if envelope.takeTime(), let inner = layout(envelope, depth) { return inner }
    if envelope.text.count < text.count, let inner = layout(Envelope(bare: text), depth) {
      return inner
    }
    if let inner = layout(envelope, depth, isKnown: false) { return inner }
    // What a request was may stand below what became of it.
    guard let end = text.place(of: 0x0A) else { return nil }
    let first = Envelope(text.part(0..<end).trimmed)
    return layout(first, depth) ?? layout(first, depth, isKnown: false)
  }

  /// What stands in base64, as queues carry it; nil where it is anything but text.
  private func decoded(_ text: Bytes) -> [UInt8]? {
    guard text.count >= Unwrapper.leastUnnamed, text.count % 4 == 0, let plain = base64(text),
      plain.allSatisfy({ $0 >= 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D })
    else { return nil }
    return plain
  }

  /// A text by its layout; where none is known, as what it tells of a request.
  private func layout(_ envelope: Envelope, _ depth: Int, isKnown: Bool = true) -> Inner? {
    let text = envelope.text
    guard
      let written = isKnown
        ? texts.read(text) : texts.readLoosely(text, isDated: envelope.time != nil, isMember: true)
    else { return nil }
    if let latency { texts.add(latency: latency) }
    guard let object = try? parsers[depth].parse(padded: written.object) else { return nil }
    return Inner(
      record: object, gateway: written.gateway, time: envelope.time.flatMap(time))
  }

  private func object(_ text: Bytes, _ depth: Int) -> JSONValue? {
    guard text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}"),
      let object = try? parsers[depth].parse(text), object.isObject
    else { return nil }
    return object
  }

  // MARK: Parts

  /// A record with an object of its own in place of the text that it was; nil where there is no
  /// such text.
  func whole(_ record: JSONValue, depth: Int) -> JSONValue? {
    for (key, value) in record.members where WrapperNames.areOfPart(key) {
      guard let text = value.string?.trimmed, text.first == UInt8(ascii: "{"),
        let part = try? member.parse(text), part.isObject
      else { continue }
      write(record, with: part, insteadOf: value)
      return parsed(depth)
    }
    return nil
  }

  private func parsed(_ depth: Int) -> JSONValue? {
    try? writer.bytes.withUnsafeBufferPointer { try parsers[depth].parse($0) }
  }

  private func write(_ record: JSONValue, with part: JSONValue, insteadOf text: JSONValue) {
    writer.clear()
    writer.beginObject()
    for (key, value) in record.members {
      writer.key(key)
      writer.value(value.isSame(as: text) ? part : value)
    }
    writer.endObject()
  }
}
