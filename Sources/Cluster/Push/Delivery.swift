internal import Questions

/// Batches that are sent together: first all of their rows, under a number taken by chance, and once
/// these have been taken, the rows of the ledger by which they count.
///
/// It is sent by one thread, while no other uses the connection.
struct Delivery: @unchecked Sendable {
  struct Item {
    var batch: StoredBatch
    var parcel: Parcel
    var version: UInt64
    /// What the cluster has of it by now.
    var known: LedgerRow?
  }

  private(set) var items: [Item] = []
  /// In bytes.
  private(set) var size = 0
  private let edge: Edge
  private let connection: ClusterConnection
  private let dialect: Dialect

  init(_ edge: Edge, _ connection: ClusterConnection, _ dialect: Dialect) {
    (self.edge, self.connection, self.dialect) = (edge, connection, dialect)
  }

  mutating func add(_ item: Item) {
    items.append(item)
    size += item.parcel.tables.reduce(0) { $0 + $1.size }
  }

  /// Returns what was sent.
  func send() throws(ClusterError) -> Push.Summary {
    var summary = Push.Summary()
    let tables = ClusterTables.all(dialect)
    let load = try connection.insist { () throws(ClusterError) -> UInt64 in
      let load = UInt64.random(in: .min ... .max)
      for (place, name) in Parcel.tables.enumerated() {
        guard let table = tables.first(where: { $0.name == name }) else { continue }
        summary.bytes += try send(place, table, load)
      }
      return load
    }
    var rows: [UInt8] = []
    for item in items {
      rows += LedgerRow.insertion(
        of: item.batch, edge: edge, load: load, version: item.version, parcel: item.parcel,
        over: item.known?.cover)
      summary.batches += 1
      summary.events += item.parcel.proof.events
      summary.successes += item.parcel.proof.successes
      summary.again += item.known == nil ? 0 : 1
    }
    _ = try connection.ask(
      ClusterRequest(
        ClusterTables.batch.insertion, rows: rows, settings: dialect.insertSettings))
    return summary
  }

  /// Sends the rows for one table; returns how many bytes they have.
  private func send(
    _ place: Int, _ table: ClusterTables.Table, _ load: UInt64
  ) throws(ClusterError) -> Int64 {
    var rows: [UInt8] = []
    rows.reserveCapacity(items.reduce(0) { $0 + $1.parcel.tables[place].size })
    for item in items { item.parcel.tables[place].append(to: &rows, load: load) }
    if rows.isEmpty { return 0 }
    _ = try connection.askOnce(
      ClusterRequest(table.insertion, rows: rows, settings: dialect.insertSettings))
    return Int64(rows.count)
  }
}
