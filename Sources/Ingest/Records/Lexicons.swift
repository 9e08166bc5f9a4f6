internal import Batches
internal import Files
internal import Redaction

/// The numbers that a reader gives to texts which repeat, such as codes and routes: each text has
/// one in its lexicon, from 1 on, in the order in which texts are first met.
///
/// Asked seven times for every line: plain memory, so that asking counts no references.
struct Lexicons: ~Copyable {
  /// By lexicon. (No buffer: the compiler cannot build a change in one for the thread sanitizer.)
  private let tables: UnsafeMutablePointer<WordTable>
  /// How much of a text is kept, by lexicon.
  private let limits: UnsafeMutableBufferPointer<Int>
  /// The numbers that stand in the tables.
  let vocabulary = Vocabulary()

  /// So many texts of a lexicon are remembered, and so many bytes of all.
  private static let most = 1 << 16
  private static let mostBytes = 4 << 20

  /// Longer texts are cut; the line itself still has them.
  private static let longest: [Lexicon: Int] = [
    .vendor: 256, .code: 256, .method: 32, .route: 512, .consumer: 256, .message: 4096,
    .details: 1 << 16,
  ]
  /// The vendors that there is room for; nil while there is room for more.
  var admittedVendors: AdmittedVendors?
  /// Nil when secrets are kept as they are.
  private let redactor: Redactor?

  init(redactor: Redactor?) {
    self.redactor = redactor
    tables = .allocate(capacity: Lexicon.allCases.count)
    limits = .allocate(capacity: Lexicon.allCases.count)
    for lexicon in Lexicon.allCases {
      (tables + lexicon.rawValue).initialize(to: WordTable())
      limits.initializeElement(at: lexicon.rawValue, to: Lexicons.longest[lexicon] ?? 256)
    }
  }

  deinit {
    tables.deinitialize(count: Lexicon.allCases.count)
    tables.deallocate()
    limits.deallocate()
  }

  /// Whether it is time to start anew.
  var isFull: Bool {
    let places = Lexicon.allCases.indices
    return places.contains { tables[$0].count > Lexicons.most }
      || places.reduce(0) { $0 + tables[$1].size } > Lexicons.mostBytes
  }

  /// The number of a text that was met before as it is.
  func find(_ text: Bytes, in lexicon: Lexicon) -> Word? {
    text.count <= limits[lexicon.rawValue] ? tables[lexicon.rawValue].find(text) : nil
  }

  /// The number of a text; a new one travels with the batch.
  mutating func number(of text: Bytes, in lexicon: Lexicon, _ batch: Batch) -> Word {
    let limit = limits[lexicon.rawValue]
    var kept = cut(text, to: limit)
    // A text with a secret is never in the table: it is looked at each time it comes.
    if let known = tables[lexicon.rawValue].find(kept) { return known }
    if let redactor {
      let seen = text.part(0..<limit + Redactor.lookahead)
      if let clean = redactor.redacted(seen, as: lexicon.role) { kept = cut(clean, to: limit) }
    }
    if lexicon == .vendor, let admittedVendors, !admittedVendors.contains(kept) {
      let others = Lexicon.otherHosts
      return others.withBytes { add($0, to: lexicon, batch) }
    }
    return add(kept, to: lexicon, batch)
  }

  private mutating func add(_ kept: Bytes, to lexicon: Lexicon, _ batch: Batch) -> Word {
    let (number, isNew) = tables[lexicon.rawValue].number(of: kept)
    if isNew { batch.words[lexicon.rawValue].append(withoutNUL(kept)) }
    return number
  }

  /// The text that has a number.
  func text(of number: Word, in lexicon: Lexicon) -> String {
    guard number > 0, number <= tables[lexicon.rawValue].count else { return "" }
    return String(repairing: tables[lexicon.rawValue].word(number))
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
    guard text.place(of: 0) != nil else { return Array(text) }
    return text.flatMap { $0 == 0 ? [0xEF, 0xBF, 0xBD] : [$0] }
  }
}

extension Lexicon {
  /// How its texts are looked at for secrets.
  var role: Redactor.Role {
    switch self {
    case .consumer: .consumer
    case .details: .json
    default: .text
    }
  }
}
