internal import JSON

/// Where a gateway's log lines keep what an event is made of: one file of `Gateways/`.
///
/// Paths are compared by their letters and digits alone, in lower case: `response.status`,
/// `response_status` and `ResponseStatus` are one path. A path also matches the end of a longer
/// one, the less it leaves over the better.
package final class GatewayProfile: Sendable {
  package let name: String
  package let title: String
  /// Paths that are all present on its lines, and only there; none for the generic profile.
  package let signature: [String]
  /// How its lines of text are laid out; their values are then like the members of an object.
  package let text: [TextLayout]
  /// Candidates for each field, best first.
  package let fields: [(field: Field, paths: [String])]
  /// Paths of latencies whose unit is known.
  package let units: [(unit: LatencyUnit, paths: [String])]
  /// What values of a field stand for: a number for a method, a class of exceptions for a status.
  package let words: [(field: Field, words: [String: String])]
  /// Lines that only repeat others; nil where there are none.
  package let echo: Echo?
  /// What tells who made the response.
  package let evidence: [AnswerEvidence]
  /// First words of names below which a value is about the server behind the gateway.
  package let behind: [String]
  /// Names below which a value is about the request.
  package let request: [String]
  /// Names of parts of an error body: a value below them counts where nothing else does.
  package let inside: [String]

  /// What an event takes from a line.
  package enum Field: String, CaseIterable, Sendable {
    case time, status
    case upstreamStatus = "upstream_status"
    case method, path, route
    /// `GET /path HTTP/1.1`
    case requestLine = "request_line"
    case latency
    /// Parts whose sum is the latency, where all of them are known.
    case latencyPart = "latency_part"
    /// When the request came and when the response was sent, where no latency is told.
    case started, ended
    /// The vendor by name.
    case vendor
    /// The vendor by host, or a URL or address that holds one.
    case host
    /// The gateway's name for the vendor.
    case service
    case requestID = "request_id"
    /// Any other id.
    case identifier
    case consumer
    case retryAfter = "retry_after"
    /// The response's body; `^error` is the object in which `error` stands.
    case body
    /// The response as it was on the wire, headers and all; in base64 or as text.
    case wire
    /// What `answered_by` looks at.
    case answer
  }

  package enum LatencyUnit: String, CaseIterable, Sendable {
    case nanoseconds = "ns"
    case microseconds = "us"
    case milliseconds = "ms"
    case seconds = "s"

    /// How many microseconds one is.
    package var microseconds: Double {
      switch self {
      case .nanoseconds: 0.001
      case .microseconds: 1
      case .milliseconds: 1000
      case .seconds: 1_000_000
      }
    }
  }

  /// A value that tells who made the response.
  package struct AnswerEvidence: Sendable {
    package var path: String
    /// Where `?` stands for any character and a last `*` for any more; nil: any value that is not
    /// empty. Of a list, the last counts.
    package var value: String?
    /// Whether it is the value's absence that tells.
    package var isAbsent: Bool
    package var vendor: Bool
  }

  init(_ value: JSONValue, file: String) throws {
    let object = try ProfileObject(value, file: file)
    try object.allow([
      "name", "title", "docs", "signature", "text", "fields", "units", "words", "echo",
      "answered_by", "behind", "request",
      "inside",
    ])
    name = try object.text("name")
    title = try object.text("title")
    signature = object.texts("signature").map(normalisedPath)
    text = try object.texts("text").map { pattern in
      do {
        return try TextLayout(pattern)
      } catch let error as TextLayoutError {
        throw ProfileError(file: file, message: error.message)
      }
    }
    fields = try object.members("fields").map { key, paths in
      guard let field = Field(rawValue: key) else {
        throw ProfileError(file: file, message: "there is no field “\(key)”")
      }
      return (field, paths.texts.map(normalisedPath))
    }
    units = try object.members("units").map { key, paths in
      guard let unit = LatencyUnit(rawValue: key) else {
        throw ProfileError(file: file, message: "there is no unit “\(key)”")
      }
      return (unit, paths.texts.map(normalisedPath))
    }
    words = try object.members("words").map { key, words in
      guard let field = Field(rawValue: key) else {
        throw ProfileError(file: file, message: "there is no field “\(key)”")
      }
      let pairs = words.members.map {
        (String(decoding: $0.key, as: UTF8.self), $0.value.text ?? "")
      }
      return (field, Dictionary(pairs) { $1 })
    }
    echo = try object.object("echo").map(Echo.init)
    evidence = try object.objects("answered_by").map { rule in
      try rule.allow(["path", "value", "absent", "by"])
      return AnswerEvidence(
        path: normalisedPath(try rule.text("path")), value: rule.optionalText("value"),
        isAbsent: rule.value["absent"]?.bool == true, vendor: try rule.text("by") == "vendor")
    }
    behind = object.texts("behind").map(normalisedPath)
    request = object.texts("request").map(normalisedPath)
    inside = object.texts("inside").map(normalisedPath)
  }
}

extension GatewayProfile {
  /// Whether it is the one that holds for every gateway.
  var isGeneric: Bool { name == "generic" }
}

/// A path's letters and digits in lower case; a leading `^` stays.
package func normalisedPath(_ path: String) -> String {
  let kept = path.utf8.filter { isWordByte($0) || $0 == UInt8(ascii: "^") }
  return String(decoding: kept.map(lowercased), as: UTF8.self)
}

/// Whether a byte counts when paths are compared.
package func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
  default: false
  }
}

package func lowercased(_ byte: UInt8) -> UInt8 {
  byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
}
