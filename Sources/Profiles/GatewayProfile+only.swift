internal import JSON

extension GatewayProfile {
  /// Which of a gateway's lines count, where it writes several of each request.
  package struct Only: Sendable {
    package var path: BodyPath
    package var value: String

    init(_ object: ProfileObject) throws {
      try object.allow(["path", "value"])
      path = try object.path("path")
      value = try object.text("value")
    }
  }
}
