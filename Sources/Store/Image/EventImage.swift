internal import Batches
internal import Events
internal import Files
internal import SQLite

/// Copies a batch's events into the store.
///
/// They are laid out in memory as SQLite would store them: a database with one table, which is the
/// same as the store's. From such a one `INSERT … SELECT *` copies records as they are ("transfer
/// optimization", <https://www.sqlite.org/src/file/src/insert.c>), which takes a third of what it
/// takes to hand over value by value. Should the store's table be another, as someone gave it an
/// index of their own, SQLite reads the same table value by value.
final class EventImage {
  private static let name = "batch_image"
  /// The page of its table's root.
  private static let root = 2
  private let connection: Connection
  private let copy: Statement
  /// A database without events.
  private let empty: [UInt8]
  private let pages = ImagePages()
  private var record = RecordBuffer(columns: 21)

  init(_ connection: Connection) throws {
    self.connection = connection
    empty = try Connection.image(of: Schema.events, pageSize: ImagePages.size)
    try connection.attachImage(as: EventImage.name)
    pages.begin(with: empty)
    try connection.read(image: pages.database, as: EventImage.name)
    copy = try connection.prepare("INSERT INTO event SELECT * FROM \(EventImage.name).event")
  }

  /// Stores all of a batch's events, numbered from `firstEvent`.
  func store(_ batch: Batch, id: Int64, firstEvent: Int64, words: StoredWords) throws {
    try store(batch, words, in: batch.rows.indices) { (firstEvent + Int64($0), id) }
  }

  /// Stores events whose numbers and batches are given one by one.
  func store(
    _ batch: Batch, placed: [(number: Int64, batch: Int64)], words: StoredWords
  ) throws {
    let order = placed.indices.sorted { placed[$0].number < placed[$1].number }
    try store(batch, words, in: order) { placed[$0] }
  }

  /// `order` has all rows, by their numbers.
  @inline(__always)
  private func store(
    _ batch: Batch, _ words: StoredWords, in order: some Sequence<Int>,
    _ place: (_ row: Int) -> (number: Int64, batch: Int64)
  ) throws {
    pages.begin(with: empty)
    var table = TableWriter(root: EventImage.root, in: pages)
    batch.rows.withUnsafeBufferPointer { rows in
      batch.arena.withUnsafeBufferPointer { arena in
        for row in order {
          let (number, id) = place(row)
          record.begin()
          record.write(rows[row], batch: id, arena, words)
          table.add(record, number: number)
        }
      }
    }
    table.end()
    try connection.read(image: pages.database, as: EventImage.name)
    try copy.run()
  }
}

/// How an event becomes a row of `event`.
extension RecordBuffer {
  /// In the order of the table's columns; its key is the row's number.
  @inline(__always)
  fileprivate mutating func write(
    _ row: EventRow, batch: Int64, _ arena: UnsafeBufferPointer<UInt8>, _ words: StoredWords
  ) {
    null()
    optional(row.time)
    word(row.vendor, .vendor, words)
    nonzero(row.status)
    word(row.code, .code, words)
    integer(Int64(row.kind.rawValue))
    word(row.message, .message, words)
    text(row.requestID, arena)
    word(row.method, .method, words)
    word(row.route, .route, words)
    // Nothing where there is no path, and an empty text where it is the route.
    if row.pathIsRoute {
      text(UnsafeBufferPointer(start: nil, count: 0))
    } else {
      text(row.path, arena)
    }
    word(row.consumer, .consumer, words)
    optional(row.latency)
    optional(row.retryAfter)
    nonzero(row.upstreamStatus)
    integer(Int64(row.answeredBy.rawValue))
    word(row.details, .details, words)
    integer(batch)
    integer(row.offset)
    integer(row.length)
    integer(Int64(row.part))
  }

  @inline(__always)
  private mutating func optional(_ value: Int64?) {
    if let value { integer(value) } else { null() }
  }

  @inline(__always)
  private mutating func nonzero(_ value: Int32) {
    optional(value == 0 ? nil : Int64(value))
  }

  @inline(__always)
  private mutating func word(_ word: Word, _ lexicon: Lexicon, _ words: StoredWords) {
    optional(word == 0 ? nil : words.id(of: word, in: lexicon))
  }

  @inline(__always)
  private mutating func text(_ slice: TextSlice, _ arena: UnsafeBufferPointer<UInt8>) {
    if slice.isEmpty { return null() }
    let start = Int(slice.start)
    text(UnsafeBufferPointer(rebasing: arena[start..<start + Int(slice.count)]))
  }
}
