internal import Events
internal import JSON
internal import Profiles

/// An error body, read by one vendor's profile. Bytes are valid until the body's parser and the
/// reader are used again.
struct BodyReading {
  var code: Bytes?
  var message: Bytes?
  // Profiles outlive what is read by them: no references are counted for one.
  unowned(unsafe) var codePath: BodyPath?
  unowned(unsafe) var messagePath: BodyPath?
  var requestID: Bytes?
  /// Milliseconds.
  var retryAfter: Int64?
  /// What a third party behind the vendor said; 0 when unknown.
  var upstreamStatus = 0
}

/// Reads error bodies, and writes the details that events keep of them.
struct BodyReader {
  private let numberText = NumberText()
  private(set) var details = JSONWriter()
  private var issues = IssueWriter()

  /// What a body says, by a vendor's profile.
  mutating func read(_ body: JSONValue, by profile: VendorProfile, status: Int) -> BodyReading {
    var reading = BodyReading()
    for path in profile.body.code {
      guard let value = path.value(in: body), let text = text(of: value) else { continue }
      // A number that repeats the status says nothing.
      if value.shape == .number, value.integer == Int64(status) { continue }
      // `about:blank` is RFC 9457's word for a type that says no more than the status.
      if isNullMarker(text) || text.isEqual(to: "about:blank") { continue }
      reading.code = text
      reading.codePath = path
      break
    }
    for path in profile.body.message where path.text != reading.codePath?.text {
      guard let text = path.value(in: body)?.string, !text.isEmpty else { continue }
      reading.message = text
      reading.messagePath = path
      break
    }
    reading.requestID = profile.body.requestID.lazy.compactMap { $0.value(in: body)?.string }.first
    for (path, milliseconds) in profile.body.retryAfter {
      let value = path.value(in: body)
      guard let number = value?.number ?? value?.string?.number else { continue }
      reading.retryAfter = Int64(exactly: (max(0, number) * milliseconds).rounded())
      break
    }
    for path in profile.body.upstreamStatus {
      if let status = path.value(in: body)?.integer {
        reading.upstreamStatus = Int(clamping: status)
      }
    }
    return reading
  }

  /// Writes the details of an error and says whether they name fields at fault.
  ///
  /// Ends with `finishDetails`, before which a limit may be added.
  mutating func beginDetails(_ body: JSONValue?, by profile: VendorProfile, message: Bytes?) -> Bool
  {
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
    return issues.count > 0
  }

  mutating func addLimit(_ limit: PlanLimit) {
    if let resource = limit.resource {
      details.key("resource")
      details.string(Array(resource.utf8))
    }
    if let number = limit.limit {
      details.key("limit")
      details.integer(number)
    }
  }

  /// The details as JSON text; nil when there are none.
  mutating func finishDetails() -> [UInt8]? {
    details.endObject()
    return details.bytes.count > 2 ? details.bytes : nil
  }

  /// A string, or a whole number as text.
  private func text(of value: JSONValue) -> Bytes? {
    if let string = value.string { return string }
    return value.integer.map(numberText.text)
  }
}

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
