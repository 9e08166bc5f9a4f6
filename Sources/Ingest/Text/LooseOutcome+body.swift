internal import Batches
internal import Files
internal import JSON

// A status with the body of its response behind it: `Error code: 429 - {"error":{…}}`.
extension LooseOutcome {
  /// The status with which a message ends, before what looks like an error; nil where it ends otherwise.
  static func status(before body: Bytes, in message: Bytes) -> Bytes? {
    var end = message.count
    while end > 0, isMark(message[end - 1]) { end -= 1 }
    let label = bodyLabel(endingAt: end, in: message)
    end -= label
    while end > 0, label > 0, isMark(message[end - 1]) { end -= 1 }
    guard end > 3, LooseLine.isStatus(message.part(end - 3..<end)), message[end - 3] > 0x33,
      !message[end - 4].isNameByte, isError(body)
    else { return nil }
    let places: StatusPhrase.Places = label > 0 ? [.body, .label] : .body
    return ToldStatus(message, places).phrase(at: end - 3).map { _ in
      message.part(end - 3..<end)
    }
  }

  /// How long the label of a body is that ends at a place: `status=429 body={…}`.
  private static func bodyLabel(endingAt end: Int, in message: Bytes) -> Int {
    for label: StaticString in ["body=", "body", "response=", "response"] {
      let start = end - label.utf8CodeUnitCount
      guard start > 0, message[start - 1].isBlank,
        message.part(start..<end).isEqual(ignoringCase: label)
      else { continue }
      return label.utf8CodeUnitCount
    }
    return 0
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: ","), UInt8(ascii: ")"):
      true
    default: false
    }
  }

  /// Whether an object speaks of an error, and is not what a logger says beside its message.
  private static func isError(_ body: Bytes) -> Bool {
    let start = body.part(0..<512)
    let isOfLogger = ["\"level\"", "\"timestamp\"", "\"service\"", "\"logger\""].contains {
      start.contains(ignoringCase: $0)
    }
    guard !isOfLogger else { return false }
    return ["error", "message", "detail", "fault", "exception"].contains {
      start.contains(ignoringCase: $0)
    }
  }

  /// A record of a status and the body behind it, also as Python prints it; nil for what is no object.
  static func joined(_ status: Bytes, to body: Bytes) -> [UInt8]? {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("http.response.status_code")
    writer.string(status)
    writer.key("response_body")
    var text = writer.bytes
    if body.part(1..<body.count).trimmed.first == UInt8(ascii: "'") {
      guard let json = PythonObject.json(body) else { return nil }
      text += json
    } else {
      text += body
    }
    return text + [UInt8(ascii: "}")] + [UInt8](repeating: 0, count: JSONParser.padding)
  }
}
