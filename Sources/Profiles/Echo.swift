internal import JSON

extension GatewayProfile {
  /// Lines that say again, for another reader, what the access log's line of the same request says.
  package struct Echo: Sendable {
    /// What such a line has here begins with `prefix`.
    package var path: BodyPath
    package var prefix: String
    /// What it says beyond the other line.
    package var message: BodyPath
    /// What both have in common, and no other request.
    package var key: [BodyPath]

    init(_ object: ProfileObject) throws {
      try object.allow(["path", "prefix", "message", "key"])
      path = try object.path("path")
      prefix = try object.text("prefix")
      message = try object.path("message")
      key = try object.paths("key")
    }
  }
}
