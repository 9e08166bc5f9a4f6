internal import Batches

/// Which row of the store each word of a vocabulary is.
///
/// Asked seven times for every event: plain memory, so that asking counts no references.
final class StoredWords {
  private let tables: UnsafeMutableBufferPointer<Table>
  /// How often texts had been taken away from the store when the first of them was looked up.
  let version: Int64

  /// The rows of one lexicon's words, in the order of their numbers from 1.
  private struct Table {
    var ids = UnsafeMutableBufferPointer<Int64>.allocate(capacity: 64)
    var count = 0
  }

  init(version: Int64 = 0) {
    self.version = version
    tables = .allocate(capacity: Lexicon.allCases.count)
    for lexicon in tables.indices { tables.initializeElement(at: lexicon, to: Table()) }
  }

  deinit {
    for table in tables { table.ids.deallocate() }
    tables.deallocate()
  }

  /// The row of a word; 0 for none.
  @inline(__always)
  func id(of word: Word, in lexicon: Lexicon) -> Int64 {
    word == 0 ? 0 : tables[lexicon.rawValue].ids[Int(word) - 1]
  }

  func append(_ id: Int64, to lexicon: Lexicon) {
    var table = tables[lexicon.rawValue]
    if table.count == table.ids.count {
      let larger = UnsafeMutableBufferPointer<Int64>.allocate(capacity: table.count * 2)
      _ = larger.moveInitialize(fromContentsOf: table.ids)
      table.ids.deallocate()
      table.ids = larger
    }
    table.ids.initializeElement(at: table.count, to: id)
    table.count += 1
    tables[lexicon.rawValue] = table
  }
}
