internal import Files
internal import Profiles

/// Lines of names and values in no known layout: labelled values between tabs, and `key=value` pairs
/// behind a time and what else a logger puts before them.
enum LoosePairs {
  struct Pair {
    var key: Bytes
    var value: Bytes
    var isQuoted = false
  }

  /// <http://ltsv.org>: `time:06/Jan/2026:16:16:37 +0000`, a tab, `status:503`, and so on; empty for a line that
  /// is anything else.
  static func labelled(_ text: Bytes) -> [Pair] {
    guard text.place(of: 0x09) != nil else { return [] }
    var pairs: [Pair] = []
    for field in text.split(separator: 0x09) {
      let field = Bytes(rebasing: field)
      guard let colon = field.place(of: UInt8(ascii: ":")), colon > 0, pairs.count < most,
        field.part(0..<colon).allSatisfy(\.isNameByte)
      else { return [] }
      pairs.append(
        Pair(key: field.part(0..<colon), value: field.part(colon + 1..<field.count)))
    }
    return pairs.count > 2 ? pairs : []
  }

  /// Pairs and what stands before them.
  struct Line {
    var time: Bytes?
    var pairs: [Pair]
    /// Who writes so; nil where no profile says it.
    var gateway: Int?
  }

  /// Pairs behind a time, behind nothing but tags in brackets, or behind what `gateway` knows: several of them,
  /// and nothing between them.
  static func behindPrefix(
    _ text: Bytes, isDated: Bool, gateway: (_ thatBeginsWith: Bytes) -> Int?
  ) -> Line? {
    guard let start = firstPair(in: text), start > 0 else { return nil }
    let prefix = text.part(0..<start)
    let time = LooseTime.find(in: prefix, before: start)
    let gateway = gateway(prefix)
    let hasStart = isDated || gateway != nil || time != nil || hasClock(prefix) || isTags(prefix)
    var reader = PairReader(text.part(start..<text.count))
    var pairs: [Pair] = []
    while let pair = reader.next() {
      guard pairs.count < most else { return nil }
      // Of a search or a job, not of HTTP.
      if pair.key.isEqual(to: "status"), pair.value.isEqual(to: "0") { return nil }
      pairs.append(Pair(key: pair.key, value: pair.value, isQuoted: pair.isQuoted))
    }
    let status = status(in: prefix, of: pairs)
    if let status {
      pairs.append(Pair(key: bytes(of: "http.response.status_code"), value: status))
    }
    for place in pairs.indices where pairs[place].key.isEqual(to: "ms") {
      pairs[place].key = bytes(of: "latency_ms")
    }
    // `time=235ms` is how long it took.
    for place in pairs.indices
    where pairs[place].key.isEqual(to: "time") && splitUnit(pairs[place].value)?.1 != nil {
      pairs[place].key = bytes(of: "latency")
    }
    pairs += taggedIDs(in: prefix)
    let isCall = status != nil || isCall(pairs) || isOfRequest(prefix, pairs)
    guard reader.isOnlyPairs || isCall && reader.areOnlyWordsBehind,
      isCall || hasStart && (pairs.count > 2 || hasStatusOfHTTP(pairs))
    else { return nil }
    // The message before the pairs may be what was asked for.
    if !pairs.contains(where: { isTarget($0) }), let url = LooseLine(words: prefix).onlyURL() {
      pairs.append(Pair(key: bytes(of: "url.full"), value: url))
    }
    if let id = taggedID(in: prefix) {
      pairs.append(Pair(key: bytes(of: "request_id"), value: id))
    }
    return Line(time: time, pairs: pairs, gateway: gateway)
  }

  /// Whether pairs tell how a call went, whatever stands before them: `api_call endpoint=x status=503
  /// duration_ms=42`.
  private static func isCall(_ pairs: [Pair]) -> Bool {
    guard pairs.contains(where: { isNamed($0.key, "status") && LooseLine.isStatus($0.value) })
    else { return false }
    return pairs.contains { pair in
      let name = NameWords(String(repairing: pair.key))
      guard name.field(behind: false) == .latency else { return false }
      return splitUnit(pair.value).map { $0.1 != nil || name.unit != nil } ?? false
    }
  }

  /// Whether a single word before pairs says that they are of a request, and they have its status and its id:
  /// `http_request_finished request_id=r-1 status=200`.
  private static func isOfRequest(_ prefix: Bytes, _ pairs: [Pair]) -> Bool {
    let word = prefix.trimmed
    return word.allSatisfy(\.isNameByte)
      && ["request", "response", "http"].contains { word.contains(ignoringCase: $0) }
      && pairs.contains { isNamed($0.key, "status") && LooseLine.isStatus($0.value) }
      && pairs.contains { isNamed($0.key, "requestid") }
  }

  /// Whether one of several pairs is a status by a name that only HTTP's have: `statusCode=503`.
  private static func hasStatusOfHTTP(_ pairs: [Pair]) -> Bool {
    pairs.count > 1
      && pairs.contains { pair in
        LooseLine.isStatus(pair.value)
          && ["statuscode", "httpstatus"].contains { isNamed(pair.key, $0) }
      }
  }

  /// Whether a key ends in a name, by its letters alone: `finalStatus`, `http_status`, `statusCode`.
  private static func isNamed(_ key: Bytes, _ name: StaticString) -> Bool {
    let letters = key.filter { $0 | 0x20 &- 0x61 < 26 }.map { $0 | 0x20 }
    return letters.withUnsafeBufferPointer { letters in
      letters.ends(with: name) || letters.ends(with: "statuscode")
    }
  }

