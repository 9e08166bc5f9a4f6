internal import Files

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

  /// Pairs behind a time, or behind nothing but tags in brackets: several of them, and nothing between them.
  static func behindPrefix(_ text: Bytes, isDated: Bool) -> (time: Bytes?, pairs: [Pair])? {
    guard let start = firstPair(in: text), start > 0 else { return nil }
    let prefix = text.part(0..<start)
    let time = LooseTime.find(in: prefix, before: start)
    let hasStart = isDated || time != nil || hasClock(prefix) || isTags(prefix)
    var reader = PairReader(text.part(start..<text.count))
    var pairs: [Pair] = []
    while let pair = reader.next() {
      guard pairs.count < most else { return nil }
      // Of a search or a job, not of HTTP.
      if pair.key.isEqual(to: "status"), pair.value.isEqual(to: "0") { return nil }
      pairs.append(Pair(key: pair.key, value: pair.value, isQuoted: pair.isQuoted))
    }
    guard pairs.count > 2, reader.isOnlyPairs, hasStart || isCall(prefix, pairs) else { return nil }
    if let id = taggedID(in: prefix) {
      pairs.append(Pair(key: bytes(of: "request_id"), value: id))
    }
    return (time, pairs)
  }

  /// Whether undated pairs behind a single word tell how a call went: `api_call endpoint=x status=503
  /// duration_ms=42`.
  private static func isCall(_ prefix: Bytes, _ pairs: [Pair]) -> Bool {
    guard prefix.trimmed.allSatisfy(\.isNameByte),
      pairs.contains(where: {
        $0.key.isEqual(ignoringCase: "status") && LooseLine.isStatus($0.value)
      })
    else { return false }
    return pairs.contains { pair in
      pair.value.number != nil
        && ["duration_ms", "durationMs", "latency_ms", "latencyMs", "elapsed_ms", "elapsedMs"]
          .contains { pair.key.isEqual(to: $0) }
    }
  }

  /// The id with which Rails tags what it logs: `[7b1e6c5a-8f0c-4a9e-9d55-2c1a9a3a1111]`.
  private static func taggedID(in prefix: Bytes) -> Bytes? {
    var start = 0
    while start < prefix.count,
      let open = prefix.part(start..<prefix.count).place(of: UInt8(ascii: "["))
    {
      start += open + 1
      guard let length = prefix.part(start..<prefix.count).place(of: UInt8(ascii: "]")) else {
        return nil
      }
      let tag = prefix.part(start..<start + length)
      if isID(tag) { return tag }
    }
    return nil
  }

  /// A UUID, or its 32 digits.
  private static func isID(_ text: Bytes) -> Bool {
    let dashes = text.count == 36 ? 4 : 0
    guard text.count == 36 || text.count == 32 else { return false }
    return text.filter { $0 == UInt8(ascii: "-") }.count == dashes
      && text.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "-") || $0 | 0x20 &- 0x61 < 6 }
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
  private static let longestPrefix = 160

  /// Where a word with an `=` in it begins.
  private static func firstPair(in text: Bytes) -> Int? {
    guard let sign = text.part(0..<longestPrefix).place(of: UInt8(ascii: "=")) else { return nil }
    var start = sign
    while start > 0, text[start - 1].isNameByte { start -= 1 }
    return start < sign && (start == 0 || text[start - 1].isBlank) ? start : nil
  }

}

/// The bytes of a text in the program.
func bytes(of text: StaticString) -> Bytes {
  Bytes(start: text.utf8Start, count: text.utf8CodeUnitCount)
}
