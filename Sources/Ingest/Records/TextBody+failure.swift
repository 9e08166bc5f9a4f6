internal import Files
internal import Profiles

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
    let text = body.trimmed
    guard body.count < 300, !text.contains(0x0A) else { return false }
    let end = text.firstIndex { !isWordByte($0) && $0 != UInt8(ascii: "!") } ?? text.count
    return Saying.saysNo(text)
      || updateCodes.contains { text.part(0..<end).isEqual(ignoringCase: $0) }
  }

  /// What servers of dynamic DNS answer: <https://help.dyn.com/remote-access-api/return-codes/>.
  private static let updateCodes: [StaticString] = [
    "badauth", "!donator", "notfqdn", "nohost", "numhost", "abuse", "badagent", "dnserr", "badsys",
    "911", "badip", "nofqdn",
  ]

  /// Whether one of the words stands in it without which no text tells of a failure.
  private static func speaksOfFailure(_ body: Bytes) -> Bool {
    guard body.count > 4, let base = body.baseAddress else { return false }
    for place in 0..<body.count - 4 {
      switch body[place] | 0x20 {
      case UInt8(ascii: "e"), UInt8(ascii: "f"), UInt8(ascii: "d"), UInt8(ascii: "i"),
        UInt8(ascii: "r"), UInt8(ascii: "b"), UInt8(ascii: "m"), UInt8(ascii: "n"),
        UInt8(ascii: "u"):
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
      "faul", "decl", "deni", "inva", "reje", "refu", "edes", "ecod", "exce", "forb", "bloc",
      "miss",
      "dupl", "unau", "unav", "main", "not ", "requ",
    ].map { word in
      word.utf8.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1 | 0x20) }
    })

  /// Whether XML is a fault, or an error stands near its top that says something.
  static func saysFailed(_ body: Bytes) -> Bool {
    guard body.first == UInt8(ascii: "<") else { return isRefusal(body) }
    if let heading = heading(of: body) { return tellsOfFailure(heading) }
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

  /// Of a short page its title, else its first heading; nil for what is no page.
  private static func heading(of body: Bytes) -> Bytes? {
    var inside = false
    var isPage = false
    for token in Markup(body.part(0..<longestNotice + 1)) {
      switch token {
      case .open(let name, _, _):
        if !isPage {
          guard pageRoots.contains(where: { name.isEqual(ignoringCase: $0) }) else { return nil }
          isPage = true
        }
        inside = headings.contains { name.isEqual(ignoringCase: $0) }
      case .close: inside = false
      case .text(let text, _): if inside, !text.trimmed.isEmpty { return text.trimmed }
      }
    }
    return isPage ? body.part(0..<0) : nil
  }

  private static let pageRoots: [StaticString] = ["html", "head", "title", "body"]
  private static let headings: [StaticString] = ["title", "h1", "h2"]
  /// A page that says no more than that something is refused is no longer.
  private static let longestNotice = 4096

  /// `Access Denied`, `502 Bad Gateway`, `Blocked Notification Page`.
  private static func tellsOfFailure(_ heading: Bytes) -> Bool {
    guard heading.count < 100 else { return false }
    if heading.count > 4, let status = heading.part(0..<3).integer, (400...599).contains(status) {
      return heading[3] <= 0x20
    }
    return refusals.contains { heading.contains(ignoringCase: $0) }
  }

  private static let refusals: [StaticString] = [
    "access denied", "request rejected", "blocked", "forbidden", "unauthorized",
    "service unavailable", "temporarily unavailable", "under maintenance", "bad gateway",
    "gateway timeout", "page not found", "not acceptable", "attention required",
    "internal server error", "application error", "request denied",
  ]

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
