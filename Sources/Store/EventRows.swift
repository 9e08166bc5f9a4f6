internal import Events
internal import SQLite

/// A batch's rows as SQL reads them when it copies them into `event`.
final class EventRows: RowSource {
  let name = "batch_rows"
  let columns = [
    "id", "time_ms", "vendor", "status", "code", "kind", "message", "request_id", "method", "route",
    "path", "consumer", "latency_us", "retry_after_ms", "upstream_status", "answered_by", "details",
    "batch", "offset", "length", "part",
  ]
  /// What the batch's words are in the store.
  var words = StoredWords()
  // What is being read, for as long as `read` runs.
  private var rows = UnsafeBufferPointer<EventRow>(start: nil, count: 0)
  private var arena = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private var firstEvent: Int64 = 0
  private var batchID: Int64 = 0
  /// The number and the batch of each row, where these are not given in order.
  private var placed: [(number: Int64, batch: Int64)] = []

  /// Lets SQL read a batch while `work` runs. Its events are numbered from `firstEvent`.
  func read(_ batch: Batch, id: Int64, firstEvent: Int64, _ work: () throws -> Void) rethrows {
    self.firstEvent = firstEvent
    batchID = id
    try batch.rows.withUnsafeBufferPointer { rows in
      try batch.arena.withUnsafeBufferPointer { arena in
        self.rows = rows
        self.arena = arena
        defer { self.rows = UnsafeBufferPointer(start: nil, count: 0) }
        try work()
      }
    }
  }

  /// The same of rows whose numbers and batches are given one by one.
  func read(
    _ batch: Batch, placed: [(number: Int64, batch: Int64)], _ work: () throws -> Void
  ) rethrows {
    self.placed = placed
    defer { self.placed = [] }
    try read(batch, id: 0, firstEvent: 0, work)
  }

  var count: Int { rows.count }

  func write(row place: Int, column: Int, into cell: RowCell) {
    let row = rows[place]
    switch column {
    // The others follow the first, which SQLite knows without looking whether they are there.
    case 0:
      if !placed.isEmpty {
        cell.integer(placed[place].number)
      } else if place == 0 {
        cell.integer(firstEvent)
      } else {
        cell.null()
      }
    case 1: optional(row.time, into: cell)
    case 2: word(row.vendor, .vendor, into: cell)
    case 3: nonzero(row.status, into: cell)
    case 4: word(row.code, .code, into: cell)
    case 5: cell.integer(Int64(row.kind.rawValue))
    case 6: word(row.message, .message, into: cell)
    case 7: text(row.requestID, into: cell)
    case 8: word(row.method, .method, into: cell)
    case 9: word(row.route, .route, into: cell)
    case 10: path(row, into: cell)
    case 11: word(row.consumer, .consumer, into: cell)
    case 12: optional(row.latency, into: cell)
    case 13: optional(row.retryAfter, into: cell)
    case 14: nonzero(row.upstreamStatus, into: cell)
    case 15: cell.integer(Int64(row.answeredBy.rawValue))
    case 16: word(row.details, .details, into: cell)
    case 17: cell.integer(placed.isEmpty ? batchID : placed[place].batch)
    case 18: cell.integer(row.offset)
    case 19: cell.integer(row.length)
    default: cell.integer(Int64(row.part))
    }
  }

  private func optional(_ value: Int64?, into cell: RowCell) {
    if let value { cell.integer(value) } else { cell.null() }
  }

  private func nonzero(_ value: Int32, into cell: RowCell) {
    if value != 0 { cell.integer(Int64(value)) } else { cell.null() }
  }

  private func word(_ word: Word, _ lexicon: Lexicon, into cell: RowCell) {
    if word != 0 { cell.integer(words.id(of: word, in: lexicon)) } else { cell.null() }
  }

  /// Nothing where there is no path, and an empty text where it is the route.
  private func path(_ row: EventRow, into cell: RowCell) {
    if row.pathIsRoute { cell.emptyText() } else { text(row.path, into: cell) }
  }

  private func text(_ slice: TextSlice, into cell: RowCell) {
    if slice.isEmpty { return cell.null() }
    let start = Int(slice.start)
    cell.text(UnsafeBufferPointer(rebasing: arena[start..<start + Int(slice.count)]))
  }
}
