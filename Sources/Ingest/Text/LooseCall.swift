internal import Files

/// A line of text that says why a client's request failed, behind what it asked for: `Get "https://a.example/b":
/// context deadline exceeded`, as Go writes it, and `GET https://a.example/b net::ERR_FAILED`, as browsers do.
///
/// What may stand between them is said by phrases: a URL in any other place is no request.
struct LooseCall {
  private(set) var method = Bytes(start: nil, count: 0)
  private(set) var target = Bytes(start: nil, count: 0)
  /// What the client says of it.
  private(set) var failure = Bytes(start: nil, count: 0)
  /// What stands before the request.
  private(set) var prefix = Bytes(start: nil, count: 0)

  private static let longest = 4096

  init?(_ text: Bytes) {
    guard text.count < LooseCall.longest, text.count > LooseCall.shortest else { return nil }
    // A client that will try again says so first.
    if text.part(0..<8).isEqual(ignoringCase: "retrying") { return nil }
    var place = 0
    while let start = LooseLine.nextURL(in: text, from: place) {
      if take(text, urlAt: start) { return }
      place = start + 1
    }
    return nil
  }

  private static let shortest = 24

  private mutating func take(_ text: Bytes, urlAt start: Int) -> Bool {
    var before = start
    if before > 0, text[before - 1] == UInt8(ascii: "\"") { before -= 1 }
    // `error="Post \"https://…\": EOF"`
    if before < start, before > 0, text[before - 1] == UInt8(ascii: "\\") { before -= 1 }
    let mark = before < start ? UInt8(ascii: "\"") : 0x20
    var end = start
    while end < text.count, text[end] != mark, text[end] > 0x20, text[end] != UInt8(ascii: "\\") {
      end += 1
    }
    var rest = end
    if mark == 0x20 {
      if text[end - 1] == UInt8(ascii: ":") { (end, rest) = (end - 1, end - 1) }
    } else {
      while rest < text.count, text[rest] == UInt8(ascii: "\\") || text[rest] == mark { rest += 1 }
    }
    guard end > start + 8,
      let phrase = ToldStatus(text, .call).phrase(around: before..<rest)
    else { return false }
    var methodEnd = phrase.start
    while text[methodEnd] | 0x20 &- 0x61 < 26 { methodEnd += 1 }
    method = text.part(phrase.start..<methodEnd)
    target = text.part(start..<end)
    failure = LooseCall.failure(in: text.part(rest..<text.count))
    prefix = text.part(0..<phrase.start)
    return true
  }

  /// What the client says behind a URL, without the colon and the quotes around it: but `: EOF` is no failure
  /// without it.
  private static func failure(in text: Bytes) -> Bytes {
    let start = text.firstIndex { !$0.isBlank && $0 != UInt8(ascii: "-") } ?? 0
    guard text.first == UInt8(ascii: ":") else { return text.part(start..<text.count) }
    var failure = text.part(1..<text.count).trimmed
    while failure.last == UInt8(ascii: "\"") { failure = failure.part(0..<failure.count - 1) }
    return NetworkFailure.kind(ofMessage: failure, isSure: true) == nil
      ? text.part(0..<failure.count + 2) : failure
  }
}
