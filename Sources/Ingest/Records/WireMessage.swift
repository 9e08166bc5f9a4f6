internal import Files
internal import JSON
internal import Redaction

/// An HTTP response as it was sent, head and body in one string. Tyk logs it so: in base64, or
/// decoded with blanks for its line ends.
struct WireMessage {
  private(set) var headers: [(name: Bytes, value: Bytes)] = []
  private(set) var body: Bytes

  private static let member = Array("raw_response".utf8)

  /// Writes a record anew with its message taken apart into `response.headers` and `response.body`.
  static func spread(_ record: JSONValue, _ writer: inout JSONWriter) {
    writer.clear()
    write(record, &writer)
  }

  private static func write(_ object: JSONValue, _ writer: inout JSONWriter) {
    writer.beginObject()
    for (key, value) in object.members {
      if value.isObject {
        writer.key(key)
        write(value, &writer)
      } else if let text = value.string, key.elementsEqual(member) {
        write(text, &writer)
      } else {
        writer.key(key)
        writer.value(value)
      }
    }
    writer.endObject()
  }

  private static func write(_ text: Bytes, _ writer: inout JSONWriter) {
    (base64(text) ?? Array(text)).withUnsafeBufferPointer { text in
      if let message = WireMessage(text) { return message.write(&writer) }
      writer.key("response_body")
      writer.string(text)
    }
  }

  /// Nil for what does not begin as a response does.
  init?(_ text: Bytes) {
    guard text.starts(with: "HTTP/".utf8) else { return nil }
    body = text.part(text.count..<text.count)
    var place = 0
    if let end = text.place(of: 0x0A) {
      place = end + 1
      while place < text.count {
        let rest = text.part(place..<text.count)
        let line = rest.part(0..<(rest.place(of: 0x0A) ?? rest.count))
        place = min(text.count, place + line.count + 1)
        if line.trimmed.isEmpty { break }
        if let colon = line.place(of: UInt8(ascii: ":")) { add(line, colon) }
      }
      body = text.part(place..<text.count)
    } else {
      readOneLine(text)
    }
  }

  private mutating func add(_ line: Bytes, _ colon: Int) {
    headers.append((line.part(0..<colon), line.part(colon + 1..<line.count).trimmed))
  }

  /// `HTTP/1.1 429 Too Many Requests Content-Type: application/json Retry-After: 7 {"error":…}`
  private mutating func readOneLine(_ text: Bytes) {
    var end = text.count
    for place in 1..<max(text.count, 1)
    where text[place - 1] == 0x20
      && (text[place] == UInt8(ascii: "{") || text[place] == UInt8(ascii: "[")
        || text[place] == UInt8(ascii: "<"))
    {
      end = place
      break
    }
    body = text.part(end..<text.count)
    // A name begins behind a blank and ends in a colon before one.
    var name: Range<Int>?
    var start = 0
    for place in 0..<end {
      if text[place] == 0x20 {
        start = place + 1
      } else if text[place] == UInt8(ascii: ":"), place + 1 < end, text[place + 1] == 0x20,
        place > start
      {
        if let name { addHeader(text, name, to: start) }
        name = start..<place
      }
    }
    if let name { addHeader(text, name, to: end) }
  }

  private mutating func addHeader(_ text: Bytes, _ name: Range<Int>, to end: Int) {
    headers.append((text.part(name), text.part(name.upperBound + 1..<end).trimmed))
  }

  private func write(_ writer: inout JSONWriter) {
    writer.key("response")
    writer.beginObject()
    writer.key("headers")
    writer.beginObject()
    for header in headers {
      writer.key(header.name)
      writer.string(header.value)
    }
    writer.endObject()
    writer.key("body")
    writer.string(body)
    writer.endObject()
  }
}

/// The bytes that a text stands for in base64; nil for what is none.
func base64(_ text: Bytes) -> [UInt8]? {
  var bytes: [UInt8] = []
  var bits: UInt32 = 0
  var count: UInt32 = 0
  for byte in text where byte != UInt8(ascii: "=") {
    guard let value = base64Value(byte) else { return nil }
    bits = bits << 6 | value
    count += 6
    guard count >= 8 else { continue }
    count -= 8
    bytes.append(UInt8(truncatingIfNeeded: bits >> count))
  }
  return bytes
}
