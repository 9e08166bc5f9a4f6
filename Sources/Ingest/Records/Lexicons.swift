internal import Events

/// The texts that repeat, by number: known from the store at first, then learnt line by line.
struct Lexicons {
  private let tables: [WordTable]

  /// Of each lexicon so many texts are remembered; then it starts anew. A text may so be stored
  /// twice, which costs room and nothing else.
  static let most = 1 << 16

  /// Longer texts are cut; the line itself still has them.
  private static let longest: [Lexicon: Int] = [
    .vendor: 256, .code: 256, .method: 32, .route: 512, .consumer: 256, .message: 4096,
    .details: 1 << 16,
  ]
  private let limits: [Int]

  init(ledger: any Ledger) throws {
    tables = Lexicon.allCases.map { _ in WordTable() }
    limits = Lexicon.allCases.map { Lexicons.longest[$0] ?? 256 }
    for lexicon in Lexicon.allCases {
      for word in try ledger.words(of: lexicon, limit: Lexicons.most) {
        word.withUnsafeBufferPointer { _ = tables[lexicon.rawValue].number(of: $0) }
      }
    }
  }

  /// Prepares for a batch: forgets what has grown too large.
  mutating func begin(_ batch: Batch) {
    for lexicon in tables.indices where tables[lexicon].count > Lexicons.most {
      tables[lexicon].clear()
      batch.forgotten[lexicon] = true
    }
  }

  /// The number of a text; a new one travels with the batch.
  mutating func number(of text: Bytes, in lexicon: Lexicon, _ batch: Batch) -> Word {
    let text = cut(text, to: limits[lexicon.rawValue])
    let (number, isNew) = tables[lexicon.rawValue].number(of: text)
    if isNew { batch.words[lexicon.rawValue].append(withoutNUL(text)) }
    return number
  }

  /// Not within a character.
  private func cut(_ text: Bytes, to limit: Int) -> Bytes {
    guard text.count > limit else { return text }
    var end = limit
    while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
    return text.part(0..<end)
  }

  /// SQL's text functions stop at a NUL.
  private func withoutNUL(_ text: Bytes) -> [UInt8] {
    guard text.contains(0) else { return Array(text) }
    return text.flatMap { $0 == 0 ? [0xEF, 0xBF, 0xBD] : [$0] }
  }
}
