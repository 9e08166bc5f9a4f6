internal import Files

/// What a member of a body says by its name, where bodies are told that speak of a failure behind a
/// status of success.
enum BodySign {
  /// `ok`, `success`.
  case outcome
  case error, errors
  /// A code of the API's own, 0 where all went well.
  case code
  /// The same by a name that nothing else has.
  case returnCode
  /// A code that is there for errors alone.
  case errorCode
  case message
  /// A message that is there for errors alone.
  case errorMessage
  /// A code and a text by which an API tells how it went, such as `respcode` and `resptext`.
  case replyCode, replyText
  /// Words that may be those of an error, or what was asked for.
  case text
  /// What is named as an error's, and may be a list of errors: `ERRORARRAY`.
  case errorThing
  /// A list of what was noticed, as FHIR has it: <https://hl7.org/fhir/operationoutcome.html>.
  case issue
  /// What was asked for.
  case payload
  /// What was found of something that was asked to be checked.
  case verdict
  /// Names a task that goes on beside the response.
  case task
  case id, object, created, status, httpStatus, type, choices, response, isError
  /// Which of many things are told: theirs is no one's outcome.
  case page
  /// Says nothing of the outcome and is no payload: ids of requests, times, links.
  case aside
  case stranger

  init(_ name: Bytes) {
    self =
      BodySign.signs.sign(of: name) ?? (BodySign.isAside(name) ? .aside : nil)
      ?? BodySign.byWords(name) ?? .stranger
  }

  private static let signs = SignTable(
    names.flatMap { sign, names in names.map { ($0, sign) } })

  /// In small letters.
  private static let names: [(BodySign, [StaticString])] = [
    (.outcome, ["ok", "ack", "success", "succeeded", "issuccess", "is_success", "successful"]),
    (.error, ["err", "erro", "error", "fault"]),
    (.errors, ["errors"]),
    (.issue, ["issue"]),
    (.isError, ["iserror", "is_error", "haserror", "has_error"]),
    (.code, ["codigo", "codice", "kod", "code", "cod"]),
    (
      .returnCode,
      [
        "infocode", "ret", "rc", "retcode", "ret_code", "resultcode", "returncode", "result_code",
        "return_code",
      ]
    ),
    (
      .errorCode,
      [
        "errcode", "err_code", "errno", "err_no", "error_no", "error_code", "errorcode",
        "errornumber", "faultcode", "exceptioncode",
      ]
    ),
    (
      .message,
      [
        "messages", "status_msg", "statusmsg", "mensagem", "mensaje", "messaggio", "komunikat",
        "message",
        "msg", "reason", "description", "detail", "details", "info", "title", "retmsg", "ret_msg",
        "desc", "descr", "statusmessage", "status_message", "returnmessage", "returnmsg",
        "return_msg",
        "resultmessage", "resultmsg", "sub_msg", "hint", "usermessage", "user_message",
      ]
    ),
    (
      .errorMessage,
      [
        "error-type", "error-codes", "errmsg", "err_msg", "error_msg", "error_message",
        "error message", "errormessage", "errormsg", "error_description", "error_info",
        "errorsummary", "faultstring", "exceptionmessage", "err_code_des",
      ]
    ),
    (
      .payload,
      [
        "data", "result", "results", "items", "content", "payload", "rows", "records", "list",
        "value",
      ]
    ),
    (.verdict, ["valid", "isvalid", "is_valid"]),
    (.task, ["done", "task_id", "taskid", "job_id", "jobid", "run_id"]),
    (.id, ["id", "_id", "sid"]),
    (.object, ["object"]),
    (.created, ["created", "created_at", "createdat", "date_created", "updated_at", "updatedat"]),
    (.status, ["status", "stat", "state"]),
    (.httpStatus, ["statuscode", "status_code", "httpstatus", "http_status"]),
    (.type, ["type", "_type", "kind", "@type"]),
    (.choices, ["choices"]),
    (.response, ["response", "subsonic-response"]),
    (
      .page,
      [
        "page", "per_page", "page_size", "pagesize", "total", "total_count", "totalcount",
        "total_pages", "next_page", "nextpagetoken", "next_page_token", "next_cursor", "cursor",
        "has_more", "hasmore", "offset", "pagination", "paging",
      ]
    ),
    (
      .aside,
      [
        "cause", "resolution", "cost", "docs", "documentation_url", "error_type", "error_uri",
        "errortype", "exception",
        "extensions", "extra", "help", "jsonrpc", "lang", "links", "meta", "metadata", "method",
        "more_info", "param", "parameters", "path", "request", "retry_after", "sequence_number",
        "severity", "highestseverity", "sign", "stack", "sub_code", "subcode", "time", "timestamp",
        "trace", "ts", "version",
        "warnings",
      ]
    ),
  ]

  /// `request_id`, `requestId`, `logid`: ids and links.
  private static func isAside(_ name: Bytes) -> Bool {
    guard name.count > 2 else { return false }
    let end = name.part(name.count - 2..<name.count)
    let last = name.part(name.count - 3..<name.count)
    return end.isEqual(ignoringCase: "id") || last.isEqual(ignoringCase: "url")
  }
}

/// Signs by their names, whatever the case: hashes in plain memory that is never given back, as every
/// member of every body with a status of success is looked up.
private struct SignTable: @unchecked Sendable {
  private struct Slot {
    var name = Bytes(start: nil, count: 0)
    var sign = BodySign.stranger
  }

  private static let size = 1 << 9
  private let slots: UnsafeMutablePointer<Slot>
  private let longest: Int

  init(_ signs: [(name: StaticString, sign: BodySign)]) {
    slots = .allocate(capacity: SignTable.size)
    slots.initialize(repeating: Slot(), count: SignTable.size)
    longest = signs.map(\.name.utf8CodeUnitCount).max() ?? 0
    for (name, sign) in signs {
      let bytes = Bytes(start: name.utf8Start, count: name.utf8CodeUnitCount)
      var place = SignTable.hash(bytes)
      while slots[place].name.count > 0 { place = (place + 1) % SignTable.size }
      slots[place] = Slot(name: bytes, sign: sign)
    }
  }

  func sign(of name: Bytes) -> BodySign? {
    guard name.count > 1, name.count <= longest else { return nil }
    var place = SignTable.hash(name)
    while slots[place].name.count > 0 {
      if SignTable.isSame(slots[place].name, name) { return slots[place].sign }
      place = (place + 1) % SignTable.size
    }
    return nil
  }

  /// Of letters whatever their case.
  @inline(__always)
  private static func hash(_ name: Bytes) -> Int {
    var hash = FNV1a()
    hash.add(name, with: 0x20)
    return Int(truncatingIfNeeded: (hash.value ^ hash.value >> 32) % UInt64(size))
  }

  @inline(__always)
  private static func isSame(_ known: Bytes, _ name: Bytes) -> Bool {
    guard known.count == name.count else { return false }
    for place in known.indices where known[place] != name[place] {
      guard known[place] == name[place] | 0x20, (0x41...0x5A).contains(name[place]) else {
        return false
      }
    }
    return true
  }
}
