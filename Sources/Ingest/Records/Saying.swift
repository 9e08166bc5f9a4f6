internal import Files
internal import JSON
internal import Profiles

/// What the members of an object say of an outcome.
struct Saying {
  private(set) var choices: JSONValue?
  private(set) var response: JSONValue?
  private(set) var payload: JSONValue?
  private(set) var outcome: Bool?
  private var saysError = false
  private(set) var error: JSONValue?
  private(set) var errors: JSONValue?
  private(set) var code: JSONValue?
  private(set) var errorCode: JSONValue?
  private(set) var message: Bytes?
  private(set) var errorMessage: Bytes?
  private(set) var status: JSONValue?
  private var httpStatus: JSONValue?
  private var type: Bytes?
  private var object: Bytes?
  private(set) var hasID = false
  private var hasCreated = false
  private(set) var hasResult = false
  private(set) var strangers = 0
  private var isReturnCode = false
  private(set) var isVerdict = false
  private var isTask = false
  private var hasRefusal = false
  private var replyCode: JSONValue?
  private(set) var replyText: Bytes?
  private(set) var plainText: Bytes?
  /// Whether what was asked for has a place in it that is empty.
  private(set) var lacksPayload = false
  private var hasFatalIssue = false
  /// A code with its text right behind it, near the top: `<Result>110</Result><RespMSG>Duplicate</RespMSG>`.
  private(set) var pair: (code: JSONValue, text: Bytes)?
  /// A list of what was noticed, by whatever name.
  private var hasNotes = false
  /// Whether it tells of several things, page by page.
  private var isPage = false

  init(_ body: JSONValue) {
    var before: Member?
    var place = 0
    for (name, value) in body.members {
      let sign = BodySign(name)
      if value.isNull {
        if sign == .payload { lacksPayload = true }
        continue
      }
      let member = Member(name: name, value: value, sign: sign)
      if place < Saying.mostBeforePair, pair == nil { pair = before.flatMap(member.pair) }
      before = member
      place += 1
      switch sign {
      case .outcome:
        if let said = value.bool { outcome = said }
        if let text = value.string,
          Saying.failures.contains(where: { text.isEqual(ignoringCase: $0) })
        {
          outcome = false
        }
        if value.integer == 0 { saysError = true }
      case .isError: saysError = value.bool == true
      case .error: if error == nil || value.isObject { error = value }
      case .errors: errors = value
      case .code: code = code ?? value
      case .returnCode:
        isReturnCode = isReturnCode || code == nil
        code = code ?? value
      case .verdict: isVerdict = value.bool != nil
      case .task: isTask = true
      case .errorCode: errorCode = errorCode ?? value
      case .message: message = message ?? Saying.text(of: value)
      case .replyCode: replyCode = replyCode ?? value
      case .replyText: replyText = replyText ?? Saying.text(of: value)
      case .text: plainText = Saying.text(of: value)
      case .errorThing:
        if value.isObject { error = error ?? value }
        if errors == nil, let first = value.element(0), Saying(first).hasErrorCode {
          errors = value
        }
      case .issue: hasFatalIssue = Saying.isFatal(value)
      case .errorMessage: errorMessage = errorMessage ?? Saying.text(of: value)
      case .payload:
        if name.isEqual(to: "result") { hasResult = true }
        if payload == nil || Saying.isEmpty(payload) { payload = value }
      case .id: hasID = true
      case .created: hasCreated = true
      case .object: object = value.string
      case .status: status = status ?? value
      case .httpStatus: httpStatus = value
      case .type: type = value.string
      case .choices: choices = value
      case .response:
        if let text = value.string {
          if text.isEqual(ignoringCase: "false") { outcome = false }
          hasRefusal = Saying.failures.contains { text.isEqual(ignoringCase: $0) }
        }
        if value.bool == false { hasRefusal = true }
        response = value
      case .aside: break
      case .page:
        isPage = true
        if !Saying.isEmpty(value) { strangers += 1 }
      case .stranger:
        if Saying.areNotes(value) {
          hasNotes = true
        } else if !Saying.isEmpty(value) {
          strangers += 1
        }
      }
    }
  }

