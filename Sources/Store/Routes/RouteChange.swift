internal import Batches
internal import SQLite
internal import Times

/// What the counts of errors by route gain and lose.
struct RouteChange {
  /// By the hour, in no order.
  private var entries: [RouteEntry]

  init(_ entries: [RouteEntry] = []) {
    self.entries = entries
  }

  /// Adds all that a batch counts.
  mutating func add(_ batch: Batch, words: StoredWords) {
    let sorts = batch.routes.sorts.map { sort in
      RouteEntry(
        time: 0, vendor: words.id(of: sort.vendor, in: .vendor),
        route: words.id(of: sort.route, in: .route),
        sort: RoutePage.Sort(
          status: Int64(sort.status), kind: sort.kind, answeredBy: sort.answeredBy),
        counts: .zero)
    }
    var ranks = sorts.map { _ in 0 }
    let order = sorts.indices.sorted { RouteEntry.precedes(sorts[$0], sorts[$1]) }
    for (rank, sort) in order.enumerated() { ranks[sort] = rank }
    // In order, which makes it easy to settle.
    let hours = batch.routes.hours.sorted {
      $0.hour != $1.hour ? $0.hour < $1.hour : ranks[Int($0.sort)] < ranks[Int($1.sort)]
    }
    entries.reserveCapacity(entries.count + hours.count)
    for hour in hours {
      var entry = sorts[Int(hour.sort)]
      entry.time = hour.hour &* Milliseconds.hour
      entry.counts = batch.routes.quarters(of: hour)
      entries.append(entry)
    }
  }

  /// Takes away what the stored events of a batch counted; they have the given numbers.
  mutating func removeEvents(
    _ numbers: Range<Int64>, of batch: Int64, on connection: Connection
  ) throws {
    let events = try connection.prepare(
      """
      SELECT \(CountedRoutes.columns), COUNT(*) FROM event
        WHERE id >= ?1 AND id < ?2 AND batch = ?3 AND time_ms IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6
      """)
    for (place, value) in [numbers.lowerBound, numbers.upperBound, batch].enumerated() {
      events.bind(value, at: place + 1)
    }
    while try events.step() { entries.append(try CountedRoutes.entry(events, isNegative: true)) }
  }

  /// Changes the store's counts. Throws a `StoreError` where they would become less than nothing:
  /// then they were not those of the batches.
  func apply(
    to tables: [RouteTable] = RouteTable.allCases, on connection: Connection
  ) throws {
    if entries.isEmpty { return }
    for table in tables {
      var entries = entries.map(table.stretch)
      entries.settle()
      let rows = try RouteRows(table, on: connection)
      var start = 0
      while start < entries.count {
        var end = start + 1
        while end < entries.count, entries[end].isOnPage(of: entries[start]) { end += 1 }
        try rows.add(entries[start..<end])
        start = end
      }
    }
  }
}

/// What writes the rows of a table of errors by route.
private struct RouteRows {
  private let table: RouteTable
  private let look: Statement
  private let replace: Statement
  private let remove: Statement

  init(_ table: RouteTable, on connection: Connection) throws {
    self.table = table
    let isIt = "WHERE time_ms = ? AND vendor = ? AND page = ?"
    look = try connection.prepare("SELECT errors FROM \(table.name) \(isIt)")
    replace = try connection.prepare("INSERT OR REPLACE INTO \(table.name) VALUES(?, ?, ?, ?)")
    remove = try connection.prepare("DELETE FROM \(table.name) \(isIt)")
  }

  /// Adds what is of one page to what is there.
  func add(_ entries: ArraySlice<RouteEntry>) throws {
    guard let first = entries.first else { return }
    var entries = entries
    if let stored = try stored(first) {
      var sums = stored + entries
      sums.settle()
      entries = sums[...]
    }
    guard entries.allSatisfy({ $0.counts.min() >= 0 }) else { throw CountChange.mismatch }
    if entries.contains(where: { $0.counts == .zero }) { entries.removeAll { $0.counts == .zero } }
    if entries.isEmpty { return try remove.run(binding: [first.time, first.vendor, first.page]) }
    replace.bind(first.time, at: 1)
    replace.bind(first.vendor, at: 2)
    replace.bind(first.page, at: 3)
    RoutePage.packed(entries, parts: table.parts).withUnsafeBytes { replace.bind(blob: $0, at: 4) }
    try replace.run()
  }

  /// What is there of an entry's page; nil where nothing is.
  private func stored(_ entry: RouteEntry) throws -> [RouteEntry]? {
    look.bind(entry.time, at: 1)
    look.bind(entry.vendor, at: 2)
    look.bind(entry.page, at: 3)
    defer { look.reset() }
    guard try look.step() else { return nil }
    var entries: [RouteEntry] = []
    let isSound = RoutePage.read(look.blob(0), page: entry.page, parts: table.parts) {
      entries.append(
        RouteEntry(time: entry.time, vendor: entry.vendor, route: $0, sort: $1, counts: $2))
    }
    guard isSound else { throw look.impossible("errors by route are damaged") }
    return entries
  }
}
