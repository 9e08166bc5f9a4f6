internal import Files
internal import JSON

/// What the members of an error's body are called: a record that has a status, words and no other members is
/// one, whoever wrote it down. `{"statusCode":422,"name":"validation_error","message":"Invalid from"}`
///
/// Problem details have names of their own: <https://www.rfc-editor.org/rfc/rfc9457>.
enum ErrorMembers {
  private static let texts: [StaticString] = [
    "message", "msg", "error", "detail", "title", "reason", "description", "errormessage",
    "errordescription", "statustext", "statusmessage",
  ]
  private static let others: [StaticString] = [
    "status", "statuscode", "httpstatus", "httpstatuscode", "httpcode", "responsecode", "code",
    "name", "type", "errors", "errorcode", "errorname", "details", "instance", "hint", "help",
    "timestamp", "time", "success", "ok", "requestid", "traceid", "retryable", "data", "docs",
    "documentationurl",
  ]
  /// What a logger says beside the message of an error.
  private static let ofLogger: [StaticString] = [
    "level", "severity", "service", "module", "logger", "stack", "stacktrace", "hostname", "pid",
    "env", "environment", "version", "label", "context", "additionaldata", "ts",
  ]

  /// `isStatusCode`: the status is called the code of one, as in HTTP alone. Then a logger may have said more.
  static func areAll(of record: JSONValue, _ status: Int, _ isStatusCode: Bool) -> Bool {
    guard (400..<600).contains(status), isKnown(status) else { return false }
    var hasText = false
    var members = 0
    for (name, value) in record.members {
      members += 1
      if texts.contains(where: { isSame(name, $0) }) {
        hasText = hasText || (value.string?.count ?? 0) > 2
      } else if !others.contains(where: { isSame(name, $0) }) {
        guard isStatusCode, ofLogger.contains(where: { isSame(name, $0) }) else { return false }
      }
    }
    return hasText && members < most
  }

  private static let most = 16

  private static func isKnown(_ status: Int) -> Bool {
    let digits = [UInt8(status / 100 + 48), UInt8(status / 10 % 10 + 48), UInt8(status % 10 + 48)]
    return digits.withUnsafeBufferPointer(LooseLine.isStatus)
  }

  /// Compared by letters, in either case.
  private static func isSame(_ name: Bytes, _ other: StaticString) -> Bool {
    guard name.count < 32 else { return false }
    return other.withUTF8Buffer { other in
      name.lazy.filter { $0 | 0x20 &- 0x61 < 26 }.map { $0 | 0x20 }.elementsEqual(other)
    }
  }
}