  /// Whether the object says of itself that it is a failure.
  var isFailure: Bool {
    if let outcome { return !outcome }
    if isResource || isVerdict || isPage && error == nil { return false }
    return (saysError || hasRefusal) && message ?? errorMessage != nil || hasError || hasErrors
      || hasErrorCode || isRefusal || statusSaysSo || hasErrorMessage || hasFatalIssue
      || hasRefusingReply || isRefusingResponse
      || hasRefusingPair
      || (type ?? object)?.isEqual(to: "error") == true && message != nil
  }

  /// Something kept at the API that has a state of its own, such as a job that failed.
  var isResource: Bool {
    if isTask, status != nil || hasPayload || strangers > 0 { return true }
    guard hasID else { return false }
    guard let object else { return hasCreated }
    return !Saying.answers.contains { object.starts(with: $0.utf8) }
  }

  /// Of the objects that have an `object` and an `id`, those that are answers.
  private static let answers = ["response", "error", "chat.completion", "text_completion"]

  var hasPayload: Bool { payload.map { !Saying.isEmpty($0) } ?? false }

  var hasError: Bool {
    guard let error, outcome != true, !isVerdict else { return false }
    if error.isObject {
      let isResult = hasResult && payload?.string?.isEqual(ignoringCase: "false") != true
      return !isResult && Saying.speaks(error)
    }
    if let text = error.string {
      guard !Saying.isFine(text) else { return false }
      if errorMessage != nil { return true }
      return !hasPayload && (strangers == 0 || message != nil)
    }
    if error.bool == true { return message ?? errorMessage != nil }
    if let number = error.integer { return number != 0 && message ?? errorMessage != nil }
    return error.elements.contains { Saying.text(of: $0) != nil || Saying.speaks($0) }
      && !hasPayload
  }

  /// Whether an error has something to say, and not that all is well.
  private static func speaks(_ error: JSONValue) -> Bool {
    var says = false
    for (name, value) in error.members where !value.isNull {
      switch BodySign(name) {
      case .code, .errorCode:
        if isFine(value) { return false }
        says = true
      case .message, .errorMessage: says = says || text(of: value) != nil
      case .type, .status: says = says || value.string?.isEmpty == false
      case .errors, .httpStatus: says = true
      default: break
      }
    }
    return says
  }

  var hasErrors: Bool {
    guard let errors else { return false }
    if errors.isArray {
      if let first = errors.elements.first(where: \.isObject) { return !Finding.isOne(first) }
      return !hasPayload && errors.elements.contains { Saying.text(of: $0) != nil }
    }
    if hasPayload || hasID { return false }
    if let text = errors.string { return !Saying.isFine(text) }
    return errors.isObject && !Saying.isEmpty(errors) && message != nil
  }

  var hasErrorCode: Bool {
    guard let errorCode, !isResource, !Saying.isFine(errorCode) else { return false }
    // `{"result":false,"error_code":10009}`
    guard let text = message ?? errorMessage ?? replyText ?? plainText else {
      return payload?.bool == false || payload?.string.map(Saying.soundsWrong) ?? false
    }
    return !Saying.isFine(text)
  }

  /// A code other than that of success, and words for it, where what was asked for is missing.
  var isRefusal: Bool {
    guard let code = code ?? ownStatus, !hasPayload, !hasID, !Saying.isFine(code) else {
      return false
    }
    guard let text = errorMessage ?? message ?? replyText ?? plainText else {
      // A return code that names an error has no need of words.
      return isReturnCode && strangers <= 2 && code.string.map(Saying.soundsWrong) ?? false
    }
    guard !Saying.isFine(text) else { return false }
    if let number = code.integer ?? code.string?.integer {
      if isReturnCode || number < 0 { return strangers <= 2 }
      // `{"status":"5100","message":…}` has nothing else to say.
      if status?.isString == true, number >= 1000, strangers == 0 { return true }
      return strangers <= 2 && Saying.soundsWrong(text)
    }
    return strangers <= (isReturnCode ? 2 : 0) && code.string.map(Saying.soundsWrong) ?? false
  }

