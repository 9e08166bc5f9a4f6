internal import SQLite

/// The hashes of a run's ids, one after the other, in the order in which they are stored.
struct HashCursor {
  private let pages: Statement
  private var page = UnsafeRawBufferPointer(start: nil, count: 0)
  private var offset = 0
  private var isAtEnd = false
  /// The next one; nil behind the last.
  private(set) var hash: UInt64?

  init(of run: Int64, on connection: Connection) throws {
    pages = try IdentifierPages.pages(of: run, on: connection)
    try next()
  }

  mutating func next() throws {
    while !isAtEnd, offset + IdentifierPages.pairSize > page.count {
      isAtEnd = try !pages.step()
      if !isAtEnd { (page, offset) = (pages.blob(0), 0) }
    }
    if isAtEnd {
      hash = nil
      return
    }
    hash = UInt64(bigEndian: page.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    offset += IdentifierPages.pairSize
  }
}
