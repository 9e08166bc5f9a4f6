internal import Batches
internal import Files
internal import SQLite

/// Writes the events of batches into the store.
protocol EventWriter: AnyObject {
  /// Stores all of them, numbered from `firstEvent`.
  func store(_ batch: Batch, id: Int64, firstEvent: Int64, words: StoredWords) throws

  /// Stores events whose numbers and batches are given one by one.
  func store(_ batch: Batch, placed: [(number: Int64, batch: Int64)], words: StoredWords) throws
}

/// Inserts one event after the other, each value bound by itself. This is the plain way: it is
/// taken where `EventImage` does not know SQLite's layout, and what `EventImage` writes is tested
/// against it.
final class PlainEventWriter: EventWriter {
  private let insert: Statement

  init(_ connection: Connection) throws {
    let marks = EventColumns.names.map { _ in "?" }.joined(separator: ", ")
    insert = try connection.prepare("INSERT INTO event VALUES(\(marks))")
  }

  func store(_ batch: Batch, id: Int64, firstEvent: Int64, words: StoredWords) throws {
    for row in batch.rows.indices {
      try store(batch, row, number: firstEvent + Int64(row), id: id, words)
    }
  }

  func store(
    _ batch: Batch, placed: [(number: Int64, batch: Int64)], words: StoredWords
  ) throws {
    for (row, place) in placed.enumerated() {
      try store(batch, row, number: place.number, id: place.batch, words)
    }
  }

  private func store(
    _ batch: Batch, _ row: Int, number: Int64, id: Int64, _ words: StoredWords
  ) throws {
    var values = BoundValues(statement: insert)
    batch.arena.withUnsafeBufferPointer { arena in
      EventColumns.write(
        batch.rows[row], number: number, batch: id, arena, words, into: &values)
    }
    try insert.run()
  }
}

/// The values of a statement, bound one after the other.
private struct BoundValues: RowSink {
  let statement: Statement
  private var place = 0

  init(statement: Statement) {
    self.statement = statement
  }

  mutating func key(_ value: Int64) { integer(value) }

  mutating func null() {
    place += 1
    statement.bind(Int64?.none, at: place)
  }

  mutating func integer(_ value: Int64) {
    place += 1
    statement.bind(value, at: place)
  }

  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    place += 1
    statement.bind(text: text, at: place)
  }
}