  /// The same with a number for the status: `{"status_code":1008,"status_msg":…}`.
  var isRefusalByStatus: Bool {
    guard let number = httpStatus?.integer, number != 0, !(100..<400).contains(number),
      let text = message ?? errorMessage
    else { return false }
    return !Saying.isFine(text)
  }

  /// A number for the status that is none of HTTP's.
  private var ownStatus: JSONValue? {
    if let text = status?.string, text.count >= 4, let number = text.integer, number >= 1000 {
      return status
    }
    let status = httpStatus ?? status
    return status?.integer.map { !(100...599).contains($0) || httpStatus == nil } ?? false
      ? status : nil
  }

  private var statusSaysSo: Bool {
    let words = message ?? errorMessage ?? replyText
    if let result = payload?.string, hasResult || strangers == 0,
      Saying.failures.contains(where: { result.isEqual(ignoringCase: $0) })
    {
      return words != nil || error != nil || errorCode != nil
    }
    if let number = httpStatus?.integer ?? status?.integer ?? status?.string?.integer,
      (400...599).contains(number)
    {
      return !hasID && !hasPayload && (words != nil || error != nil || errors?.isObject == true)
    }
    guard let status, !hasID else { return false }
    if status.bool == false { return words != nil && !hasPayload }
    guard let text = status.string else { return false }
    if text.isEqual(to: "error") || text.isEqual(to: "ERROR") {
      return words != nil || error != nil || errors != nil || errorCode ?? code != nil
        || strangers == 0
    }
    if text.isEqual(to: "0"), let message {
      return message.isEqual(ignoringCase: "NOTOK") || Saying.soundsWrong(message)
    }
    guard Saying.failures.contains(where: { text.isEqual(ignoringCase: $0) }) else {
      if hasPayload || Saying.isFine(text) { return false }
      // `Status=INVALID` beside a text for it.
      if replyText != nil, Saying.saysNo(text) { return true }
      // A code in the place of a status: `CONSENT_EXPIRED`, `OVER_QUERY_LIMIT`.
      return (words != nil || payload != nil) && strangers == 0 && isScreaming(text)
        && text.contains(0x5F) && Saying.soundsWrong(text)
    }
    if let replyCode, !hasPayload, !Saying.isFine(replyCode) { return true }
    if strangers == 0, response?.string.map({ $0.place(of: 0x20) != nil }) ?? false { return true }
    return text.count == 4 && hasPayload || hasNotes
      || strangers == 0 && (words != nil || errorCode != nil)
  }

  /// What the API says of its own answer: `{"resptext":"Insufficient funds","respcode":"NU"}`.
  private var hasRefusingReply: Bool {
    let text = replyText ?? (replyCode == nil ? nil : message)
    guard let replyText = text, !hasID, !hasPayload, !Saying.isFine(replyText),
      Saying.soundsWrong(replyText), !(status.map(Saying.isFine) ?? false)
    else { return false }
    if Saying.saysNo(replyText) { return true }
    return (replyCode ?? code).map { !Saying.isFine($0) } ?? false
  }

  /// `{"response":"INVALID ACCOUNT"}`, and nothing else.
  private var isRefusingResponse: Bool {
    guard let text = response?.string, strangers == 0, !hasPayload, !hasID, status == nil,
      code == nil, text.count < 200
    else { return false }
    return Saying.saysNo(text)
  }

  /// Whether the status is a word for failure.
  var hasFailedStatus: Bool {
    status?.string.map { text in Saying.failures.contains { text.isEqual(ignoringCase: $0) } }
      ?? false
  }

  private var hasErrorMessage: Bool {
    guard let errorMessage, !Saying.isFine(errorMessage), !hasPayload, strangers <= 1 else {
      return false
    }
    guard let code = errorCode ?? code ?? status else { return true }
    return !Saying.isFine(code)
  }
}
