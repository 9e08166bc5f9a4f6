internal import Batches
internal import Files
internal import JSON

extension LooseLine {
  /// What the line says, with the members of an object behind it: those that stand in the object count as
  /// much as they do elsewhere.
  func joined(to object: Bytes) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("http.request.method")
    writer.string(method)
    writer.key(target.first == UInt8(ascii: "/") ? "url.path" : "url.full")
    writer.string(target)
    writer.key("http.response.status_code")
    writer.string(status)
    if let latency {
      writer.key("latency")
      writer.string(latency)
    }
    var text = writer.bytes
    let rest = object.part(1..<object.count).trimmed
    if rest.first != UInt8(ascii: "}") { text.append(UInt8(ascii: ",")) }
    text += rest
    return text + [UInt8](repeating: 0, count: JSONParser.padding)
  }
}
