/// Writes the rows of a table into the pages of a database in memory, one after the other:
/// <https://www.sqlite.org/fileformat2.html#b_tree_pages>.
///
///     a page       ┌────────┬─────────────────────┬──────────┬────────┬───┬────────┐
///                  │ header │ places of the cells │ (free)   │ cell n │ … │ cell 1 │
///                  └────────┴─────────────────────┴──────────┴────────┴───┴────────┘
///     leaf's cell  length of the record (varint), number of the row (varint), record
///     other cell   number of a page one level below (4 bytes), largest row in it (varint)
///
/// A table is a tree of pages. As rows come in the order of their numbers, it grows at its end: of
/// each level, from the leaves up to the root, one page is being filled, and those before it are
/// complete.
struct TableWriter {
  private let root: Int
  private let pages: ImagePages
  /// The pages being filled, the leaf first.
  private var levels: ContiguousArray<Page>
  /// The row added last.
  private var newest: Int64 = 0

  /// The longest record that stands in a leaf as a whole. The rest of a longer one has its own
  /// pages.
  private static let most = ImagePages.size - 35

  /// A page being filled: the places of its cells from its beginning, the cells from its end.
  private struct Page {
    var number: Int
    let headerLength: Int
    var cells = 0
    /// Where the newest cell begins, and where the one before it does.
    var start = ImagePages.size
    var previousStart = ImagePages.size

    init(number: Int, isLeaf: Bool) {
      self.number = number
      headerLength = isLeaf ? 8 : 12
    }

    var room: Int { start - headerLength - 2 * (cells + 1) }
  }

  init(root: Int, in pages: ImagePages) {
    self.root = root
    self.pages = pages
    levels = [Page(number: root, isLeaf: true)]
  }

  /// Adds a row, whose number is larger than those before.
  mutating func add(_ record: borrowing RowBuffer, number: Int64) {
    let length = record.count
    if length > TableWriter.most { return addLong(record, number: number) }
    let cell = makeCell(TableWriter.headLength(length, number) + length, at: 0)
    record.write(to: TableWriter.writeHead(length, number, to: cell))
    newest = number
  }

  /// Writes the headers of the pages that are still being filled.
  mutating func end() {
    var below: Int?
    for level in levels.indices {
      writeHeader(of: levels[level], last: below)
      below = levels[level].number
    }
  }

  // A cell begins with the length of the record and the row's number.

  private static func headLength(_ length: Int, _ number: Int64) -> Int {
    SQLiteNumber.length(ofVarint: length) + SQLiteNumber.length(ofVarint: Int(number))
  }

  private static func writeHead(
    _ length: Int, _ number: Int64, to cell: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    let end = cell + SQLiteNumber.write(varint: length, to: cell)
    return end + SQLiteNumber.write(varint: Int(number), to: end)
  }

  /// Adds a record of which only the beginning stands in the leaf.
  private mutating func addLong(_ record: borrowing RowBuffer, number: Int64) {
    let length = record.count
    let least = (ImagePages.size - 12) * 32 / 255 - 23
    let fitting = least + (length - least) % (ImagePages.size - 4)
    let local = fitting <= TableWriter.most ? fitting : least
    let bytes = record.bytes
    let rest = writeChain(bytes[local...])
    let cell = makeCell(TableWriter.headLength(length, number) + local + 4, at: 0)
    let start = TableWriter.writeHead(length, number, to: cell)
    start.update(from: bytes, count: local)
    SQLiteNumber.write(UInt32(rest), to: start + local)
    newest = number
  }

  /// Writes bytes to pages each of which names the next; returns the first.
  private func writeChain(_ bytes: ArraySlice<UInt8>) -> Int {
    var rest = bytes
    let first = pages.add()
    var page = first
    while true {
      let part = rest.prefix(ImagePages.size - 4)
      rest = rest[part.endIndex...]
      let next = rest.isEmpty ? 0 : pages.add()
      SQLiteNumber.write(UInt32(next), to: pages[page])
      part.withUnsafeBufferPointer {
        if let start = $0.baseAddress { (pages[page] + 4).update(from: start, count: $0.count) }
      }
      if next == 0 { return first }
      page = next
    }
  }

  /// Where the next cell of a level goes, on another page if there is no room for it.
  private mutating func makeCell(_ length: Int, at level: Int) -> UnsafeMutablePointer<UInt8> {
    if levels[level].room < length { beginPage(at: level) }
    let page = pages[levels[level].number]
    let start = levels[level].start - length
    SQLiteNumber.write(
      UInt16(start), to: page + levels[level].headerLength + 2 * levels[level].cells)
    levels[level].previousStart = levels[level].start
    levels[level].start = start
    levels[level].cells += 1
    return page + start
  }

  /// Completes the page of a level, adds a cell for it to the level above, and begins another page.
  private mutating func beginPage(at level: Int) {
    var full = levels[level]
    if level == levels.count - 1 {
      // The root has a fixed place: what it holds moves, and a level above takes the place.
      full.number = pages.add()
      pages[full.number].update(from: pages[root], count: ImagePages.size)
      levels.append(Page(number: root, isLeaf: false))
    }
    // The level above knows the page by its largest row. Above the leaves that is the last cell's,
    // which goes up; the page that it led to comes behind all cells.
    var largest = SQLiteNumber.bytes(ofVarint: Int(newest))
    var last: Int?
    if level > 0 {
      let cell = UnsafeBufferPointer(
        start: pages[full.number] + full.start, count: full.previousStart - full.start)
      last = cell.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      largest = Array(cell.dropFirst(4))
      full.cells -= 1
      full.start = full.previousStart
    }
    writeHeader(of: full, last: last)
    levels[level] = Page(number: pages.add(), isLeaf: level == 0)
    let cell = makeCell(4 + largest.count, at: level + 1)
    SQLiteNumber.write(UInt32(full.number), to: cell)
    (cell + 4).update(from: largest, count: largest.count)
  }

  /// `last` is the page behind all cells, of one that is no leaf.
  private func writeHeader(of page: Page, last: Int?) {
    let header = pages[page.number]
    header[0] = last == nil ? 13 : 5
    SQLiteNumber.write(UInt16(0), to: header + 1)
    SQLiteNumber.write(UInt16(page.cells), to: header + 3)
    SQLiteNumber.write(UInt16(truncatingIfNeeded: page.start), to: header + 5)
    header[7] = 0
    if let last { SQLiteNumber.write(UInt32(last), to: header + 8) }
  }
}
