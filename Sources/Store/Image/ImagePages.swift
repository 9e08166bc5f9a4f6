/// The pages of a SQLite database in memory, numbered from 1.
///
/// They are 64 KiB each, the largest that SQLite knows, so that few are needed.
final class ImagePages {
  static let size = 65536
  private(set) var count = 0
  private var memory: UnsafeMutableRawPointer
  private var capacity = 64

  init() {
    memory = .allocate(byteCount: capacity * ImagePages.size, alignment: 16)
  }

  deinit {
    memory.deallocate()
  }

  /// Begins anew with the pages of another database.
  func begin(with pages: [UInt8]) {
    count = pages.count / ImagePages.size
    makeRoom()
    memory.copyMemory(from: pages, byteCount: pages.count)
  }

  /// Adds a page and returns its number. Pointers to other pages are no longer valid then.
  func add() -> Int {
    count += 1
    makeRoom()
    return count
  }

  subscript(number: Int) -> UnsafeMutablePointer<UInt8> {
    (memory + (number - 1) * ImagePages.size).assumingMemoryBound(to: UInt8.self)
  }

  /// All of them; their number is written into the header on the first:
  /// <https://www.sqlite.org/fileformat2.html#database_header>.
  var database: UnsafeMutableRawBufferPointer {
    SQLiteNumber.write(UInt32(count), to: self[1] + 28)
    return UnsafeMutableRawBufferPointer(start: memory, count: count * ImagePages.size)
  }

  /// Whether a page is the root of an empty table, and no part of it is reserved for anything else.
  func isEmptyTable(at root: Int) -> Bool {
    guard (2...max(2, count)).contains(root), root <= count else { return false }
    // <https://www.sqlite.org/fileformat2.html#reserved_bytes_per_page>
    let (header, page) = (self[1], self[root])
    return header[20] == 0 && page[0] == 13 && page[3] == 0 && page[4] == 0
  }

  private func makeRoom() {
    guard count > capacity else { return }
    let larger = UnsafeMutableRawPointer.allocate(
      byteCount: 2 * count * ImagePages.size, alignment: 16)
    larger.copyMemory(from: memory, byteCount: capacity * ImagePages.size)
    memory.deallocate()
    memory = larger
    capacity = 2 * count
  }
}
