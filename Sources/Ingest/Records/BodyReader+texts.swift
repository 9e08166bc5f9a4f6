internal import Files
internal import JSON
internal import Profiles

/// Of a list of errors the first.
func firstError(of body: JSONValue) -> JSONValue {
  guard body.isArray, let first = body.element(0), first.isObject else { return body }
  return first
}

/// The request id of a body: what stands in the place of its code is none.
func requestID(
  in body: JSONValue, at places: BodyProfile.Paths, besides code: BodyPath? = nil
) -> Bytes? {
  for path in places {
    if let code, path.isSamePlace(as: code) { continue }
    if let text = path.value(in: body)?.string, !isNullMarker(text) { return text }
  }
  return nil
}

/// `Name` of `com.amazonaws.service#Name:http://…`.
func localName(of text: Bytes) -> Bytes {
  let start = text.lastIndex(of: UInt8(ascii: "#")).map { $0 + 1 } ?? 0
  let rest = text.part(start..<text.count)
  let end = rest.firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ";") } ?? rest.count
  return rest.part(0..<end)
}

/// The first sentence in a value: a text, the first of a list, what an object calls its message,
/// else its first member.
func sentence(in value: JSONValue, depth: Int = 0) -> Bytes? {
  if let text = value.string { return text.isEmpty ? nil : text }
  guard depth < 6 else { return nil }
  if value.isArray {
    return value.elements.lazy.compactMap { sentence(in: $0, depth: depth + 1) }.first
  }
  guard value.isObject else { return nil }
  for name in sentenceNames {
    if let member = value[name], member.isString, let text = sentence(in: member) { return text }
  }
  return value.members.lazy.compactMap { sentence(in: $0.value, depth: depth + 1) }.first
}

private let sentenceNames = [
  "message", "msg", "error_text", "error_message", "errorMessage", "detail", "description", "value",
  "title", "reason",
].map { Array($0.utf8) }

/// Room for the texts of a few numbers: the codes of an error, and of those inside of it.
final class NumberText {
  private let room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 24 * NumberText.most)
  private var next = 0

  private static let most = 4

  deinit { room.deallocate() }

  func text(of number: Int64) -> Bytes {
    var text = String(number)
    let start = next * 24
    next = (next + 1) % NumberText.most
    let place = UnsafeMutableBufferPointer(rebasing: room[start..<start + 24])
    let count = text.withUTF8 { place.update(fromContentsOf: $0) }
    return Bytes(rebasing: UnsafeBufferPointer(place)[..<count])
  }
}
