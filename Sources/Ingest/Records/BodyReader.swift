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
  /// The status of an error that the body tells of; 0 where it tells of none.
  var ownStatus = 0
  /// Whether it is a fault of SOAP or XML-RPC, whose status is 500 whatever went wrong:
  /// <https://www.w3.org/TR/2000/NOTE-SOAP-20000508/#_Toc478383529>.
  var isFault: Bool {
    messagePath.map { path in BodyFields.faults.contains { path.text.hasPrefix($0) } } ?? false
  }

  private static let faults = [
    "faultstring", "faultString", "Text?text if Value", "errorDescription if faultstring",
  ]

  /// What another server said, where the body hands that on.
  var inner: JSONValue?
  /// Code and message of the inner error.
  var innerSays: (code: Bytes?, message: Bytes?)?
  /// Code and message of the vendor, around the inner error.
  var outer: (code: Bytes?, message: Bytes?)?
  /// Whether the vendor's message is nothing but the inner error.
  var isOuterJSON = false
}

/// Reads error bodies, and writes the details that events keep of them.
struct BodyReader {
  let numberText = NumberText()
  /// For JSON in a message, and in a message of that.
  let parsers = (0..<2).map { _ in JSONParser() }
  private(set) var details = JSONWriter()
  private var issues = IssueWriter()

  /// The fields of a body, by a vendor's profile; what that does not say, by the generic one.
  func read(
    _ body: JSONValue, by profile: VendorProfile, _ generic: VendorProfile, status: Int,
    isRecord: Bool = false
  ) -> BodyFields {
    let body = firstError(of: body)
    var fields = fieldsAsGiven(body, by: profile.body, status: status)
    if profile.body.requestID.isEmpty, fields.requestID == nil, namesID(body) {
      fields.requestID = requestID(in: body, at: generic.body.requestID, besides: fields.codePath)
    }
    if status < 300, status > 0, fields.code == nil { fields.code = ownCode(of: body) }
    // A record that stands for its body says much besides.
    if profile.isGeneric, !isRecord {
      addByNames(body, generic.body, status: status, to: &fields)
    }
    if status < 300 || status >= 500, mayTellStatus(body) {
      fields.ownStatus = ownStatus(of: body, generic.body, besides: status)
    }
    if profile.isGeneric || fields.code == nil {
      addInner(of: body, generic.body, status: status, to: &fields)
    }
    return fields
  }

  /// The number that stands for an error in the place of a status, behind a success.
  private func ownCode(of body: JSONValue) -> Bytes? {
    func isOwn(_ number: Int64) -> Bool {
      number != 0 && !(200..<300).contains(number) && !(400...599).contains(number)
    }
    if let number = (body["status"] ?? body["status_code"])?.integer {
      return isOwn(number) ? numberText.text(of: number) : nil
    }
    guard let result = body["result"] ?? body["Result"] ?? body["RESULT"] else { return nil }
    if let number = result.integer { return isOwn(number) ? numberText.text(of: number) : nil }
    guard let text = result.string?.trimmed else { return nil }
    let isCode =
      text.integer.map(isOwn) ?? Saying.declines.contains { text.isEqual(ignoringCase: $0) }
    return isCode ? text : nil
  }

  /// Whether a number like a status stands in a body, or one step below: few have another than that
  /// of their response.
  private func mayTellStatus(_ body: JSONValue) -> Bool {
    func isLike(_ value: JSONValue) -> Bool {
      if let number = value.integer { return (400...599).contains(number) }
      guard let text = value.string, text.count == 3 else { return false }
      return text[0] == UInt8(ascii: "4") || text[0] == UInt8(ascii: "5")
    }
    return body.members.contains { _, value in
      isLike(value) || value.isArray || value.members.contains { isLike($0.value) }
    }
  }

  /// The status of an error that the body tells of; 0 where it tells of none, or of that of the
  /// response.
  func ownStatus(of body: JSONValue, _ profile: BodyProfile, besides status: Int) -> Int {
    for path in profile.status {
      guard let value = path.value(in: body), let number = value.integer ?? value.string?.integer,
        (400...599).contains(number), number != Int64(status)
      else { continue }
      return Int(number)
    }
    return 0
  }

  /// The fields as the profile's paths give them.
  func fieldsAsGiven(_ body: JSONValue, by profile: BodyProfile, status: Int) -> BodyFields {
    var fields = BodyFields()
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
    if let string = value.string { return isLocal(string, path) ? localName(of: string) : string }
    guard let number = value.integer else { return nil }
    return number == Int64(status) && path.likeness != .number ? nil : numberText.text(of: number)
  }

  /// Whether a code has a namespace before it, as AWS writes it: `com.amazonaws.x#Name`.
  private func isLocal(_ text: Bytes, _ path: BodyPath) -> Bool {
    if path.likeness == .local { return true }
    guard let hash = text.place(of: UInt8(ascii: "#")), hash > 0, hash + 1 < text.count else {
      return false
    }
    return !text.part(0..<hash).contains(UInt8(ascii: "/")) && !text.contains(0x20)
  }

  /// Writes the details of an error and says whether they name fields at fault.
  ///
  /// Ends with `finishDetails`, before which a limit may be added.
  mutating func beginDetails(
    _ body: JSONValue?, by profile: VendorProfile, _ says: BodyFields
  ) -> Bool {
    let body = (says.inner ?? body).map { firstError(of: $0) }
    let message = says.message
    details.clear()
    details.beginObject()
    issues.begin()
    if let body { issues.add(body, lists: profile.body.issues, to: &details) }
    if let body, issues.count == 0 { issues.addByNames(body, to: &details) }
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

  /// Adds what was said by whom, where a body hands on what another server said.
  mutating func addLayers(_ says: BodyFields) {
    if let outer = says.outer {
      add("outer", code: outer.code, message: says.isOuterJSON ? nil : outer.message)
    }
    if let inner = says.innerSays { add("inner", code: inner.code, message: inner.message) }
  }

  private mutating func add(_ name: StaticString, code: Bytes?, message: Bytes?) {
    guard code != nil || message != nil else { return }
    details.key(name)
    details.beginObject()
    if let code {
      details.key("code")
      details.string(code)
    }
    if let message {
      details.key("message")
      details.string(message)
    }
    details.endObject()
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
