internal import Events
internal import Files
internal import JSON
internal import Profiles

// Requests to which no response came.
extension EventBuilder {
  /// A request without a response, and why there is none, as far as the record says.
  struct Silence {
    var request: Request
    var failure: NetworkFailure?
  }

  /// Whether the line speaks of a request to which no answer came: by a status that is said to be none,
  /// or by a client's error beside what it asked for.
  func silence(of request: Request, _ record: JSONValue) -> Silence? {
    if decidesOnly(record) { return nil }
    if gateway.isStatusless {
      // That the line is of one request its gateway tells, and its text why nobody answered.
      return fields.first(.body) { $0.value.string.flatMap(NetworkFailure.init(saying:)) }
        .map { Silence(request: request, failure: $0) }
    }
    let saysSo = fields.hasNullStatus || fields.first(.status) { self.status($0.value) } == 0
    if saysSo {
      guard request.method != nil || request.path?.first == UInt8(ascii: "/") else { return nil }
      return Silence(
        request: request,
        failure: NetworkFailure(in: record, isSure: false)
          ?? fields.first(.body) { $0.value.string.flatMap(NetworkFailure.init(saying:)) })
    }
    if fields.candidates(.status).contains(where: { !isNothing($0.value) && isStatus($0.value) }) {
      return nil
    }
    if request.host != nil || hasSettings(record) {
      guard request.method != nil || request.path != nil,
        let failure = NetworkFailure(in: record, isSure: true)
      else { return nil }
      return Silence(request: request, failure: failure)
    }
    guard !isRemark(record), let call = FailedCall(in: record) ?? FailedCall(namedIn: record),
      let failure = NetworkFailure(in: record, isSure: true)
    else { return nil }
    return Silence(
      request: Request(
        method: call.method ?? request.method, path: call.path ?? request.path, host: call.host),
      failure: failure)
  }

  private func isStatus(_ value: JSONValue) -> Bool { status(value) != nil }

  /// Whether the record is of a firewall that let a request pass: who answered it is not told.
  private func decidesOnly(_ record: JSONValue) -> Bool {
    for name in EventBuilder.decisions {
      guard let text = record[name]?.string else { continue }
      return EventBuilder.passes.contains { text.isEqual(ignoringCase: $0) }
    }
    return false
  }

  private static let decisions = ["action", "verdict", "decision"].map { Array($0.utf8) }
  private static let passes: [StaticString] = [
    "allow", "allowed", "count", "pass", "passed", "permit", "accept", "accepted", "detect",
  ]

  /// Whether a client's settings for the request stand in the record, as axios and got log them.
  private func hasSettings(_ record: JSONValue) -> Bool {
    func has(_ object: JSONValue) -> Bool {
      EventBuilder.settings.contains { name in
        guard let settings = object[name], settings.isObject else { return false }
        return EventBuilder.targets.contains { settings[$0]?.isString ?? false }
      }
    }
    return has(record)
      || EventBuilder.errors.contains { name in record[name].map { $0.isObject && has($0) } ?? false
      }
  }

  /// Whether its level says that nothing went wrong.
  private func isRemark(_ record: JSONValue) -> Bool {
    for name in EventBuilder.levelNames {
      guard let level = record[name] else { continue }
      // Those of bunyan and pino.
      if let number = level.integer { return (10...30).contains(number) }
      guard let text = level.string else { return false }
      return EventBuilder.remarks.contains { text.isEqual(ignoringCase: $0) }
    }
    return false
  }

  private static let settings = ["config", "options", "requestOptions"].map { Array($0.utf8) }
  private static let targets = ["url", "uri", "path", "baseURL"].map { Array($0.utf8) }
  private static let errors = ["err", "error"].map { Array($0.utf8) }
  private static let levelNames = ["level", "severity", "levelname", "lvl"].map { Array($0.utf8) }
  private static let remarks: [StaticString] = ["info", "debug", "trace", "notice", "information"]
}
