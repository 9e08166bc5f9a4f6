internal import Files
internal import JSON

/// Finds records inside of records: in lists, in strings that are JSON or text of their own, in
/// HTTP messages, in OpenTelemetry's attributes.
final class Unwrapper {
  struct Inner {
    /// Valid until the next of its depth is found.
    var record: JSONValue
    /// The gateway that wrote it, where its layout told.
    var gateway: Int?
  }

  private let texts: TextReader
  /// For what is found at each depth: what stands outside must stay valid.
  private let parsers: [JSONParser]
  private let member = JSONParser()
  private var writer = JSONWriter()
  private let openTelemetry = OpenTelemetry()

  /// Docker around a record around a message: more than so many is a coincidence.
  static let deepest = 3

  init(_ texts: TextReader) {
    self.texts = texts
    parsers = (0...Unwrapper.deepest).map { _ in JSONParser() }
  }

  /// `{"records": […]}` and its kin hold records and nothing else.
  func list(in root: JSONValue) -> JSONValue? {
    for name in Unwrapper.lists {
      if let list = root[name], list.isArray { return list }
    }
    return nil
  }

  private static let lists = ["records", "entries", "logEvents"].map { Array($0.utf8) }

  /// The records of an OTLP message, made flat.
  func openTelemetry(in root: JSONValue) -> JSONValue? {
    openTelemetry.write(root, to: &writer)
      ? try? writer.bytes.withUnsafeBufferPointer { try parsers[Unwrapper.deepest].parse($0) }
      : nil
  }

  /// What a record wraps; nil where it wraps nothing.
  func inner(_ record: JSONValue, isOnWire: Bool, depth: Int) -> Inner? {
    if isOnWire {
      WireMessage.spread(record, &writer)
      return parsed(depth)
    }
    for name in Unwrapper.wrappers {
      guard let text = record[name]?.string?.trimmed, text.count > 1 else { continue }
      if let object = object(text, depth) { return Inner(record: object) }
      let envelope = Envelope(text)
      if envelope.text.count < text.count, let object = object(envelope.text, depth) {
        return Inner(record: object)
      }
      if let written = texts.read(envelope.text) ?? texts.readLoosely(envelope.text),
        let object = try? parsers[depth].parse(padded: written.object)
      {
        return Inner(record: object, gateway: written.gateway)
      }
    }
    for name in Unwrapper.parts {
      guard let text = record[name]?.string?.trimmed, text.first == UInt8(ascii: "{"),
        let part = try? member.parse(text), part.isObject
      else { continue }
      write(record, with: part, as: name)
      return parsed(depth)
    }
    return nil
  }

  /// Members whose string is the whole record.
  private static let wrappers = ["log", "message", "msg", "MESSAGE", "event"]
    .map { Array($0.utf8) }
  /// Members whose string is an object that belongs to the others.
  private static let parts = ["properties", "metadata", "jsonPayload"].map { Array($0.utf8) }

  private func object(_ text: Bytes, _ depth: Int) -> JSONValue? {
    guard text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}"),
      let object = try? parsers[depth].parse(text), object.isObject
    else { return nil }
    return object
  }

  private func parsed(_ depth: Int) -> Inner? {
    guard let object = try? writer.bytes.withUnsafeBufferPointer({ try parsers[depth].parse($0) })
    else {
      return nil
    }
    return Inner(record: object)
  }

  private func write(_ record: JSONValue, with part: JSONValue, as name: [UInt8]) {
    writer.clear()
    writer.beginObject()
    for (key, value) in record.members {
      writer.key(key)
      writer.value(key.elementsEqual(name) ? part : value)
    }
    writer.endObject()
  }
}
