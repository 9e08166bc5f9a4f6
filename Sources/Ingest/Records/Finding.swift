internal import Files
internal import JSON

/// Something that is told of errors, and is none of the response: what a log or a check found, with its
/// time or its place.
enum Finding {
  /// Whether an object is one, by what it has beside the error: when and where that was. Of a response's own
  /// error a place is told in an object of its own.
  static func isOne(_ object: JSONValue) -> Bool {
    var hasID = false
    var hasTime = false
    for (name, value) in object.members where !value.isNull {
      if isAny(name, of: ids) { hasID = true }
      if isAny(name, of: times) { hasTime = true }
      if isAny(name, of: places), value.integer != nil { return true }
    }
    return hasID && hasTime
  }

  /// Whether an object is a request that was logged: with its time, or with its target and without the
  /// answer itself.
  static func isLogged(_ object: JSONValue) -> Bool {
    let hasAnswer = object["body"] != nil || object["headers"] != nil
    return object.members.contains { name, value in
      !value.isNull && (isAny(name, of: times) || !hasAnswer && isAny(name, of: targets))
    }
  }

  private static func isAny(_ name: Bytes, of known: [StaticString]) -> Bool {
    known.contains { name.isEqual(ignoringCase: $0) }
  }

  private static let ids: [StaticString] = ["id", "_id", "uuid", "event_id", "eventid"]
  private static let times: [StaticString] = [
    "time", "timestamp", "@timestamp", "ts", "created", "created_at", "createdat", "occurred_at",
    "occurredat", "date", "datetime", "last_seen", "lastseen", "first_seen", "firstseen",
  ]
  private static let places: [StaticString] = ["line", "column", "row", "lineno", "linenumber"]
  private static let targets: [StaticString] = [
    "path", "url", "uri", "host", "hostname", "method", "logger", "level", "service",
  ]
}