  /// The status of `WARN 404 no such route method=POST path=/v1/a`, and of `DBG 200 OK conn=1`: right behind the
  /// level, where the pairs have no status, and either have the request or follow upon its reason.
  private static func status(in prefix: Bytes, of pairs: [Pair]) -> Bytes? {
    guard !pairs.contains(where: { isNamed($0.key, "status") }) else { return nil }
    let hasRequest =
      pairs.contains(where: { $0.key.isEqual(to: "method") && isMethod($0.value) })
      && pairs.contains(where: { $0.value.first == UInt8(ascii: "/") })
    var words = LineWords(prefix)
    var isBehindLevel = false
    while let word = words.next() {
      if isBehindLevel {
        guard LooseLine.isStatus(word) else { return nil }
        guard let start = word.baseAddress, let whole = prefix.baseAddress else { return nil }
        return hasRequest || StatusReason.stands(behind: start - whole, in: prefix) ? word : nil
      }
      isBehindLevel = LogLevel(word) != nil
    }
    return nil
  }

  /// The id with which Rails tags what it logs: `[7b1e6c5a-8f0c-4a9e-9d55-2c1a9a3a1111]`.
  private static func taggedID(in prefix: Bytes) -> Bytes? { tags(in: prefix).first(where: isID) }

  /// The ids of pairs in brackets: `[req=7b1e6c5a-8f0c-4a9e-9d55-2c1a9a3a1111, org=a]`.
  private static func taggedIDs(in prefix: Bytes) -> [Pair] {
    var ids: [Pair] = []
    for tag in tags(in: prefix) {
      var reader = PairReader(tag)
      while let pair = reader.next() {
        let isOfRequest = pair.key.isEqual(to: "req") || isNamed(pair.key, "requestid")
        if isOfRequest, isID(pair.value) {
          ids.append(Pair(key: bytes(of: "request_id"), value: pair.value))
        }
      }
    }
    return ids
  }

  /// What stands in brackets.
  private static func tags(in text: Bytes) -> [Bytes] {
    var tags: [Bytes] = []
    var start = 0
    while let open = text.part(start..<text.count).place(of: UInt8(ascii: "[")) {
      start += open + 1
      guard let length = text.part(start..<text.count).place(of: UInt8(ascii: "]")) else { break }
      tags.append(text.part(start..<start + length))
    }
    return tags
  }

  /// A UUID, or its 32 digits.
  private static func isID(_ text: Bytes) -> Bool {
    let dashes = text.count == 36 ? 4 : 0
    guard text.count == 36 || text.count == 32 else { return false }
    return text.filter { $0 == UInt8(ascii: "-") }.count == dashes
      && text.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "-") || $0 | 0x20 &- 0x61 < 6 }
  }

  private static func isTarget(_ pair: Pair) -> Bool {
    pair.value.first == UInt8(ascii: "/") || pair.value.starts(with: "http".utf8)
  }

  /// Whether a time of day stands in a text: `10:11:12`.
  private static func hasClock(_ text: Bytes) -> Bool {
    guard text.count >= 8 else { return false }
    return (0...text.count - 8).contains { start in
      text.part(start..<start + 8).enumerated().allSatisfy { place, byte in
        place % 3 == 2 ? byte == UInt8(ascii: ":") : byte.isDigit
      }
    }
  }

  private static func isTags(_ text: Bytes) -> Bool {
    var depth = 0
    for byte in text {
      switch byte {
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"): depth -= 1
      default: if depth < 1, !byte.isBlank { return false }
      }
    }
    return depth == 0
  }

  private static let most = 128
  /// A logger does not put more before what it logs.
  private static let longestPrefix = 192

  /// Where the first word begins that is a name with a `=` behind it: a query's are none.
  private static func firstPair(in text: Bytes) -> Int? {
    let head = text.part(0..<longestPrefix)
    var place = 0
    while let next = head.part(place..<head.count).place(of: UInt8(ascii: "=")) {
      let sign = place + next
      var start = sign
      while start > 0, text[start - 1].isNameByte { start -= 1 }
      if start < sign, start == 0 || text[start - 1].isBlank { return start }
      if let end = endOfTag(head, around: sign) {
        place = end
        continue
      }
      guard isInURL(text, sign) else { return nil }
      place = sign + 1
    }
    return nil
  }

  /// Where the brackets end in which a sign stands: `[req=1, org=a] Response: …`
  private static func endOfTag(_ text: Bytes, around sign: Int) -> Int? {
    var open = sign
    while open > 0, text[open - 1] != UInt8(ascii: "["), text[open - 1] != UInt8(ascii: "]") {
      open -= 1
    }
    guard open > 0, text[open - 1] == UInt8(ascii: "["), open == 1 || text[open - 2].isBlank,
      let length = text.part(sign..<text.count).place(of: UInt8(ascii: "]"))
    else { return nil }
    return sign + length + 1
  }

  /// Whether the word in which a place is begins as a URL does.
  private static func isInURL(_ text: Bytes, _ place: Int) -> Bool {
    var start = place
    while start > 0, !text[start - 1].isBlank { start -= 1 }
    return text.part(start..<place).starts(with: "http".utf8)
  }
}

/// The bytes of a text in the program.
func bytes(of text: StaticString) -> Bytes {
  Bytes(start: text.utf8Start, count: text.utf8CodeUnitCount)
}
