internal import Batches
internal import Files
internal import SQLite

/// How much room a lexicon has left for texts that anyone could have made up, while a batch is stored.
struct LexiconRoom {
  /// The row that stands for what finds no room; nil while nothing did.
  private(set) var others: Int64?
  private var left: Int

  /// Counts what is there. Other importers may have added to it: then the texts are read anew.
  ///
  /// - Parameter vouched: texts that nobody could have made up, which take no room.
  init?(
    of lexicon: Lexicon, vouched: Set<[UInt8]>, on connection: Connection,
    _ texts: inout StoredTexts
  ) throws {
    guard let room = lexicon.room else { return nil }
    let count = try connection.integer("SELECT COUNT(*) FROM \(lexicon.name)") ?? 0
    if count != texts.count(of: lexicon) { try texts.read(lexicon, from: connection) }
    others = texts.row(of: StoredTexts.Text(Array(room.others.utf8)), in: lexicon)
    let free =
      vouched.count { texts.row(of: StoredTexts.Text($0), in: lexicon) != nil }
      + (others == nil ? 0 : 1)
    left = max(0, room.most - Int(clamping: count) + free)
  }

  var isFull: Bool { left == 0 }

  /// Whether a text may be added that nobody vouches for.
  mutating func take() -> Bool {
    guard left > 0 else { return false }
    left -= 1
    return true
  }

  mutating func note(others row: Int64) { others = row }
}
