package import Files
internal import JSON

/// Where an error body keeps what an event is made of.
///
/// Its lists are plain memory that is never given back, as `BodyPath` is.
package final class BodyProfile: @unchecked Sendable {
  package typealias Paths = UnsafeBufferPointer<BodyPath>

  /// Candidates, best first.
  package let code: Paths
  /// Codes that say nothing.
  package let emptyCodes: [String]
  /// A second word for the sort of error, asked where the code tells no kind.
  package let family: Paths
  package let message: Paths
  package let requestID: Paths
  /// Whether what stands at a request id's place tells nothing else.
  package let idStandsApart: Bool
  package let retryAfter: UnsafeBufferPointer<Delay>
  /// When a limit begins anew: a delay, a date, a time since 1970. Asked of limits alone.
  package let resets: Paths
  /// Words in a message after which a delay stands.
  package let retryText: DelayPhrases
  /// The parameter at fault.
  package let param: Paths
  /// The status of whoever stands behind the vendor.
  package let upstreamStatus: Paths
  /// The status that the body tells of, where it may be another than that of the response.
  package let status: Paths
  /// What a server behind the vendor said: an object, or a text that may be JSON.
  package let nested: Paths
  /// The names at which those stand.
  package let nestedNames: NameMask
  /// Messages that say no more than that there was an error, in lower case: what is nested says more.
  private let stock: [[UInt8]]
  /// Lists of what is wrong with which field.
  package let issues: UnsafeBufferPointer<IssueList>
  /// Issues written into the message, if they are.
  package let issueText: IssueText?
  /// An object whose other members the event keeps as they are.
  package let details: Paths
  /// What a plan limits, and at which number.
  package let resource: Paths
  package let limit: Paths
  /// What a plan may limit, in the words of the vendor's messages.
  package let resources: [String]
  /// What stands around a resource in messages that name one, in lower case.
  package let resourceText: [(before: String, after: String)]
  /// Words in a message after which the number of a limit stands, in lower case.
  package let limitText: [String]
  /// Words before a colon, in a body of plain text, after which the request id stands.
  package let requestIDText: [String]
  /// What a plan limits on a route, for messages that do not say it.
  package let routeResources: [(route: String, resource: String)]

  /// Whether a message says no more than that there was an error.
  package func isStock(_ message: Bytes) -> Bool {
    var text = message.trimmed
    while let last = text.last, last == UInt8(ascii: ".") || last == UInt8(ascii: "!") {
      text = text.part(0..<text.count - 1)
    }
    return stock.contains { phrase in
      let isBeginning = phrase.last == UInt8(ascii: "*")
      let count = isBeginning ? phrase.count - 1 : phrase.count
      return (isBeginning ? text.count >= count : text.count == count)
        && zip(text, phrase.prefix(count)).allSatisfy { lowercased($0) == $1 }
    }
  }

  /// A delay: what stands at `at`, less what stands at `minus`, in portions of `per`.
  package struct Delay {
    package let at: BodyPath
    package let minus: BodyPath?
    package let per: BodyPath?
    /// Of its unit.
    package let milliseconds: Double

    init(_ rule: ProfileObject) throws {
      try rule.allow(["at", "minus", "per", "unit"])
      at = try rule.path("at")
      minus = try rule.optionalPath("minus")
      per = try rule.optionalPath("per")
      milliseconds = try rule.choice("unit", among: [("ms", 1.0), ("s", 1000)])
    }
  }

  /// A list of issues: an array at `at`, each with a path and a message; or an object, whose names
  /// are the paths.
  package struct IssueList {
    package var at: BodyPath
    /// Candidates, best first.
    package var path: Paths
    package var message: Paths
  }

  /// `PREFIXpath: reason; path: reason`.
  package struct IssueText: Sendable {
    package var prefix: String
  }

  static let keys = [
    "code", "empty_codes", "family", "message", "request_id", "request_id_text", "retry_after",
    "resets", "retry_text", "param", "upstream_status", "issues", "issue_text", "details",
    "resource",
    "status", "nested", "stock",
    "status", "nested", "stock",
    "resource_text", "limit", "limit_text", "resources", "route_resources",
  ]

  init(_ object: ProfileObject) throws {
    try object.allow(BodyProfile.keys)
    code = .lasting(try object.paths("code"))
    emptyCodes = try object.texts("empty_codes")
    family = .lasting(try object.paths("family"))
    message = .lasting(try object.paths("message"))
    requestID = .lasting(try object.paths("request_id"))
    param = .lasting(try object.paths("param"))
    upstreamStatus = .lasting(try object.paths("upstream_status"))
    status = .lasting(try object.paths("status"))
    nested = .lasting(try object.paths("nested"))
    nestedNames = NameMask(nested)
    stock = try object.texts("stock").map { Array($0.lowercased().utf8) }
    details = .lasting(try object.paths("details"))
    resource = .lasting(try object.paths("resource"))
    limit = .lasting(try object.paths("limit"))
    resources = try object.texts("resources")
    resourceText = try object.texts("resource_text").map { text in
      let parts = text.lowercased().split(separator: "*", omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw object.error(
          at: "resource_text", "“\(text)” must have one * with words before and behind it")
      }
      return (String(parts[0]), String(parts[1]))
    }
    limitText = try object.texts("limit_text").map { $0.lowercased() }
    requestIDText = try object.texts("request_id_text").map { $0.lowercased() }
    routeResources = try object.members("route_resources").map { route, value in
      (route, try object.texts(of: value, "route_resources.\(route)").joined(separator: " "))
    }
    retryText = DelayPhrases(try object.texts("retry_text"))
    resets = .lasting(try object.paths("resets"))
    retryAfter = .lasting(try object.objects("retry_after").map(Delay.init))
    issues = .lasting(
      try object.objects("issues").map { rule in
        try rule.allow(["at", "path", "message"])
        return IssueList(
          at: try rule.path("at"), path: .lasting(try rule.paths("path")),
          message: .lasting(try rule.paths("message")))
      })
    let others =
      Array(code) + family + message + param + upstreamStatus + details + resource + limit
      + resets + status + nested
      + issues.map(\.at)
      + retryAfter.flatMap { [$0.at, $0.minus, $0.per].compactMap { $0 } }
    idStandsApart = requestID.allSatisfy { id in !others.contains { $0.mayLook(at: id) } }
    issueText = try object.object("issue_text").map { rule in
      try rule.allow(["prefix"])
      return IssueText(prefix: try rule.text("prefix"))
    }
  }
}
