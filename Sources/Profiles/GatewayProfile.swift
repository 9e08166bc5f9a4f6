internal import Files
internal import JSON

/// Where a gateway's log lines keep what an event is made of: one file of `Gateways/`, or a user's
/// own.
///
/// ```json
/// {
///   "name": "edge",                          // how --gateway and explain name it
///   "title": "Our edge proxy",
///   "docs": "https://wiki.example/edge",
///   "signature": ["edge.pop", "edge.ray"],   // paths that all its lines have, and no others
///   "fields": {                              // where it keeps what, best first, before the usual
///     "time": ["edge.at"], "status": ["edge.code"], "body": ["edge.answer"]
///   },
///   "units": { "us": ["edge.took"] },        // of latencies: ns, us, ms or s
///   "answered_by": [                         // the first that is there tells who answered
///     { "path": "edge.cached", "value": "yes", "by": "gateway" }
///   ],
///   "samples": [ … ]                         // lines, and what is to be read in them: Sample
/// }
/// ```
///
/// Fields are those of `Field`. `behind`, `request`, `inside`, `around` and `unclear` are the generic
/// profile's.
///
/// Paths are compared by their letters and digits alone, in lower case: `response.status`,
/// `response_status` and `ResponseStatus` are one path. A path also matches the end of a longer
/// one, the less it leaves over the better.
package final class GatewayProfile: Sendable {
  package let name: String
  package let title: String
  package let docs: String?
  /// Where the profile comes from: nil for the binary, else a file.
  package let file: String?
  /// The file itself, byte for byte.
  package let contents: [UInt8]
  /// Whether this is what holds for every gateway.
  package var isGeneric: Bool { name == GatewayProfile.genericName }
  /// Paths that are all present on its lines, and only there; none for the generic profile. Of `a|b`
  /// one will do.
  package let signature: [String]
  /// How its lines of text are laid out; their values are then like the members of an object.
  package let text: [TextLayout]
  /// What its lines have before `key=value` pairs.
  package let beforePairs: [TextLayout]
  /// The signature, as the profile writes it.
  package let clues: [String]
  /// Candidates for each field, best first.
  package let fields: [(field: Field, paths: [String])]
  /// Paths of latencies whose unit is known.
  package let units: [(unit: LatencyUnit, paths: [String])]
  /// What values of a field stand for: a number for a method, a class of exceptions for a status.
  package let words: [(field: Field, words: [String: String])]
  /// Lines that only repeat others; nil where there are none.
  package let echo: Echo?
  /// Which of its lines are of requests; nil where all are.
  package let only: Only?
  /// Whether its lines tell of errors without their status.
  package let isStatusless: Bool
  /// What tells who made the response.
  package let evidence: [AnswerEvidence]
  /// First words of names below which a value is about the server behind the gateway.
  package let behind: [String]
  /// Names below which a value is about the request.
  package let request: [String]
  /// Names of parts of an error body: a value below them counts where nothing else does.
  package let inside: [String]
  /// Names of what records are wrapped in: a value below them is the record's own.
  package let around: [String]
  /// Paths of a status that things other than responses have too: one counts where something else in
  /// the record speaks of HTTP.
  package let unclear: [String]

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
    /// The error's code, in a header.
    case code
    /// What it says, in a header.
    case headerMessage = "header_message"
    /// When the limit begins anew, in a header.
    case reset
    /// How much is left of the limit, in a header.
    case remaining
    /// Anything that a header says of a quota: its name tells what.
    case quota
    /// What only requests and responses of HTTP have: a status beside it is theirs.
    case exchange
    /// What a call of gRPC came to, by name or number.
    case grpcStatus = "grpc_status"
  }

  /// A value that tells who made the response.
  package struct AnswerEvidence: Sendable {
    package var path: String
    /// Where `?` stands for any character and a last `*` for any more; nil: any value that is not
    /// empty. Of a list, the last counts; of flags such as `UF,URX`, each.
    package var value: String?
    /// Whether it is the value's absence that tells.
    package var isAbsent: Bool
    package var by: Answerer
  }

  /// Whom evidence speaks of.
  package enum Answerer: String, CaseIterable, Sendable {
    case vendor, gateway
    /// Nobody answered: the client hung up.
    case client
  }

  package static let genericName = "generic"
  private static let mostClues = 16
  static let keys = [
    "name", "title", "docs", "signature", "text", "before_pairs", "fields", "units", "words",
    "echo",
    "only", "answered_by", "behind", "request", "inside", "around", "unclear", "samples",
    "statusless",
  ]

  /// `file` is how errors name it; `isBuiltIn` whether it was put into the binary.
  init(
    _ value: JSONValue, file: String, contents: [UInt8] = [], isBuiltIn: Bool = false
  ) throws {
    let object = try ProfileObject(value, file: file)
    try object.allow(GatewayProfile.keys)
    self.file = isBuiltIn ? nil : file
    self.contents = contents
    name = try object.text("name")
    guard GatewayProfile.isName(name) else {
      throw object.error(at: "name", "“name” must be \(GatewayProfile.nameRule)")
    }
    title = try object.text("title")
    docs = try object.optionalText("docs")
    clues = try object.texts("signature")
    signature = clues.map(normalisedPaths)
    text = try object.layouts("text")
    beforePairs = try object.layouts("before_pairs")
    if signature.isEmpty, text.isEmpty, beforePairs.isEmpty, !isBuiltIn {
      throw object.error(
        at: object.has("signature") ? "signature" : "",
        "“signature” is missing: the paths that all lines of this gateway have, and no others; or "
          + "“text”, how its lines are laid out, or “before_pairs”, what stands before their pairs")
    }
    guard signature.count <= GatewayProfile.mostClues else {
      throw object.error(
        at: "signature", "a signature has \(GatewayProfile.mostClues) paths at most")
    }
    fields = try object.members("fields").map { key, paths in
      let field = try object.choice(
        key, at: "fields.\(key)", called: "field", among: GatewayProfile.known)
      return (field, try object.texts(of: paths, "fields.\(key)").map(normalisedPath))
    }
    units = try object.members("units").map { key, paths in
      let unit = try object.choice(
        key, at: "units.\(key)", called: "unit", among: GatewayProfile.knownUnits)
      return (unit, try object.texts(of: paths, "units.\(key)").map(normalisedPath))
    }
    words = try object.members("words").map { key, words in
      let field = try object.choice(
        key, at: "words.\(key)", called: "field", among: GatewayProfile.known)
      let pairs = try words.members.map { word, meaning in
        let word = String(decoding: word, as: UTF8.self)
        guard let meaning = meaning.text else {
          throw object.error(at: "words.\(key).\(word)", "a text was expected for “\(word)”")
        }
        return (word, meaning)
      }
      return (field, Dictionary(pairs) { $1 })
    }
    isStatusless = try object.bool("statusless") ?? false
    echo = try object.object("echo").map(Echo.init)
    only = try object.object("only").map(Only.init)
    evidence = try object.objects("answered_by").map { rule in
      try rule.allow(["path", "value", "absent", "by"])
      return AnswerEvidence(
        path: normalisedPaths(try rule.text("path")), value: try rule.optionalText("value"),
        isAbsent: try rule.bool("absent") ?? false,
        by: try rule.choice("by", among: GatewayProfile.answerers))
    }
    behind = try object.texts("behind").map(normalisedPath)
    request = try object.texts("request").map(normalisedPath)
    inside = try object.texts("inside").map(normalisedPath)
    around = try object.texts("around").map(normalisedPath)
    unclear = try object.texts("unclear").map(normalisedPath)
  }

  private static let known = Field.allCases.map { ($0.rawValue, $0) }
  private static let knownUnits = LatencyUnit.allCases.map { ($0.rawValue, $0) }
  private static let answerers = Answerer.allCases.map { ($0.rawValue, $0) }
}

/// A path's letters and digits in lower case; a leading `^` stays.
package func normalisedPath(_ path: String) -> String {
  path.withBytes { path in
    String(unsafeUninitializedCapacity: path.count) { room in
      var count = 0
      for byte in path where isWordByte(byte) || byte == UInt8(ascii: "^") {
        room[count] = lowercased(byte)
        count += 1
      }
      return count
    }
  }
}

/// The same of paths of which any will do: `protocol|eventType`.
func normalisedPaths(_ paths: String) -> String {
  guard paths.utf8.contains(UInt8(ascii: "|")) else { return normalisedPath(paths) }
  return paths.split(separator: "|").map { normalisedPath(String($0)) }.joined(separator: "|")
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
