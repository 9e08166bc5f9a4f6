internal import Files
internal import Profiles

// Names that are made of words: `api-status`, `resptext`, `ProcReturnCode`.
extension BodySign {
  /// What a name that is not known as a whole says by how it ends and by what stands before that.
  ///
  /// It is asked for every member of what went well: nearly all are told by their last letters.
  static func byWords(_ name: Bytes) -> BodySign? {
    guard name.count >= 4, name.count <= longestName else { return nil }
    if name.isEqual(ignoringCase: "text") { return .text }
    guard let ending = Ending(name) else { return startsAsError(name) ? ofError(name) : nil }
    let before = name.part(0..<name.count - ending.count)
    if speaksOfError(before) {
      switch ending.sort {
      case .code, .number: return .errorCode
      case .text: return .errorMessage
      case .status, .error: return .aside
      }
    }
    guard ofReply.contains(where: { isSame(before, $0) }) || isOfReply(before) else { return nil }
    switch ending.sort {
    case .code: return .replyCode
    case .text: return .replyText
    case .status: return .status
    case .error: return .error
    case .number: return nil
    }
  }

  private static let longestName = 32

  private struct Ending {
    enum Sort { case code, text, status, error, number }
    let sort: Sort
    let count: Int

    init?(_ name: Bytes) {
      let pair = Ending.pair(name[name.count - 2], name[name.count - 1])
      guard Ending.pairs[pair >> 6] >> UInt64(pair & 63) & 1 == 1 else { return nil }
      guard let found = Ending.all.first(where: { name.hasEnding($0.0) }) else { return nil }
      sort = found.1
      count = found.0.utf8CodeUnitCount
    }

    /// By which two letters a name can end, as bits: nearly no other name ends so.
    private static let pairs = all.reduce(into: [UInt64](repeating: 0, count: 16)) {
      pairs, ending in
      let pair = ending.0.withUTF8Buffer { Ending.pair($0[$0.count - 2], $0[$0.count - 1]) }
      pairs[pair >> 6] |= 1 << UInt64(pair & 63)
    }

    /// Five bits of each letter, whatever its case.
    private static func pair(_ first: UInt8, _ last: UInt8) -> Int {
      Int(first & 31) << 5 | Int(last & 31)
    }

    private static let all: [(StaticString, Sort)] = [
      ("code", .code), ("message", .text), ("msg", .text), ("text", .text),
      ("description", .text), ("desc", .text), ("descr", .text), ("reason", .text),
      ("string", .text), ("detail", .text), ("details", .text), ("status", .status),
      ("error", .error), ("errors", .error), ("number", .number), ("no", .number),
      ("num", .number),
    ]
  }

  /// Whether a name begins as those do that speak of an error.
  private static func startsAsError(_ name: Bytes) -> Bool {
    name.count >= 6 && name.part(0..<5).isEqual(ignoringCase: "error")
  }

  /// `error_code_tag` is a code, `error_text_tag` a text; `errors_found` may be anything.
  private static func ofError(_ name: Bytes) -> BodySign {
    let rest = name.part(5..<name.count)
    func holds(_ word: StaticString) -> Bool { rest.contains(ignoringCase: word) }
    if holds("code") { return .errorCode }
    return holds("msg") || holds("text") || holds("message") || holds("desc")
      ? .errorMessage : .errorThing
  }

  /// `ExpressResponse`, `auth_response`: a reply of some sort.
  private static func isOfReply(_ before: Bytes) -> Bool {
    var before = before
    while before.last == 0x5F || before.last == 0x2D { before = before.part(0..<before.count - 1) }
    return replies.contains { word in
      let start = before.count - word.utf8CodeUnitCount
      return start > 2 && before.part(start..<before.count).isEqual(ignoringCase: word)
    }
  }

  private static let replies: [StaticString] = ["response", "result", "return", "reply"]

  /// `gwErrorCode` speaks of an error; `lastErrorMessage` of one that was.
  private static func speaksOfError(_ before: Bytes) -> Bool {
    if errorWords.contains(where: { isSame(before, $0) }) { return true }
    return before.count > 5
      && before.part(before.count - 5..<before.count).isEqual(
        ignoringCase: "error")
      && !before.part(0..<4).isEqual(ignoringCase: "last")
      && !before.part(0..<4).isEqual(ignoringCase: "prev")
  }

  /// Marks between words do not count.
  private static func isSame(_ before: Bytes, _ word: StaticString) -> Bool {
    var before = before
    while let last = before.last, !isWordByte(last) || last == 0x5F {
      before = before.part(0..<before.count - 1)
    }
    return before.isEqual(ignoringCase: word)
  }

  private static let errorWords: [StaticString] = [
    "error", "err", "fault", "exception", "failure", "e", "apierror", "syserr", "syserror",
    "api_error", "decline", "reject", "rejection",
  ]

  /// What an API calls its own answer.
  private static let ofReply: [StaticString] = [
    "api", "response", "resp", "result", "return", "ret", "status", "action",
    "procreturn", "condition", "short", "long", "rsp", "res", "outcome",
  ]
}

extension Bytes {
  fileprivate func hasEnding(_ ending: StaticString) -> Bool {
    let length = ending.utf8CodeUnitCount
    return count > length && part(count - length..<count).isEqual(ignoringCase: ending)
  }
}
