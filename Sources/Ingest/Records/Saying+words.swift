internal import Files
internal import JSON
internal import Profiles

// What the words of a body say of an outcome.
extension Saying {
  /// Words for failure in the place of a status or an outcome.
  static let failures: [StaticString] = [
    "fail", "failure", "failed", "err", "nok", "nack", "error", "false", "ko", "nak", "notok",
    "not_ok", "unsuccessful", "declined", "denied", "rejected", "refused",
  ]

  /// A text that is there, also as the first of a list.
  static func text(of value: JSONValue) -> Bytes? {
    guard let text = (value.isArray ? value.element(0) : value)?.string?.trimmed, !text.isEmpty
    else { return nil }
    return text
  }

  static func isEmpty(_ value: JSONValue?) -> Bool {
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
  static func isFine(_ value: JSONValue) -> Bool {
    if let text = value.string { return isFine(text) }
    if let number = value.number { return number == 0 || number >= 200 && number < 300 }
    return value.bool == false
  }

  static func isFine(_ text: Bytes) -> Bool {
    let text = text.trimmed
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
    "completed", "approved", "approval", "accepted", "transaction approved", "成功", "操作成功", "请求成功",
    "正常",
  ]

  /// Longer texts are looked at so far.
  private static let longest = 1000

  static func soundsWrong(_ text: Bytes) -> Bool {
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
    "already", "declin", "do not hon", "not sufficient", "stolen", "malformed", "refus",
    "not enough", "no such", "unknown", "incorrect", "revoked", "must",
    "timeout", "timed out", "reached", "locked", "disabled", "quota", "overload", "失败",
    "错误", "无效", "不", "未", "超", "限", "异常", "缺", "禁止", "拒绝", "频繁", "已存在", "已经存在", "繁忙", "欠费", "重复",
    "失敗", "エラー", "ません", "無効", "오류", "실패", "없", "초과", "ошибк", "неверн", "превыш", "не ",
    "erro", "inválid", "ungültig", "fehler", "require", "not passed", "not given", "not set",
    "not correct", "not match", "mismatch", "duplicat", "there is no", "no data",
    "not in the proper",
    "非法", "失效", "过期", "過期", "無", "错", "錯", "没有", "沒有", "違", "nicht", "kein", "denegad", "rechaz",
    "negad", "recusad", "abgelehn", "rifiut", "odrzuc", "introuvable", "requis", "obligat",
    "nieprawid",
    "brak ", "geçersiz", "hata", "başarısız", "incorret", "incorrect", "no existe", "não ",
  ]

  /// Whether a text begins with a refusal.
  static func saysNo(_ text: Bytes) -> Bool {
    func begins(_ word: StaticString) -> Bool {
      text.part(0..<word.utf8CodeUnitCount).isEqual(ignoringCase: word)
    }
    if refusalStems.contains(where: begins) { return true }
    return refusals.contains { word in
      guard begins(word) else { return false }
      let next = word.utf8CodeUnitCount < text.count ? text[word.utf8CodeUnitCount] : 0x20
      return !isWordByte(next) && next != UInt8(ascii: "_") && next != UInt8(ascii: "=")
        && next != UInt8(ascii: "-")
    }
  }

  private static let refusalStems: [StaticString] = [
    "declin", "refused", "rejected", "malformed", "unauthor", "forbidden", "access denied",
    "not auth", "do not hon", "insufficient",
  ]
  private static let refusals: [StaticString] = [
    "invalid", "denied", "error", "errors", "fail", "failed", "failure", "unknown", "incorrect",
    "wrong", "notauthed", "refusal", "reject",
  ]

  /// Whether one of a list of issues is fatal or an error, and names its sort.
  static func isFatal(_ issues: JSONValue) -> Bool {
    issues.elements.contains { issue in
      guard let severity = issue["severity"]?.string, issue["code"]?.isString == true else {
        return false
      }
      return severity.isEqual(to: "error") || severity.isEqual(to: "fatal")
    }
  }
}
