internal import Batches
internal import Files
internal import SQLite

/// Stores the events of a batch by way of a database in memory, which SQLite copies into the store.
///
///     page 1       header of the database and its schema: one table, as the store's `event`
///     page root    the root of that table (see `TableWriter`), empty at first
///     page …       the leaves, filled with one record for each event (see `RowBuffer`)
///
/// From a table that is the same, `INSERT … SELECT *` copies records as they are ("transfer
/// optimization", <https://www.sqlite.org/src/file/src/insert.c>). That takes a third of the time
/// of binding values one by one. Where the store's table is not the same, as someone gave it an
/// index of their own, SQLite still reads the image's table, value by value.
final class EventImage: EventWriter {
  private static let name = "batch_image"
  private let connection: Connection
  private let copy: Statement
  /// The pages of the image without events.
  private let empty: [UInt8]
  /// The number of the page that is the table's root.
  private let root: Int
  private let pages = ImagePages()
  private var record: RowBuffer

  /// Nil where SQLite lays out a database in a way that is not known here.
  init?(_ connection: Connection) throws {
    self.connection = connection
    empty = try Connection.image(of: Schema.eventTable, pageSize: ImagePages.size)
    try connection.attachImage(as: EventImage.name)
    pages.begin(with: empty)
    try connection.read(image: pages.database, as: EventImage.name)
    let columns = try connection.prepare(
      "SELECT name FROM pragma_table_info('event', '\(EventImage.name)') ORDER BY cid")
    var names: [String] = []
    while try columns.step() { names.append(columns.text(0) ?? "") }
    root = Int(
      try connection.integer(
        "SELECT rootpage FROM \(EventImage.name).sqlite_schema WHERE name = 'event'") ?? 0)
    guard names == EventColumns.names, pages.isEmptyTable(at: root) else { return nil }
    record = RowBuffer(columns: names.count)
    copy = try connection.prepare("INSERT INTO event SELECT * FROM \(EventImage.name).event")
  }

  func store(_ batch: Batch, id: Int64, firstEvent: Int64, words: StoredWords) throws {
    try store(batch, words, in: batch.rows.indices) { (firstEvent + Int64($0), id) }
  }

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
    var table = TableWriter(root: root, in: pages)
    batch.rows.withUnsafeBufferPointer { rows in
      batch.arena.withUnsafeBufferPointer { arena in
        for row in order {
          let (number, id) = place(row)
          record.begin()
          EventColumns.write(
            rows[row], number: number, batch: id, arena, words, into: &record)
          table.add(record, number: number)
        }
      }
    }
    table.end()
    try connection.read(image: pages.database, as: EventImage.name)
    #if DEBUG
      try checkImage()
    #endif
    try copy.run()
  }

  #if DEBUG
    /// SQLite finds nothing wrong with what was laid out.
    private func checkImage() throws {
      let found = try connection.text("PRAGMA \(EventImage.name).integrity_check(1)")
      if found != "ok" {
        throw connection.impossible("events were laid out wrongly: \(found ?? "")")
      }
    }
  #endif
}
