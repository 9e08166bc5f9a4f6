internal import Batches
internal import Files
internal import SQLite

/// The rows of texts that the store has, the latest of each lexicon: what several readers meet is
/// stored once.
///
/// There is a limit to what is remembered. A text beyond it may so be stored twice, which costs room
/// and nothing else.
struct StoredTexts {
  /// A text that is hashed as a whole, and once: an array would be byte by byte.
  struct Text: Hashable {
    let bytes: [UInt8]
    private let digest: Int

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      var hasher = Hasher()
      bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
      digest = hasher.finalize()
    }

    func hash(into hasher: inout Hasher) { hasher.combine(digest) }
  }

  private var rows: [[Text: Int64]] = Array(repeating: [:], count: Lexicon.allCases.count)
  /// In bytes.
  private var sizes: [Int] = Array(repeating: 0, count: Lexicon.allCases.count)
  /// How often texts had been taken away from the store by then.
  let version: Int64

  /// Of each lexicon, in texts and in bytes.
  private static let most = 1 << 16
  private static let mostBytes = 4 << 20

  /// Reads the latest texts of a store.
  init(_ connection: Connection, version: Int64) throws {
    self.version = version
    for lexicon in Lexicon.allCases { try read(lexicon, from: connection) }
  }

  /// Reads the latest texts of a lexicon, which others may have added to.
  mutating func read(_ lexicon: Lexicon, from connection: Connection) throws {
    rows[lexicon.rawValue].removeAll(keepingCapacity: true)
    sizes[lexicon.rawValue] = 0
    let texts = try connection.prepare("SELECT id, text FROM \(lexicon.name) ORDER BY id DESC")
    while hasRoom(in: lexicon), try texts.step() {
      add(Text(Array(texts.blob(1))), try texts.integer(0, .number), to: lexicon)
    }
  }

  func row(of text: Text, in lexicon: Lexicon) -> Int64? { rows[lexicon.rawValue][text] }

  /// The texts remembered of a lexicon.
  func texts(of lexicon: Lexicon) -> Set<[UInt8]> {
    Set(rows[lexicon.rawValue].keys.map(\.bytes))
  }

  /// How many they are.
  func count(of lexicon: Lexicon) -> Int { rows[lexicon.rawValue].count }

  mutating func add(_ text: Text, _ row: Int64, to lexicon: Lexicon) {
    if !hasRoom(in: lexicon) {
      rows[lexicon.rawValue].removeAll(keepingCapacity: true)
      sizes[lexicon.rawValue] = 0
    }
    rows[lexicon.rawValue][text] = row
    sizes[lexicon.rawValue] += text.bytes.count
  }

  private func hasRoom(in lexicon: Lexicon) -> Bool {
    rows[lexicon.rawValue].count < StoredTexts.most
      && sizes[lexicon.rawValue] < StoredTexts.mostBytes
  }
}
