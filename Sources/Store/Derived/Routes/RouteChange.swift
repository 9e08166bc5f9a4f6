internal import Batches
internal import Questions
internal import SQLite
internal import Times

/// What is added to the counts of errors by route, and what is taken away from them.
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
        gateway: words.id(of: sort.gateway, in: .gateway),
        route: words.id(of: sort.route, in: .route),
        sort: RoutePage.Sort(
          status: Int64(sort.status), kind: sort.kind, answeredBy: sort.answeredBy),
        counts: .zero)
    }
    var ranks = sorts.map { _ in 0 }
    let order = sorts.indices.sorted { RouteEntry.precedes(sorts[$0], sorts[$1]) }
    for (rank, sort) in order.enumerated() { ranks[sort] = rank }
    // In order already, so that settling has next to nothing to sort.
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

  /// Takes away what stored errors counted.
  mutating func remove(_ errors: [Responses]) {
    for responses in errors {
      guard let quarter = responses.quarter else { continue }
      let hour = quarter.rounded(downTo: Milliseconds.hour)
      var counts = RoutePage.Counts.zero
      counts[Int((quarter - hour) / Grain.quarter.length)] = -responses.count
      entries.append(
        RouteEntry(
          time: hour, vendor: responses.vendor, gateway: responses.gateway,
          route: responses.route,
          sort: RoutePage.Sort(
            status: responses.status, kind: responses.kind, answeredBy: responses.answeredBy),
          counts: counts))
    }
  }

  /// Changes the store's counts. Throws a `StoreError` where one would become negative: then the
  /// store did not count what its batches hold.
  func apply(
    to tables: [RouteGrain] = RouteGrain.allCases, on connection: Connection
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
  private let table: RouteGrain
  private let look: Statement
  private let replace: Statement
  private let remove: Statement

  init(_ table: RouteGrain, on connection: Connection) throws {
    self.table = table
    let isIt = "WHERE time_ms = ? AND vendor = ? AND gateway = ? AND page = ?"
    look = try connection.prepare("SELECT errors FROM \(table.name) \(isIt)")
    replace = try connection.prepare("INSERT OR REPLACE INTO \(table.name) VALUES(?, ?, ?, ?, ?)")
    remove = try connection.prepare("DELETE FROM \(table.name) \(isIt)")
  }

  /// Adds the entries of one page to what the store has of that page.
  func add(_ entries: ArraySlice<RouteEntry>) throws {
    guard let first = entries.first else { return }
    var entries = entries
    if let stored = try stored(first) {
      var sums = stored + entries
      sums.settle()
      entries = sums[...]
    }
    guard entries.allSatisfy({ $0.counts.min() >= 0 }) else { throw StoreError.mismatch }
    if entries.contains(where: { $0.counts == .zero }) { entries.removeAll { $0.counts == .zero } }
    if entries.isEmpty {
      return try remove.run(binding: [first.time, first.vendor, first.gateway, first.page])
    }
    replace.bind(first.time, at: 1)
    replace.bind(first.vendor, at: 2)
    replace.bind(first.gateway, at: 3)
    replace.bind(first.page, at: 4)
    RoutePage.packed(entries, parts: table.parts).withUnsafeBytes { replace.bind(blob: $0, at: 5) }
    try replace.run()
  }

  /// What is there of an entry's page; nil where nothing is.
  private func stored(_ entry: RouteEntry) throws -> [RouteEntry]? {
    look.bind(entry.time, at: 1)
    look.bind(entry.vendor, at: 2)
    look.bind(entry.gateway, at: 3)
    look.bind(entry.page, at: 4)
    defer { look.reset() }
    guard try look.step() else { return nil }
    var entries: [RouteEntry] = []
    let isSound = RoutePage.read(look.blob(0), page: entry.page, parts: table.parts) {
      entries.append(
        RouteEntry(
          time: entry.time, vendor: entry.vendor, gateway: entry.gateway, route: $0, sort: $1,
          counts: $2))
    }
    guard isSound else { throw look.impossible("errors by route are damaged") }
    return entries
  }
}
