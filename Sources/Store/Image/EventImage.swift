internal import Events
internal import SQLite

/// Copies a batch's events into the store.
///
/// They are laid out in memory as SQLite would store them: a database with one table and its index,
/// both the same as the store's. From such a one `INSERT … SELECT *` copies records as they are
/// ("transfer optimization", <https://www.sqlite.org/src/file/src/insert.c>), which takes a third of
/// what it takes to hand over value by value. Should the store's table be another, as someone gave it
/// an index of their own, SQLite reads the same table value by value.
final class EventImage {
  private static let name = "batch_image"
  private static let tableRoot = 2
  private static let indexRoot = 3
  private let connection: Connection
  private let copy: Statement
  /// A database without events.
  private let empty: [UInt8]
  private let pages = ImagePages()
  private let record = RecordBuffer(columns: 21)
  /// The rows' times, and where the rows stand in the batch.
  private var entries: ContiguousArray<(time: Int64, row: Int)> = []

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
    let layout = Layout(batch, words)
    pages.begin(with: empty)
    var table = TreeWriter(.table, root: EventImage.tableRoot, in: pages)
    for row in batch.rows.indices {
      layout.write(row, batch: id, to: record)
      table.add(record, number: firstEvent + Int64(row))
    }
    table.end()
    addIndex(of: batch) { firstEvent + Int64($0) }
    try store()
  }

  /// Stores events whose numbers and batches are given one by one.
  func store(
    _ batch: Batch, placed: [(number: Int64, batch: Int64)], words: StoredWords
  ) throws {
    let layout = Layout(batch, words)
    pages.begin(with: empty)
    var table = TreeWriter(.table, root: EventImage.tableRoot, in: pages)
    for row in placed.indices.sorted(by: { placed[$0].number < placed[$1].number }) {
      layout.write(row, batch: placed[row].batch, to: record)
      table.add(record, number: placed[row].number)
    }
    table.end()
    addIndex(of: batch) { placed[$0].number }
    try store()
  }

  private func store() throws {
    try connection.read(image: pages.database, as: EventImage.name)
    try copy.run()
  }

  /// The index on time; events without one come first.
  private func addIndex(of batch: Batch, _ number: (_ row: Int) -> Int64) {
    entries.removeAll(keepingCapacity: true)
    var isSorted = true
    for (row, event) in batch.rows.enumerated() {
      let time = event.time ?? .min
      isSorted = isSorted && entries.last.map { $0.time <= time } ?? true
      entries.append((time, row))
    }
    // By number where the time is the same: rows have ascending ones, unless they are placed.
    if !isSorted { entries.sort { ($0.time, number($0.row)) < ($1.time, number($1.row)) } }
    var index = TreeWriter(.index, root: EventImage.indexRoot, in: pages)
    for (time, row) in entries {
      record.begin()
      if time == .min { record.null() } else { record.integer(time) }
      record.integer(number(row))
      index.add(record)
    }
    index.end()
  }
}

/// How an event becomes a row of `event`.
private struct Layout {
  private let batch: Batch
  private let words: StoredWords

  init(_ batch: Batch, _ words: StoredWords) {
    self.batch = batch
    self.words = words
  }

  /// In the order of the table's columns. Its key is what the row has as its number.
  func write(_ place: Int, batch id: Int64, to record: RecordBuffer) {
    let row = batch.rows[place]
    record.begin()
    record.null()
    optional(row.time, to: record)
    word(row.vendor, .vendor, to: record)
    nonzero(row.status, to: record)
    word(row.code, .code, to: record)
    record.integer(Int64(row.kind.rawValue))
    word(row.message, .message, to: record)
    text(row.requestID, to: record)
    word(row.method, .method, to: record)
    word(row.route, .route, to: record)
    path(row, to: record)
    word(row.consumer, .consumer, to: record)
    optional(row.latency, to: record)
    optional(row.retryAfter, to: record)
    nonzero(row.upstreamStatus, to: record)
    record.integer(Int64(row.answeredBy.rawValue))
    word(row.details, .details, to: record)
    record.integer(id)
    record.integer(row.offset)
    record.integer(row.length)
    record.integer(Int64(row.part))
  }

  private func optional(_ value: Int64?, to record: RecordBuffer) {
    if let value { record.integer(value) } else { record.null() }
  }

  private func nonzero(_ value: Int32, to record: RecordBuffer) {
    if value != 0 { record.integer(Int64(value)) } else { record.null() }
  }

  private func word(_ word: Word, _ lexicon: Lexicon, to record: RecordBuffer) {
    if word != 0 { record.integer(words.id(of: word, in: lexicon)) } else { record.null() }
  }

  /// Nothing where there is no path, and an empty text where it is the route.
  private func path(_ row: EventRow, to record: RecordBuffer) {
    if row.pathIsRoute {
      record.text(UnsafeBufferPointer(start: nil, count: 0))
    } else {
      text(row.path, to: record)
    }
  }

  private func text(_ slice: TextSlice, to record: RecordBuffer) {
    if slice.isEmpty { return record.null() }
    let start = Int(slice.start)
    batch.arena.withUnsafeBufferPointer {
      record.text(UnsafeBufferPointer(rebasing: $0[start..<start + Int(slice.count)]))
    }
  }
}
