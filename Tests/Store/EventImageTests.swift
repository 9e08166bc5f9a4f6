import Batches
import Events
import Files
import SQLite
import Testing

@testable import Store

/// Tables laid out in memory, as SQLite reads them.
@Suite struct EventImageTests {
  private static let schema =
    "CREATE TABLE sample(id INTEGER PRIMARY KEY, a INTEGER, b TEXT) STRICT"

  /// Writes a table of numbers and texts.
  private func image(_ rows: some Sequence<(number: Int64, a: Int64?, b: String?)>) throws
    -> Connection
  {
    let connection = try Connection(path: ":memory:", access: .memory)
    try connection.attachImage(as: "image")
    let pages = ImagePages()
    pages.begin(with: try Connection.image(of: Self.schema, pageSize: ImagePages.size))
    var record = RowBuffer(columns: 3)
    var table = TableWriter(root: 2, in: pages)
    for row in rows {
      record.begin()
      record.null()
      if let a = row.a { record.integer(a) } else { record.null() }
      if var b = row.b { b.withUTF8 { record.text($0) } } else { record.null() }
      table.add(record, number: row.number)
    }
    table.end()
    try connection.read(image: pages.database, as: "image")
    #expect(try connection.text("PRAGMA image.integrity_check") == "ok")
    // A copy, as the pages are gone after this.
    try connection.execute("\(Self.schema); INSERT INTO sample SELECT * FROM image.sample")
    return connection
  }

  private func rows(_ connection: Connection) throws -> [(Int64, Int64?, String?)] {
    let statement = try connection.prepare("SELECT id, a, b FROM main.sample ORDER BY id")
    var rows: [(Int64, Int64?, String?)] = []
    while try statement.step() {
      rows.append(
        (statement.integer(0), statement.isNull(1) ? nil : statement.integer(1), statement.text(2)))
    }
    return rows
  }

  @Test func `a table may be empty`() throws {
    #expect(try rows(image([])).isEmpty)
  }

  @Test func `a number is as it was, however many bytes it takes`() throws {
    let bounds = [7, 15, 23, 31, 47].flatMap { bits -> [Int64] in
      let bound = Int64(1) << bits
      return [bound - 2, bound - 1, bound, -bound, -bound - 1, 2 * bound]
    }
    let values = [0, 1, 2, -1, .max, .min] + bounds
    let stored = try rows(image(values.enumerated().map { (Int64($0.offset), $0.element, nil) }))
    #expect(stored.map(\.1) == values)
    #expect(stored.allSatisfy { $0.2 == nil })
  }

  @Test func `a row's number may be a large one`() throws {
    let numbers = [1, 127, 128, 16_383, 16_384, 1 << 21, 1 << 35, (1 << 55) - 1] as [Int64]
    #expect(try rows(image(numbers.map { ($0, nil, "x") })).map(\.0) == numbers)
  }

  /// From one byte of length to two and three, and from one page to another and a third.
  @Test func `a text is as it was, however long`() throws {
    let most = ImagePages.size
    let lengths =
      [0, 1, 56, 57, 58, 8185, 8186] + [most - 45, most - 44, most - 43, most - 42]
      + [most - 41, most - 40, most - 35, most, 2 * most - 50, 2 * most, 2 * most + 40, 9 * most]
    let texts = lengths.map { String(repeating: "ä", count: $0 / 2) + ($0 % 2 == 1 ? "!" : "") }
    let stored = try rows(image(texts.enumerated().map { (Int64($0.offset), nil, $0.element) }))
    #expect(stored.map(\.2) == texts)
  }

  /// The root has 4369 pages below it at least; each row here takes a page.
  @Test func `a table may have many rows, and a root above roots`() throws {
    let text = String(repeating: "x", count: ImagePages.size / 2)
    let numbers = (0..<5000).map { Int64($0) << 40 }
    let connection = try image(numbers.lazy.map { ($0, $0, text) })
    #expect(try connection.integer("SELECT COUNT(*) FROM main.sample WHERE a = id") == 5000)
    #expect(try connection.integer("SELECT SUM(LENGTH(b)) FROM main.sample") == 5000 * 32768)
  }

