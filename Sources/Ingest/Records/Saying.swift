internal import Files
internal import JSON
internal import Profiles

/// What the members of an object say of an outcome.
struct Saying {
  private(set) var choices: JSONValue?
  private(set) var response: JSONValue?
  private(set) var payload: JSONValue?
  private var outcome: Bool?
  private var saysError = false
  private var error: JSONValue?
  private var errors: JSONValue?
  private var code: JSONValue?
  private var errorCode: JSONValue?
  private var message: Bytes?
  private var errorMessage: Bytes?
  private var status: JSONValue?
  private var httpStatus: JSONValue?
  private var type: Bytes?
  private var object: Bytes?
  private var hasID = false
  private var hasCreated = false
  private var hasResult = false
  private var strangers = 0
  private var isReturnCode = false
  private var isVerdict = false
  private var isTask = false
  /// Whether what was asked for has a place in it that is empty.
  private(set) var lacksPayload = false
  /// Whether it tells of several things, page by page.
  private var isPage = false

  init(_ body: JSONValue) {
    for (name, value) in body.members {
      let sign = BodySign(name)
      if value.isNull {
        if sign == .payload { lacksPayload = true }
        continue
      }
      switch sign {
      case .outcome:
        if let said = value.bool { outcome = said }
        if value.string?.isEqual(ignoringCase: "false") == true { outcome = false }
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
        if let text = value.string, text.isEqual(ignoringCase: "false") { outcome = false }
        response = value
      case .aside: break
      case .page:
        isPage = true
        if !Saying.isEmpty(value) { strangers += 1 }
      case .stranger: if !Saying.isEmpty(value) { strangers += 1 }
      }
    }
  }

  /// Whether the object says of itself that it is a failure.
  var isFailure: Bool {
    if let outcome { return !outcome }
    if isResource || isVerdict || isPage && error == nil { return false }
    return saysError && message ?? errorMessage != nil || hasError || hasErrors || hasErrorCode
      || isRefusal || statusSaysSo || hasErrorMessage
      || type?.isEqual(to: "error") == true && message != nil
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
    if error.isObject { return !hasResult && Saying.speaks(error) }
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

  private var hasErrors: Bool {
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
    guard let text = message ?? errorMessage else { return false }
    return !Saying.isFine(text)
  }

  /// A code other than that of success, and words for it, where what was asked for is missing.
  var isRefusal: Bool {
    guard let code = code ?? ownStatus, !hasPayload, !hasID, !Saying.isFine(code),
      let text = errorMessage ?? message, !Saying.isFine(text)
    else { return false }
    if let number = code.integer ?? code.string?.integer {
      if isReturnCode || number < 0 { return strangers <= 2 }
      return strangers <= 2 && Saying.soundsWrong(text)
    }
    return strangers == 0 && code.string.map(Saying.soundsWrong) ?? false
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
    let status = httpStatus ?? status
    return status?.integer.map { !(100...599).contains($0) || httpStatus == nil } ?? false
      ? status : nil
  }

  private var statusSaysSo: Bool {
    let words = message ?? errorMessage
    if let result = payload?.string, hasResult || strangers == 0,
      Saying.failures.contains(where: { result.isEqual(ignoringCase: $0) })
    {
      return words != nil || error != nil || errorCode != nil
    }
    if let number = httpStatus?.integer ?? status?.integer ?? status?.string?.integer,
      (400...599).contains(number)
    {
      return !hasID && !hasPayload && (words != nil || error != nil)
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
    guard Saying.failures.contains(where: { text.isEqual(ignoringCase: $0) }) else { return false }
    return text.count == 4 && hasPayload || strangers == 0 && (words != nil || errorCode != nil)
  }

  private static let failures: [StaticString] = [
    "fail", "failure", "failed", "err", "nok", "error",
  ]

  private var hasErrorMessage: Bool {
    guard let errorMessage, !Saying.isFine(errorMessage), !hasPayload, strangers <= 1 else {
      return false
    }
    guard let code = errorCode ?? code ?? status else { return true }
    return !Saying.isFine(code)
  }

  // MARK: Words

  /// A text that is there, also as the first of a list.
  private static func text(of value: JSONValue) -> Bytes? {
    guard let text = (value.isArray ? value.element(0) : value)?.string?.trimmed, !text.isEmpty
    else { return nil }
    return text
  }

  private static func isEmpty(_ value: JSONValue?) -> Bool {
    guard let value else { return true }
    switch value.shape {
    case .null: return true
    case .object:
      var members = value.members
      return members.next() == nil
    case .array: return value.element(0) == nil
    case .string: return value.string?.isEmpty ?? true
    case .bool: return value.bool == false
    case .number: return value.number == 0
    }
  }

  /// Whether a code is that of success.
  private static func isFine(_ value: JSONValue) -> Bool {
    if let text = value.string { return isFine(text) }
    if let number = value.number { return number == 0 || number >= 200 && number < 300 }
    return value.bool == false
  }

  private static func isFine(_ text: Bytes) -> Bool {
    if text.allSatisfy({ $0 == UInt8(ascii: "0") }) { return true }
    if let number = text.integer { return (200..<300).contains(number) }
    return text.count < 48
      && fineWords.contains { word in
        text.part(0..<word.utf8CodeUnitCount).isEqual(ignoringCase: word)
          && (text.count == word.utf8CodeUnitCount || !isWordByte(text[word.utf8CodeUnitCount])
            || text[0] >= 0x80 || word.utf8CodeUnitCount > 6)
      }
  }

  private static let fineWords: [StaticString] = [
    "ok", "success", "successful", "succeed", "none", "null", "no error", "false", "done",
    "completed", "成功", "操作成功", "请求成功", "正常",
  ]

  /// Longer texts are looked at so far.
  private static let longest = 1000

  private static func soundsWrong(_ text: Bytes) -> Bool {
    let text = text.part(0..<longest)
    return wrongWords.contains { word in
      word.withUTF8Buffer { word in
        text.count >= word.count
          && (0...text.count - word.count).contains { start in
            text[start..<start + word.count].elementsEqual(word) { lowercased($0) == $1 }
          }
      }
    }
  }

  private static let wrongWords: [StaticString] = [
    "error", "err_", "invalid", "fail", "denied", "exceed", "limit", "unauthor", "forbidden",
    "notfound", "not_found", "not found", "throttl", "expired", "missing", "unavailable", "illegal",
    "busy",
    "unsupported", "exception", "refused", "too many", "not allowed", "not exist", "not valid",
    "not support", "not auth", "not permitted", "not available", "cannot", "can't", "unable",
    "must ", "required", "wrong", "bad ", "reject", "blocked", "banned", "insufficient", "conflict",
    "already", "timeout", "timed out", "reached", "locked", "disabled", "quota", "overload", "失败",
    "错误", "无效", "不", "未", "超", "限", "异常", "缺", "禁止", "拒绝", "频繁", "繁忙", "欠费", "重复",
    "失敗", "エラー", "ません", "無効", "오류", "실패", "없", "초과", "ошибк", "неверн", "превыш", "не ",
    "erro", "inválid", "ungültig", "fehler",
  ]
}
