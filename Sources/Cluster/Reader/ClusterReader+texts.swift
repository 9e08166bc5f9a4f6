package import Batches
internal import Files
internal import Questions

// Texts have numbers of this reader's own and of those that are opened from it, given when they come.
// Those of errors and successes stand in a table as well; messages and details do not.
extension ClusterReader {
  package func text(_ number: Int64, in lexicon: Lexicon) -> String? {
    texts.text(number, in: lexicon)
  }

  package func forgetTexts() { texts.forget() }

  /// A text comes with what has it, so none is missing.
  package func checkTexts() {}

  /// Those that have a number: that were met, or asked for.
  package func eachText(
    in lexicon: Lexicon, _ body: (_ number: Int64, _ text: UnsafeBufferPointer<UInt8>) -> Void
  ) {
    texts.each(in: lexicon, body)
  }

  package func size(of lexicon: Lexicon) -> (last: Int64, count: Int) {
    let count = texts.count(in: lexicon)
    return (Int64(count), count)
  }

  package func number(of text: String, in lexicon: Lexicon) throws -> Int64? {
    if let known = texts.known(text, in: lexicon) { return known }
    var number: Int64?
    try words(in: lexicon, ["text = \(quotedText(text))"], most: 1) { bytes in
      number = try texts.number(of: bytes, in: lexicon)
    }
    return number
  }

  package func texts(in lexicon: Lexicon) throws -> [String] {
    try names(in: lexicon, [], most: nil)
  }

  package func spellings(of name: String, in lexicon: Lexicon) throws -> [String] {
    try names(in: lexicon, [ClusterReader.isName(name)], most: 1000)
  }

  package func has(_ pattern: String, in lexicon: Lexicon) throws -> Bool {
    var condition = ClusterReader.isName(pattern)
    if pattern.contains("*") {
      let like = pattern.lowercasedASCII.reduce(into: "") { like, character in
        switch character {
        case "*": like += "%"
        case "%", "_", "\\": like += "\\\(character)"
        default: like.append(character)
        }
      }
      condition = "lower(text) LIKE \(quotedText(like))"
    }
    return try !names(in: lexicon, [condition], most: 1).isEmpty
  }

  package func likenesses(of name: String, in lexicon: Lexicon) throws -> [String] {
    let length = name.count
    let least = max(0, length - length / 3 - 1)
    return try names(
      in: lexicon,
      [
        "(lengthUTF8(text) BETWEEN \(least) AND \(length + length / 3 + 1)"
          + " OR startsWith(lower(text), \(quotedText(name.lowercasedASCII))))"
      ], most: 10_000)
  }

  /// A text that nothing has any more stays where it is.
  package func hadVendor(_ name: String) -> Bool { false }

  private static func isName(_ name: String) -> String {
    "lower(text) = \(quotedText(name.lowercasedASCII))"
  }

  private func names(
    in lexicon: Lexicon, _ conditions: [String], most: Int?
  ) throws -> [String] {
    var names: [String] = []
    try words(in: lexicon, conditions, most: most) { names.append(String(repairing: $0)) }
    return names
  }

  /// Hands over texts in their order, each once.
  private func words(
    in lexicon: Lexicon, _ conditions: [String], most: Int?, _ body: (Bytes) throws -> Void
  ) throws {
    if lexicon == .message || lexicon == .details { return }
    try rows(
      TableQuestion(
        name: "texts", columns: [.text("text")], table: "word",
        conditions: ["lexicon = \(lexicon.rawValue)"] + conditions, keys: 1,
        rest: "ORDER BY c0" + (most.map { " LIMIT \($0)" } ?? ""), deliveries: .unasked)
    ) { row in if let bytes = row.bytes(0) { try body(bytes) } }
  }
}

extension String {
  /// With small letters for large ones of ASCII, as servers make them.
  fileprivate var lowercasedASCII: String {
    String(
      decoding: utf8.map { $0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
