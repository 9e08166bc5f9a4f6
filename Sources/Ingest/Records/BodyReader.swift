internal import Files
internal import JSON
internal import Profiles

/// The fields of an error body, found by a vendor's profile. Their bytes are valid until the body's
/// parser or the body reader is used again.
struct BodyFields {
  var code: Bytes?
  /// A second word for the sort of error.
  var family: Bytes?
  var message: Bytes?
  var codePath: BodyPath?
  var messagePath: BodyPath?
  var requestID: Bytes?
  /// Milliseconds.
  var retryAfter: Int64?
  /// The status that a server behind the vendor sent; 0 when unknown.
  var upstreamStatus = 0
}

/// Reads error bodies, and writes the details that events keep of them.
struct BodyReader {
  private let numberText = NumberText()
  /// For JSON in a message.
  private let parser = JSONParser()
  private(set) var details = JSONWriter()
  private var issues = IssueWriter()

  /// The fields of a body, by a vendor's profile.
  mutating func read(_ body: JSONValue, by profile: VendorProfile, status: Int) -> BodyFields {
    let body = firstError(of: body)
    var fields = fieldsAsGiven(body, by: profile, status: status)
    // Some hand on what another service said, as text.
    if profile.isGeneric, let message = fields.message, isJSON(message),
      let inside = try? parser.parse(message)
    {
      let inner = fieldsAsGiven(firstError(of: inside), by: profile, status: status)
      if fields.code == nil {
        fields.code = inner.code
        fields.codePath = inner.codePath
        fields.family = inner.family ?? fields.family
      }
      if let text = inner.message {
        fields.message = text
        fields.messagePath = inner.messagePath
      }
    }
    return fields
  }

  private func isJSON(_ text: Bytes) -> Bool {
    text.first == UInt8(ascii: "{") && text.trimmed.last == UInt8(ascii: "}")
      || text.first == UInt8(ascii: "[") && text.trimmed.last == UInt8(ascii: "]")
  }

  /// The fields as the profile's paths give them.
  private func fieldsAsGiven(_ body: JSONValue, by profile: VendorProfile, status: Int)
    -> BodyFields
  {
    var fields = BodyFields()
    let profile = profile.body
    for path in profile.code {
      guard let value = path.value(in: body), let text = code(value, at: path, status: status),
        !isNullMarker(text), !profile.emptyCodes.contains(where: { text.elementsEqual($0.utf8) })
      else { continue }
      fields.code = text
      fields.codePath = path
      break
    }
    for path in profile.family {
      guard let text = path.value(in: body)?.string, !text.isEmpty else { continue }
      fields.family = text
      break
    }
    for path in profile.message {
      if let code = fields.codePath, path.isSamePlace(as: code) { continue }
      guard let text = path.value(in: body).flatMap({ sentence(in: $0) }) else { continue }
      fields.message = text
      fields.messagePath = path
      break
    }
    fields.requestID = requestID(in: body, at: profile.requestID, besides: fields.codePath)
    for delay in profile.retryAfter {
      fields.retryAfter = delay.delay(in: body)
      if fields.retryAfter != nil { break }
    }
    for path in profile.upstreamStatus {
      if let status = path.value(in: body)?.integer {
        fields.upstreamStatus = Int(clamping: status)
      }
    }
    return fields
  }

  /// A string, or a number as text; a number that repeats the status says nothing, unless the path
  /// asks for a number.
  private func code(_ value: JSONValue, at path: BodyPath, status: Int) -> Bytes? {
    if let string = value.string { return path.likeness == .local ? localName(of: string) : string }
    guard let number = value.integer else { return nil }
    return number == Int64(status) && path.likeness != .number ? nil : numberText.text(of: number)
  }

  /// Writes the details of an error and says whether they name fields at fault.
  ///
  /// Ends with `finishDetails`, before which a limit may be added.
  mutating func beginDetails(_ body: JSONValue?, by profile: VendorProfile, message: Bytes?) -> Bool
  {
    let body = body.map { firstError(of: $0) }
    details.clear()
    details.beginObject()
    issues.begin()
    if let body { issues.add(body, lists: profile.body.issues, to: &details) }
    if let message, let form = profile.body.issueText {
      issues.add(message, form: form, to: &details)
    }
    let param = body.flatMap { body in
      profile.body.param.lazy.compactMap { $0.value(in: body)?.string }.first { !$0.isEmpty }
    }
    if let param { issues.add(path: param, message: message ?? param, to: &details) }
    issues.end(&details)
    if let param {
      details.key("param")
      details.string(param)
    }
    if let body {
      for path in profile.body.details {
        guard let object = path.value(in: body), object.isObject else { continue }
        for (key, value) in object.members where !key.isEqual(to: "issues") {
          details.key(key)
          details.value(value)
        }
      }
    }
    return issues.namesFields
  }

  /// Adds what a plan limits: as the message says, else as the body does.
  mutating func add(_ limit: PlanLimit, _ body: JSONValue?, by profile: VendorProfile) {
    let body = body.map { firstError(of: $0) }
    func value(_ paths: BodyProfile.Paths) -> JSONValue? {
      body.flatMap { body in paths.lazy.compactMap { $0.value(in: body) }.first }
    }
    if let resource = limit.resource.map({ Array($0.utf8) })
      ?? value(profile.body.resource)?.string.map(Array.init)
    {
      details.key("resource")
      details.string(resource)
    }
    let known = value(profile.body.limit)
    if let number = known?.integer ?? known?.string?.integer ?? limit.limit {
      details.key("limit")
      details.integer(number)
    }
  }

  /// The details as JSON text; nil when there are none.
  mutating func finishDetails() -> [UInt8]? {
    details.endObject()
    return details.bytes.count > 2 ? details.bytes : nil
  }
}

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
  "message", "msg", "detail", "description", "value", "title", "reason",
].map { Array($0.utf8) }

/// Room for one number's text.
private final class NumberText {
  private let room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 24)

  deinit { room.deallocate() }

  func text(of number: Int64) -> Bytes {
    var text = String(number)
    let count = text.withUTF8 { room.update(fromContentsOf: $0) }
    return Bytes(rebasing: UnsafeBufferPointer(room)[..<count])
  }
}
