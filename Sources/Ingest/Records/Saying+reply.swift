internal import Files
internal import JSON
internal import Profiles

// Parts of an object that tell of an outcome together.
extension Saying {
  /// A member, and what its name says.
  struct Member {
    let name: Bytes
    let value: JSONValue
    let sign: BodySign

    /// The code that stands right before this text; nil where the one is no code, or the other no text.
    func pair(before: Member) -> (code: JSONValue, text: Bytes)? {
      guard let text = Saying.text(of: value), Saying.isCode(before.value) else { return nil }
      let isNamedAlike = isText(of: before.name)
      let isOfReply =
        switch (before.sign, sign) {
        case (.code, .message), (.returnCode, .message), (.replyCode, .message),
          (.payload, .message):
          Member.words.contains { name.isEqual(ignoringCase: $0) }
        case (.code, .replyText), (.returnCode, .replyText), (.replyCode, .replyText),
          (.payload, .replyText), (.status, .replyText), (.code, .errorMessage),
          (.returnCode, .errorMessage):
          true
        default: false
        }
      return isNamedAlike || isOfReply ? (before.value, text) : nil
    }

    /// `qpstatmsg` is the text of `qpstat`.
    private func isText(of code: Bytes) -> Bool {
      guard code.count > 1, name.count > code.count,
        name.part(0..<code.count).elementsEqual(code)
      else { return false }
      var rest = name.part(code.count..<name.count)
      if let first = rest.first, !isWordByte(first) || first == 0x5F {
        rest = rest.part(1..<rest.count)
      }
      return Member.endings.contains { rest.isEqual(ignoringCase: $0) }
    }

    private static let words: [StaticString] = [
      "message", "msg", "desc", "reason", "mensagem", "mensaje",
    ]
    private static let endings: [StaticString] = [
      "msg", "message", "text", "txt", "desc", "descr", "description", "reason", "string", "str",
      "detail", "info",
    ]
  }

  /// A reply begins with what it says of itself.
  static let mostBeforePair = 4

  /// A number, or a word of digits.
  fileprivate static func isCode(_ value: JSONValue) -> Bool {
    if value.integer != nil { return true }
    guard let text = value.string?.trimmed else { return false }
    return text.count <= 12 && text.contains { (0x30...0x39).contains($0) }
      && text.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: "-") }
  }

  /// A code that is not that of success, right before words that sound wrong.
  var hasRefusingPair: Bool {
    guard let pair, !hasID, !Saying.isFine(pair.code), !Saying.isFine(pair.text),
      Saying.soundsWrong(pair.text),
      payload.map({ Saying.isEmpty($0) || $0.isSame(as: pair.code) }) ?? true
    else { return false }
    guard let number = pair.code.integer ?? pair.code.string?.integer else { return true }
    return number < 0 || number > 1 && !(100..<400).contains(number) || Saying.saysNo(pair.text)
      || (100..<200).contains(number)
  }

  /// Whether it says in as many words that it did not succeed, and why.
  var isRefused: Bool {
    outcome == false && !isResource && !isVerdict
      && (error != nil || errors != nil || (message ?? errorMessage) != nil || errorCode != nil)
  }

  /// What a payment, or whatever else was asked for, was told: `{"result":"declined"}`.
  var isDeclined: Bool {
    guard hasResult, !hasID, let text = payload?.string else { return false }
    return Saying.declines.contains { text.isEqual(ignoringCase: $0) }
  }

  static let declines: [StaticString] = ["declined", "refused", "rejected", "denied"]

  /// A list of objects that say something each, and have a code.
  static func areNotes(_ value: JSONValue) -> Bool {
    guard let first = value.element(0), first.isObject else { return false }
    return value.elements.allSatisfy { element in
      let inside = Saying(element)
      return (inside.code ?? inside.errorCode) != nil
        && (inside.message ?? inside.errorMessage) != nil
        && inside.strangers == 0 && !inside.hasID
    }
  }

  /// Whether an object has an error and nothing besides.
  static func isBareError(_ object: JSONValue) -> Bool {
    guard object.isObject else { return false }
    var hasError = false
    for (name, value) in object.members where !value.isNull {
      switch BodySign(name) {
      case .error, .errorCode, .errorMessage:
        if isEmpty(value) || value.string.map(isFine) ?? false { return false }
        hasError = true
      case .message, .code, .replyCode, .replyText, .text, .type: break
      case .status, .payload, .outcome:
        if value.bool == false { break }
        guard let text = value.string, failures.contains(where: { text.isEqual(ignoringCase: $0) })
        else { return false }
      default: return false
      }
    }
    return hasError
  }
}
