internal import Events
internal import JSON

/// An example that a profile carries: what was logged or answered, and what is to be read in it.
///
/// ```json
/// "samples": [
///   {
///     "from": "https://wiki.example/edge",          // where the line was found
///     "line": { "edge": { "code": 503 } },          // or a text; of a vendor `status`, `headers`,
///     "event": { "status": 503, "kind": "unavailable" }   // `path` and `body`
///   }
/// ]
/// ```
package struct Sample: Sendable {
  /// Where it was found, if the profile says so.
  package let source: String?
  package let input: Input
  /// What its event must say; nil for what is no response.
  package let event: [Expectation]?

  package enum Input: Sendable {
    /// A line of a gateway's log.
    case line(String)
    /// What a vendor answered.
    case response(Response)
  }

  package struct Response: Sendable {
    package let status: Int?
    package let path: String?
    /// JSON text.
    package let headers: String
    /// JSON text.
    package let body: String
  }

  /// A field of the event, and what must stand there.
  package struct Expectation: Sendable {
    /// One of `Sample.fields`.
    package let field: String
    package let value: Value
  }

  package enum Value: Sendable, Equatable {
    case nothing
    case text(String)
    case number(Double)
  }

  /// What a sample can say of its event: the fields of answers, and what the vendor advises.
  package static let fields = EventField.allCases.map(\.rawValue) + [retry]
  package static let retry = "retry"
  /// The kind that successes are counted under.
  package static let success = "success"

  /// Those of a profile, which may have none.
  static func list(in profile: ProfileObject, of sort: ProfileFile.Sort) throws -> [Sample] {
    try profile.objects("samples").map { try Sample($0, of: sort) }
  }

  private init(_ object: ProfileObject, of sort: ProfileFile.Sort) throws {
    switch sort {
    case .gateway:
      try object.allow(["from", "line", "event"])
      input = .line(try object.line("line"))
    case .vendor:
      try object.allow(["from", "status", "headers", "path", "body", "event"])
      guard let body = object.json("body") else {
        throw object.error(at: "", "“body” is missing: what the vendor answered")
      }
      _ = try object.object("headers")
      input = .response(
        Response(
          status: try object.status, path: try object.optionalText("path"),
          headers: object.json("headers") ?? "{}", body: body))
    }
    source = try object.optionalText("from")
    guard object.has("event") else {
      throw object.error(
        at: "", "“event” is missing: what its event must say, or null for what is no response")
    }
    event = try object.object("event").map { event in
      try event.allow(Sample.fields)
      return try event.names.map { name in
        Expectation(field: name, value: try event.expectation(name))
      }
    }
  }
}

extension ProfileObject {
  /// The names of its members.
  fileprivate var names: [String] {
    value.members.map { String(decoding: $0.key, as: UTF8.self) }
  }

  /// The response's status; nil where there was no response.
  fileprivate var status: Int? {
    get throws {
      guard let member = value["status"], !member.isNull else { return nil }
      guard let status = member.integer else {
        throw error(at: "status", "“status” must be a whole number")
      }
      return Int(status)
    }
  }

  /// A member as JSON text, without blanks; nil where there is none.
  fileprivate func json(_ name: String) -> String? {
    guard let member = value[name], !member.isNull else { return nil }
    var writer = JSONWriter()
    writer.value(member)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// A line of a log, as a text or as the object or list that it holds.
  fileprivate func line(_ name: String) throws -> String {
    if let member = value[name], member.isObject || member.isArray { return json(name) ?? "" }
    guard let text = try optionalText(name), !text.isEmpty else {
      throw error(at: has(name) ? name : "", "“\(name)” is missing: a line of the log was expected")
    }
    return text
  }

  /// What a field of an event must be: of the sort that the field is.
  fileprivate func expectation(_ name: String) throws -> Sample.Value {
    guard let member = value[name], !member.isNull else { return .nothing }
    switch EventField(rawValue: name) {
    case .status, .upstreamStatus, .latency, .retryAfter:
      guard let number = member.number else {
        throw error(at: name, "“\(name)” must be a number, or null for none")
      }
      return .number(number)
    case .details:
      guard member.isObject, let text = json(name) else {
        throw error(at: name, "“\(name)” must be an object, or null for none")
      }
      return .text(text)
    case .kind:
      return .text(try oneOf(Kind.allCases.map(\.name) + [Sample.success], name))
    case .answeredBy: return .text(try oneOf(AnsweredBy.allCases.map(\.name), name))
    case nil: return .text(try oneOf(RetryAdvice.allCases.map(\.rawValue), name))
    default: return .text(try text(name))
    }
  }

  private func oneOf(_ words: [String], _ name: String) throws -> String {
    try choice(name, among: words.map { ($0, $0) })
  }
}
