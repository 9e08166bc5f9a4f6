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
  /// What was asked for.
  case payload
  /// What was found of something that was asked to be checked.
  case verdict
  /// Names a task that goes on beside the response.
  case task
  case id, object, created, status, httpStatus, type, choices, response, isError
  /// Says nothing of the outcome and is no payload: ids of requests, times, links.
  case aside
  case stranger

  init(_ name: Bytes) {
    self =
      BodySign.signs(ofLength: name.count).first { name.isEqual(ignoringCase: $0.0) }?.1
      ?? (BodySign.isAside(name) ? .aside : .stranger)
  }

  /// By the length of the name.
  private static func signs(ofLength count: Int) -> [(StaticString, BodySign)] {
    count < byLength.count ? byLength[count] : []
  }

  private static let byLength: [[(StaticString, BodySign)]] = {
    let all = names.flatMap { sign, names in names.map { ($0, sign) } }
    let longest = all.map { $0.0.utf8CodeUnitCount }.max() ?? 0
    var lists = [[(StaticString, BodySign)]](repeating: [], count: longest + 1)
    for (name, sign) in all { lists[name.utf8CodeUnitCount].append((name, sign)) }
    return lists
  }()

  /// In small letters.
  private static let names: [(BodySign, [StaticString])] = [
    (.outcome, ["ok", "success", "succeeded", "issuccess", "is_success", "successful"]),
    (.error, ["erro", "error", "fault"]),
    (.errors, ["errors"]),
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
        "status_msg", "statusmsg", "mensagem", "mensaje", "messaggio", "komunikat", "message",
        "msg", "reason", "description", "detail", "details", "info", "title", "retmsg", "ret_msg",
        "statusmessage", "status_message", "returnmessage", "returnmsg", "return_msg",
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
    (.type, ["type"]),
    (.choices, ["choices"]),
    (.response, ["response", "subsonic-response"]),
    (
      .aside,
      [
        "cost", "docs", "documentation_url", "error_type", "error_uri", "errortype", "exception",
        "extensions", "extra", "help", "jsonrpc", "lang", "links", "meta", "metadata", "method",
        "more_info", "param", "parameters", "path", "request", "retry_after", "sequence_number",
        "sign", "stack", "sub_code", "subcode", "time", "timestamp", "trace", "ts", "version",
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
