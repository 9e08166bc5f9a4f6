internal import Files

// Whether a text that came with a status of success is a failure nevertheless.
extension TextBody {
  /// Whether a text may say that it is a failure, asked of each that came with a status of success.
  static func mayFail(_ body: Bytes) -> Bool {
    if body.first == UInt8(ascii: "<") { return speaksOfFailure(body.part(0..<longest)) }
    if body.starts(with: "--".utf8) { return Multipart.isAnswer(body) }
    return isRefusal(body) || FormText.mayBe(body) && speaksOfFailure(body.part(0..<longest))
  }

  /// `ERROR: no such host`: a short text that begins so is nothing else.
  private static func isRefusal(_ body: Bytes) -> Bool {
    body.count < 300 && Saying.saysNo(body.trimmed) && !body.trimmed.contains(0x0A)
  }

  /// Whether one of the words stands in it without which no text tells of a failure.
  private static func speaksOfFailure(_ body: Bytes) -> Bool {
    guard body.count > 4, let base = body.baseAddress else { return false }
    for place in 0..<body.count - 4 {
      switch body[place] | 0x20 {
      case UInt8(ascii: "e"), UInt8(ascii: "f"), UInt8(ascii: "d"), UInt8(ascii: "i"),
        UInt8(ascii: "r"):
        let word = UnsafeRawPointer(base + place).loadUnaligned(as: UInt32.self) | 0x2020_2020
        if signs.contains(word) { return true }
      default: break
      }
    }
    return false
  }

  /// The beginnings of those words, four bytes each: what stands behind `err` is any byte.
  private static let signs: Set<UInt32> = Set(
    [
      "erro", "errc", "errm", "errt", "errd", "errn", "err_", "err-", "err=", "err>", "fail",
      "faul", "decl", "deni", "inva", "reje", "refu", "edes", "ecod", "exce", "forb",
    ].map { word in
      word.utf8.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1 | 0x20) }
    })

  /// Whether XML is a fault, or an error stands near its top that says something.
  static func saysFailed(_ body: Bytes) -> Bool {
    guard body.first == UInt8(ascii: "<") else { return isRefusal(body) }
    var depth = 0
    var errorDepth: Int?
    var mostDepth = mostDepth
    for token in Markup(body.part(0..<longest)) {
      switch token {
      case .open(let name, let attributes, let isEmpty):
        let name = name.localName
        if name.isEqual(ignoringCase: "fault") { return true }
        // What stands in an envelope stands at the top.
        if depth < 2, envelopes.contains(where: { name.isEqual(ignoringCase: $0) }) {
          mostDepth = mostDepthInEnvelope
          continue
        }
        if depth == 0, failures.contains(where: { name.isEqual(ignoringCase: $0) }) { return true }
        if depth < mostDepth, errorDepth == nil, isError(name) {
          let attributes = attributes.trimmed
          if attributes.place(of: UInt8(ascii: "=")) != nil,
            !attributes.starts(with: "xmlns" as StaticString)
          {
            return true
          }
          errorDepth = isEmpty ? nil : depth
        }
        if !isEmpty { depth += 1 }
      case .text(let text, _):
        let text = text.trimmed
        if errorDepth != nil, !text.isEmpty { return !Saying.isFine(text) }
      case .close:
        depth = max(0, depth - 1)
        if let start = errorDepth, depth <= start { errorDepth = nil }
      }
    }
    return false
  }

  /// An error that stands deeper is one of what was asked for.
  private static let mostDepth = 2
  private static let mostDepthInEnvelope = 3

  private static let envelopes: [StaticString] = ["Envelope", "Body", "Header"]

  private static let failures: [StaticString] = [
    "Error", "ErrorResponse", "ServiceExceptionReport", "ExceptionReport",
  ]

  /// Whether an element is an error or a list of some.
  static func isError(_ name: Bytes) -> Bool {
    errors.contains { name.isEqual(ignoringCase: $0) }
  }

  private static let errors: [StaticString] = ["error", "errors", "err", "errorinfo", "apierror"]
}
