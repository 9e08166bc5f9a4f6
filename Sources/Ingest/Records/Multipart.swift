internal import Files
internal import JSON

/// The answer to a batch as OData and Google send it: HTTP responses, one after the other, between
/// boundaries. <https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html>
struct Multipart {
  private let text: Bytes
  private let boundary: Bytes

  init?(_ text: Bytes) {
    guard text.starts(with: "--".utf8), Multipart.isAnswer(text) else { return nil }
    self.text = text
    boundary = text.part(0..<(text.place(of: 0x0A) ?? text.count)).trimmed
    if boundary.count < 3 { return nil }
  }

  /// Whether a response stands in it.
  static func isAnswer(_ text: Bytes) -> Bool {
    "HTTP/1.1 ".withBytes { text.place(of: $0, from: 0) } != nil
  }

  /// `{"responses":[{"status":404,"headers":{…},"body":"…"}]}`
  func object(_ writer: inout JSONWriter) -> [UInt8] {
    writer.clear()
    writer.beginObject()
    writer.key("responses")
    writer.beginArray()
    var place = 0
    while let start = "HTTP/1.1 ".withBytes({ text.place(of: $0, from: place) }) {
      let end = text.place(of: boundary, from: start) ?? text.count
      write(text.part(start..<end), &writer)
      place = end
    }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }

  private func write(_ response: Bytes, _ writer: inout JSONWriter) {
    guard let message = WireMessage(response) else { return }
    writer.beginObject()
    if let status = response.part(9..<12).integer {
      writer.key("status")
      writer.integer(status)
    }
    writer.key("headers")
    writer.beginObject()
    for header in message.headers {
      writer.key(header.name)
      writer.string(header.value)
    }
    writer.endObject()
    writer.key("body")
    writer.string(message.body.trimmed)
    writer.endObject()
  }
}
