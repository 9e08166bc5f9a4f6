internal import JSON

/// Where an error body keeps what an event is made of.
package final class BodyProfile: Sendable {
  /// Candidates, best first.
  package let code: [BodyPath]
  package let message: [BodyPath]
  package let requestID: [BodyPath]
  /// Delays, with how many milliseconds their unit is.
  package let retryAfter: [(path: BodyPath, milliseconds: Double)]
  /// The parameter at fault.
  package let param: [BodyPath]
  /// The status of whoever stands behind the vendor.
  package let upstreamStatus: [BodyPath]
  /// Lists of what is wrong with which field.
  package let issues: [IssueList]
  /// Issues written into the message, if they are.
  package let issueText: IssueText?
  /// An object whose other members the event keeps as they are.
  package let details: [BodyPath]
  /// What a plan may limit, in the words of the vendor's messages.
  package let resources: [String]
  /// What a plan limits on a route, for messages that do not say it.
  package let routeResources: [(route: String, resource: String)]

  /// A list of issues: an array at `at`, each with a path and a message.
  package struct IssueList: Sendable {
    package var at: BodyPath
    package var path: BodyPath
    package var message: BodyPath
  }

  /// `PREFIXpath: reason; path: reason`.
  package struct IssueText: Sendable {
    package var prefix: String
  }

  init(_ object: ProfileObject) throws {
    try object.allow([
      "code", "message", "request_id", "retry_after", "param", "upstream_status", "issues",
      "issue_text", "details", "resources", "route_resources",
    ])
    func paths(_ name: String) -> [BodyPath] { object.texts(name).map { BodyPath($0) } }
    code = paths("code")
    message = paths("message")
    requestID = paths("request_id")
    param = paths("param")
    upstreamStatus = paths("upstream_status")
    details = paths("details")
    resources = object.texts("resources")
    routeResources = object.members("route_resources").map { ($0, $1.text ?? "") }
    retryAfter = try object.objects("retry_after").map { rule in
      try rule.allow(["at", "unit"])
      let milliseconds: Double = try rule.text("unit") == "ms" ? 1 : 1000
      return (BodyPath(try rule.text("at")), milliseconds)
    }
    issues = try object.objects("issues").map { rule in
      try rule.allow(["at", "path", "message"])
      return IssueList(
        at: BodyPath(try rule.text("at")), path: BodyPath(try rule.text("path")),
        message: BodyPath(try rule.text("message")))
    }
    issueText = try object.object("issue_text").map { rule in
      try rule.allow(["prefix"])
      return IssueText(prefix: try rule.text("prefix"))
    }
  }
}
