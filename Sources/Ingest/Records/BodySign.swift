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
    self = BodySign.signs.sign(of: name) ?? (BodySign.isAside(name) ? .aside : .stranger)
  }

  private static let signs = SignTable(all)

  private static let all: [(StaticString, BodySign)] = [
    ("valid", .verdict), ("isvalid", .verdict), ("is_valid", .verdict),
    ("done", .task), ("task_id", .task), ("taskid", .task), ("job_id", .task), ("jobid", .task),
    ("run_id", .task), ("status_msg", .message), ("statusmsg", .message),
    ("error-type", .errorMessage), ("error-codes", .errorMessage), ("infocode", .returnCode),
    ("mensagem", .message), ("mensaje", .message), ("codigo", .code), ("codice", .code),
    ("kod", .code), ("messaggio", .message), ("komunikat", .message), ("erro", .error),
    ("ok", .outcome), ("success", .outcome), ("succeeded", .outcome), ("issuccess", .outcome),
    ("is_success", .outcome), ("successful", .outcome), ("error", .error), ("errors", .errors),
    ("code", .code), ("cod", .code), ("ret", .returnCode), ("rc", .returnCode),
    ("retcode", .returnCode),
    ("ret_code", .returnCode), ("resultcode", .returnCode), ("returncode", .returnCode),
    ("result_code", .returnCode),
    ("return_code", .returnCode), ("errcode", .errorCode), ("err_code", .errorCode),
    ("errno", .errorCode), ("err_no", .errorCode), ("error_no", .errorCode),
    ("error_code", .errorCode), ("errorcode", .errorCode), ("errornumber", .errorCode),
    ("faultcode", .errorCode), ("exceptioncode", .errorCode), ("message", .message),
    ("msg", .message), ("reason", .message), ("description", .message), ("detail", .message),
    ("details", .message), ("info", .message), ("title", .message), ("retmsg", .message),
    ("ret_msg", .message), ("statusmessage", .message), ("status_message", .message),
    ("returnmessage", .message), ("returnmsg", .message), ("return_msg", .message),
    ("resultmessage", .message), ("resultmsg", .message), ("sub_msg", .message),
    ("sub_code", .aside), ("subcode", .aside), ("hint", .message), ("errmsg", .errorMessage),
    ("err_msg", .errorMessage), ("error_msg", .errorMessage), ("error_message", .errorMessage),
    ("error message", .errorMessage), ("errormessage", .errorMessage), ("errormsg", .errorMessage),
    ("error_description", .errorMessage), ("error_info", .errorMessage),
    ("errorsummary", .errorMessage), ("faultstring", .errorMessage),
    ("exceptionmessage", .errorMessage), ("err_code_des", .errorMessage), ("data", .payload),
    ("result", .payload), ("results", .payload), ("items", .payload), ("content", .payload),
    ("payload", .payload), ("rows", .payload), ("records", .payload), ("list", .payload),
    ("value", .payload), ("id", .id), ("_id", .id), ("sid", .id), ("object", .object),
    ("created", .created), ("created_at", .created), ("createdat", .created),
    ("date_created", .created), ("updated_at", .created), ("updatedat", .created),
    ("status", .status), ("stat", .status), ("state", .status), ("statuscode", .httpStatus),
    ("status_code", .httpStatus), ("httpstatus", .httpStatus), ("http_status", .httpStatus),
    ("type", .type), ("choices", .choices), ("response", .response), ("iserror", .isError),
    ("is_error", .isError), ("haserror", .isError), ("has_error", .isError),
    ("jsonrpc", .aside), ("path", .aside), ("method", .aside), ("timestamp", .aside),
    ("time", .aside), ("ts", .aside), ("more_info", .aside), ("documentation_url", .aside),
    ("docs", .aside), ("help", .aside), ("links", .aside), ("extra", .aside),
    ("extensions", .aside), ("version", .aside), ("lang", .aside), ("trace", .aside),
    ("exception", .aside), ("stack", .aside), ("meta", .aside), ("metadata", .aside),
    ("warnings", .aside), ("param", .aside), ("sequence_number", .aside), ("retry_after", .aside),
    ("parameters", .aside), ("error_uri", .aside), ("errortype", .aside), ("error_type", .aside),
    ("request", .aside), ("sign", .aside), ("subsonic-response", .response), ("cost", .aside),
    ("fault", .error), ("usermessage", .message), ("user_message", .message),
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

  /// FNV-1a: <http://www.isthe.com/chongo/tech/comp/fnv/>, of letters whatever their case.
  @inline(__always)
  private static func hash(_ name: Bytes) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in name { hash = (hash ^ UInt32(byte | 0x20)) &* 16_777_619 }
    return Int(hash ^ hash >> 16) % size
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