  /// Otherwise it is as slow as any other way.
  @Test func `records are copied whole`() throws {
    let temporary = try TemporaryStore()
    let ledger = try StoreLedger(temporary.store)
    let plan = try ledger.connection.prepare(
      "EXPLAIN INSERT INTO event SELECT * FROM batch_image.event")
    var steps: Set<String> = []
    while try plan.step() { steps.insert(plan.text(1) ?? "") }
    #expect(steps.contains("RowData"))
    #expect(!steps.contains("Column"))
  }

  @Test func `a store with an index of someone's own is written all the same`() throws {
    let temporary = try TemporaryStore()
    try StoreLedger(temporary.store).close()
    try temporary.tamper("CREATE INDEX mine ON event(status, time_ms)")
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    _ = try ledger.commit(
      maker.batch(at: 0, [Response(time: 7), Response(time: nil)]), to: newLog())
    ledger.close()
    #expect(try temporary.integer("SELECT COUNT(*) FROM event INDEXED BY mine") == 2)
    #expect(try Verification(temporary.store).problems == [])
  }

  /// The plain way, value by value, is what the images are held against.
  @Test func `random batches become the same rows either way`() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<40 {
      let batch = randomBatch(Int.random(in: 0...600, using: &random), &random)
      let words = StoredWords()
      for lexicon in Lexicon.allCases {
        for id in 1...9 { words.append(Int64(id * 7), to: lexicon) }
      }
      var first = Int64(1)
      let placed = batch.rows.indices.map { _ in
        first += .random(in: 1...3, using: &random)
        return (number: first, batch: Int64.random(in: 1...3, using: &random))
      }
      .shuffled(using: &random)
      var tables: [[String]] = []
      for isImage in [true, false] {
        let connection = try Schema.pristine()
        let writer: any EventWriter =
          isImage ? try #require(try EventImage(connection)) : try PlainEventWriter(connection)
        try writer.store(batch, id: 9, firstEvent: 10_000, words: words)
        try writer.store(batch, placed: placed, words: words)
        let columns = EventColumns.names.map { "QUOTE(\"\($0)\")" }.joined(separator: " || ',' || ")
        let rows = try connection.prepare("SELECT \(columns) FROM event ORDER BY id")
        var table: [String] = []
        while try rows.step() { table.append(rows.text(0) ?? "") }
        tables.append(table)
      }
      #expect(tables[0] == tables[1])
      #expect(tables[0].count == 2 * batch.rows.count)
    }
  }

  private func randomBatch(_ count: Int, _ random: inout SystemRandomNumberGenerator) -> Batch {
    let batch = Batch()
    for _ in 0..<count {
      var row = EventRow()
      func word() -> Word { Word.random(in: 0...9, using: &random) }
      func number() -> Int64? {
        [nil, 0, 1, .random(in: 0...300), .random(in: .min ... .max)].randomElement(using: &random)
          ?? nil
      }
      func text() -> TextSlice {
        let length = [0, 1, 20, 300, 9000].randomElement(using: &random) ?? 0
        return String(repeating: "ü", count: length).withBytes { batch.keep($0) }
      }
      row.time = number()
      row.vendor = word()
      row.gateway = word()
      row.status = [0, 1, 429, 599].randomElement(using: &random) ?? 0
      row.code = word()
      row.kind = Kind.allCases.randomElement(using: &random) ?? .unknown
      row.message = word()
      row.requestID = text()
      row.method = word()
      row.route = word()
      row.path = text()
      row.pathIsRoute = Bool.random(using: &random)
      row.consumer = word()
      row.latency = number()
      row.retryAfter = number()
      row.upstreamStatus = [0, 503].randomElement(using: &random) ?? 0
      row.answeredBy = AnsweredBy.allCases.randomElement(using: &random) ?? .unknown
      row.details = word()
      row.offset = .random(in: 0...1 << 40, using: &random)
      row.length = .random(in: 0...1 << 20, using: &random)
      row.part = .random(in: 0...5, using: &random)
      batch.rows.append(row)
    }
    return batch
  }

  @Test func `a root is worked on only where it is the empty one of its table`() throws {
    let pages = ImagePages()
    pages.begin(with: try Connection.image(of: Self.schema, pageSize: ImagePages.size))
    #expect(pages.isEmptyTable(at: 2))
    for root in [-1, 0, 1, 3] { #expect(!pages.isEmptyTable(at: root)) }
    pages[1][20] = 8
    #expect(!pages.isEmptyTable(at: 2))
  }
}
