internal import Files
internal import JSON
internal import Profiles

/// Whether a body says that its response failed, although its status is one of success.
///
/// Said is what stands at the places where APIs say so, and of the response itself: a body that
/// holds, lists or describes what failed elsewhere is a success.
struct Failure {
  /// The object that says so, which is the body or stands in it.
  let place: JSONValue

  /// Nil where the body says no such thing.
  init?(in body: JSONValue) {
    guard body.isObject else {
      guard let last = Failure.onlyError(in: body) else { return nil }
      place = last
      return
    }
    let saying = Saying(body)
    if saying.isFailure {
      place = body
    } else if let inner = Failure.inner(of: body, saying) {
      place = inner
    } else {
      return nil
    }
  }

  /// `[{"error":{…}}]`, as some answer who streams.
  private static func onlyError(in list: JSONValue) -> JSONValue? {
    guard let first = list.element(0), first.isObject, list.element(1) == nil else { return nil }
    let saying = Saying(first)
    guard saying.hasError || saying.hasErrorCode, saying.isFailure else { return nil }
    return first
  }

  /// The part of a body that says that all of it failed.
  private static func inner(of body: JSONValue, _ saying: Saying) -> JSONValue? {
    if let choices = saying.choices {
      for choice in choices.elements where Saying(choice).hasError { return choice }
    }
    if let response = saying.response, response.isObject {
      // OpenAI's `response.failed`; Tencent's and OData's `Response.Error`.
      let inside = Saying(response)
      return inside.hasError || inside.hasErrors
        ? response : outcome(of: response) ?? nested(in: body, depth: 0)
    }
    if let data = saying.payload, data.isObject {
      if Saying(data).hasErrorCode { return data }
      // `{"results":{"ActionResult":{"Success":0,"Errors":[…]}}}`
      var members = data.members
      if let only = members.next()?.value, only.isObject, members.next() == nil,
        Saying(only).isFailure
      {
        return only
      }
    }
    // `{"status":"failure","list":[{"errorcode":…}]}`
    if saying.hasFailedStatus, let first = saying.payload?.element(0), first.isObject,
      Saying(first).hasErrorCode
    {
      return first
    }
    return outcome(of: body) ?? wrapped(in: body) ?? nested(in: body, depth: 0)
      ?? onlyResult(of: body)
  }

  /// `{"answer":{"status":"error","errors":[…]}}`, `{"response":{"data":{"statuses":[{"error":…}]}}}`: what
  /// stands inside of what is called an answer, below an outer one that went well.
  private static func nested(in body: JSONValue, depth: Int) -> JSONValue? {
    guard depth < mostDepth else { return nil }
    for (name, value) in body.members {
      if value.isObject {
        let isReply = replies.contains { name.isEqual(ignoringCase: $0) }
        guard isReply || BodySign(name) == .payload else { continue }
        let inside = Saying(value)
        if inside.isDeclined || inside.isRefused { return value }
        if isReply, inside.isFailure { return value }
        if let found = nested(in: value, depth: depth + 1) { return found }
      } else if depth > 0, let first = value.element(0), first.isObject,
        value.elements.allSatisfy(Saying.isBareError)
      {
        return first
      }
    }
    return nil
  }

  private static let mostDepth = 4
  static let replies: [StaticString] = [
    "answer", "response", "reply", "resp", "rsp", "res", "return", "apiresponse", "api_response",
  ]

  /// `{"shipments":[{"shipmentID":"H1","result":{"code":"e001","message":"There is no such"}}]}`: of the only
  /// thing asked for, a result that is a code and words alone.
  private static func onlyResult(of body: JSONValue) -> JSONValue? {
    var members = body.members
    guard let only = members.next()?.value, members.next() == nil, let thing = only.element(0),
      only.element(1) == nil
    else { return nil }
    for (name, value) in thing.members where value.isObject {
      guard BodySign(name) == .payload || isOutcome(name) else { continue }
      let inside = Saying(value)
      if inside.hasRefusingPair, inside.strangers == 0 { return value }
    }
    return nil
  }

  static func isOutcome(_ name: Bytes) -> Bool {
    outcomes.contains { name.isEqual(ignoringCase: $0) }
  }

  /// `{"base_resp":{"status_code":1008,"status_msg":…}}`: a member that tells of the outcome.
  private static func outcome(of body: JSONValue) -> JSONValue? {
    for (name, value) in body.members
    where value.isObject && isOutcome(name) {
      let inside = Saying(value)
      if inside.hasError || inside.hasErrorCode || inside.isRefusal || inside.isRefusalByStatus {
        return value
      }
    }
    return nil
  }

  private static let outcomes: [StaticString] = [
    "base_resp", "baseresp", "status", "header", "head", "meta", "extra", "ResponseMetadata",
    "resp", "response_status", "responsestatus", "result_info", "resultinfo", "error_info",
    "returnstatus", "fault", "info",
  ]

  /// `{"chart":{"result":null,"error":{…}}}`, `{"error_response":{…}}`: one object and little else, which is
  /// an answer by its name, or has a place for what was asked for. Any other thing that has an error is what was
  /// asked for: a report, a job, a document that was checked.
  private static func wrapped(in body: JSONValue) -> JSONValue? {
    var members = body.members
    guard let (name, value) = members.next(), value.isObject else { return nil }
    if let next = members.next(), !next.key.isEqual(to: "sign"), !next.value.isString { return nil }
    if name.isEqual(to: "error_response") { return value }
    if name.isEqual(to: "ErrorResponse") { return body }
    let inside = Saying(value)
    guard !inside.isResource, inside.lacksPayload || isAnswer(name) else { return nil }
    return inside.hasError && !inside.hasPayload || inside.isRefusal
      || inside.hasErrorCode ? value : nil
  }

  private static func isAnswer(_ name: Bytes) -> Bool {
    answers.contains { word in
      let start = name.count - word.utf8CodeUnitCount
      return start == 0 && name.isEqual(ignoringCase: word)
        || start > 0 && word.utf8CodeUnitCount > 3
          && name.part(start..<name.count).isEqual(ignoringCase: word)
    }
  }

  /// What answers are called, or how their names end: `alipay_trade_query_response`.
  private static let answers: [StaticString] = [
    "response", "result", "reply", "resp", "answer", "return", "output", "root", "envelope", "res",
    "rsp", "ret", "rpc", "api", "d",
  ]
}
