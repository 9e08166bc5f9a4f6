/// Writes a table, or an index, of a database in memory: whoever adds to it adds in order.
///
/// <https://www.sqlite.org/fileformat2.html#b_tree_pages>. A tree grows at its end: of each level, from
/// the leaves up to the root, one page is being filled, and those before it are done for good.
struct TreeWriter {
  enum Content {
    /// Rows, by their numbers.
    case table
    /// Entries, by what they hold.
    case index
  }

  private let content: Content
  private let root: Int
  private let pages: ImagePages
  /// The pages being filled, the leaf first.
  private var levels: ContiguousArray<Page>
  /// Bytes of a record that stand in a leaf: of a longer one the rest has pages of its own.
  private let most: Int
  /// The row added last.
  private var newest: Int64 = 0

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

  init(_ content: Content, root: Int, in pages: ImagePages) {
    self.content = content
    self.root = root
    self.pages = pages
    most = content == .table ? ImagePages.size - 35 : (ImagePages.size - 12) * 64 / 255 - 23
    levels = [Page(number: root, isLeaf: true)]
  }

  /// Adds a row with a larger number than those before it, or an entry that comes after them.
  mutating func add(_ record: borrowing RecordBuffer, number: Int64 = 0) {
    let length = record.count
    if length > most { return addLong(record, number: number) }
    let cell = makeCell(lengthBefore(length, number) + length, at: 0)
    record.write(to: writeHead(length, number, to: cell))
    newest = number
  }

  /// Writes what is still to be said of the pages being filled.
  mutating func end() {
    var below: Int?
    for level in levels.indices {
      writeHeader(of: levels[level], at: level, last: below)
      below = levels[level].number
    }
  }

  // Each cell begins with the length of the record and, in a table, with the row's number.

  private func lengthBefore(_ length: Int, _ number: Int64) -> Int {
    BigEndian.length(ofVarint: length)
      + (content == .table ? BigEndian.length(ofVarint: Int(number)) : 0)
  }

  private func writeHead(
    _ length: Int, _ number: Int64, to cell: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    let end = cell + BigEndian.write(varint: length, to: cell)
    return content == .table ? end + BigEndian.write(varint: Int(number), to: end) : end
  }

  /// Adds a record of which only the beginning stands in the leaf.
  private mutating func addLong(_ record: borrowing RecordBuffer, number: Int64) {
    let length = record.count
    let least = (ImagePages.size - 12) * 32 / 255 - 23
    let fitting = least + (length - least) % (ImagePages.size - 4)
    let local = fitting <= most ? fitting : least
    let bytes = [UInt8](unsafeUninitializedCapacity: length) { memory, count in
      if let start = memory.baseAddress { record.write(to: start) }
      count = length
    }
    let rest = writeChain(bytes[local...])
    let cell = makeCell(lengthBefore(length, number) + local + 4, at: 0)
    let start = writeHead(length, number, to: cell)
    for place in 0..<local { start[place] = bytes[place] }
    BigEndian.write(UInt32(rest), to: start + local)
    newest = number
  }

  /// Writes bytes to pages each of which names the next; returns the first.
  private func writeChain(_ bytes: ArraySlice<UInt8>) -> Int {
    let number = pages.add()
    let part = bytes.prefix(ImagePages.size - 4)
    let rest = bytes[part.endIndex...]
    let next = rest.isEmpty ? 0 : writeChain(rest)
    BigEndian.write(UInt32(next), to: pages[number])
    for (place, byte) in part.enumerated() { pages[number][4 + place] = byte }
    return number
  }

  /// Where the next cell of a level goes, on another page if there is no room for it.
  private mutating func makeCell(_ length: Int, at level: Int) -> UnsafeMutablePointer<UInt8> {
    if levels[level].room < length { beginPage(at: level) }
    let page = pages[levels[level].number]
    let start = levels[level].start - length
    BigEndian.write(
      UInt16(start), to: page + levels[level].headerLength + 2 * levels[level].cells)
    levels[level].previousStart = levels[level].start
    levels[level].start = start
    levels[level].cells += 1
    return page + start
  }

  /// Ends the page of a level, which the level above is told of, and begins another.
  private mutating func beginPage(at level: Int) {
    var full = levels[level]
    if level == levels.count - 1 {
      // The root has a fixed place: what it holds moves, and a level above takes the place.
      full.number = pages.add()
      pages[full.number].update(from: pages[root], count: ImagePages.size)
      levels.append(Page(number: root, isLeaf: false))
    }
    // Only in the leaves of a table all cells stay; else the last one parts this page and the next.
    var separator: [UInt8]
    var last: Int?
    if content == .table, level == 0 {
      separator = BigEndian.bytes(ofVarint: Int(newest))
    } else {
      let cell = pages[full.number] + full.start
      separator = Array(UnsafeBufferPointer(start: cell, count: full.previousStart - full.start))
      full.start = full.previousStart
      full.cells -= 1
      if level > 0 {
        last = separator.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        separator.removeFirst(4)
      }
    }
    writeHeader(of: full, at: level, last: last)
    levels[level] = Page(number: pages.add(), isLeaf: level == 0)
    let cell = makeCell(4 + separator.count, at: level + 1)
    BigEndian.write(UInt32(full.number), to: cell)
    (cell + 4).update(from: separator, count: separator.count)
  }

  /// `last` is the page behind all cells of one that is no leaf.
  private func writeHeader(of page: Page, at level: Int, last: Int?) {
    let header = pages[page.number]
    header[0] = (content == .table ? 5 : 2) + (level == 0 ? 8 : 0)
    BigEndian.write(UInt16(0), to: header + 1)
    BigEndian.write(UInt16(page.cells), to: header + 3)
    BigEndian.write(UInt16(truncatingIfNeeded: page.start), to: header + 5)
    header[7] = 0
    if let last { BigEndian.write(UInt32(last), to: header + 8) }
  }
}
