package import Questions
internal import Threads

/// Sends what a store has to a cluster, batch by batch, each whole or not at all.
///
/// The cluster's own ledger says what is there: so nothing has to be remembered here, and whoever was
/// interrupted, however roughly, goes on where the ledger ends. The rows of some batches are sent first,
/// under a number taken by chance; their rows in the ledger, by which they count, are sent once all of
/// these have been taken. Where it is not known whether rows were taken, all are sent again under
/// another number; rows of the ledger may be sent twice. While some are sent, the next are read.
package final class Push {
  /// What came of it.
  package struct Summary: Sendable, Equatable {
    /// Batches that were sent, with their events and successes.
    package var batches: Int64 = 0
    package var events: Int64 = 0
    package var successes: Int64 = 0
    /// Of these batches: those that had been sent before, and were read again since.
    package var again: Int64 = 0
    /// Batches that were there already.
    package var known: Int64 = 0
    /// Bytes of rows.
    package var bytes: Int64 = 0

    package init() {}

    fileprivate static func += (sum: inout Summary, other: Summary) {
      sum.batches += other.batches
      sum.events += other.events
      sum.successes += other.successes
      sum.again += other.again
      sum.known += other.known
      sum.bytes += other.bytes
    }
  }

  package private(set) var summary = Summary()
  /// Whether what was sent before is compared with what there is now, row by row.
  package var comparesContents = false
  /// Called when something more has arrived.
  package var onDelivery: (Summary) -> Void = { _ in }
  /// So many batches, or bytes of them, are sent together: small ones by themselves would be many
  /// small parts of tables, which servers would have to put together. A batch is never cut.
  package var batchesAtOnce = 500
  private let open: () throws -> any BatchSource
  private var source: any BatchSource
  private let connection: ClusterConnection
  private let dialect: Dialect
  private let edge: Edge
  /// Milliseconds from one look for new batches to the next.
  private let pause: Int64
  /// Batches up to this one were looked at.
  private var last: Int64 = 0
  private var sentGaps: [StoredGap]?

  /// What is read, and waits to be sent.
  private var waiting: Delivery
  /// What is being sent, on a thread of its own. Until it is settled, nobody else uses the connection.
  private var sending: Future<Summary>?
  private static let mostBytes = 16 << 20
  /// So many rows of the ledger are looked at together.
  private static let rowsAtOnce = 2000

  /// - Parameter open: opens the store, each time that it has to be opened anew.
  package init(
    _ open: @escaping () throws -> any BatchSource, to connection: ClusterConnection,
    as name: String
  ) throws {
    self.open = open
    self.connection = connection
    source = try open()
    dialect = try Dialect(of: connection)
    try ClusterSchema.check(connection)
    let claim = EdgeClaim(connection, dialect)
    edge = try claim.edge(name, seed: source.seed)
    pause = Push.pause(among: try claim.count())
    waiting = Delivery(edge, connection, dialect)
  }

  /// Sends what is not there yet, of the batches that were not looked at yet.
  package func run() throws {
    while true {
      let batches = try source.batches(after: last, limit: Push.rowsAtOnce)
      guard let end = batches.last?.number else { break }
      try settle()
      let known = try LedgerRow.known(of: edge, after: last, upTo: end, on: connection)
      for batch in batches { try send(batch, over: known[batch.number]) }
      last = end
    }
    try deliver()
    try settle()
    try sendGaps()
  }

  /// The more stores there are, the less often each sends, and the more at once: a delivery is a part of
  /// each table, and servers take some tens of them a second well.
  static func pause(among edges: Int) -> Int64 {
    min(max(Int64(edges).multipliedReportingOverflow(by: 20).partialValue, 1000), 60_000)
  }

  /// Looks for new batches and sends them, until someone wants it to end, or nothing more will come.
  package func follow(until isLast: () -> Bool = { false }) throws {
    while true {
      let isLastTime = isLast()
      try run()
      if isLastTime { return }
      try connection.rest(pause, unless: isLast)
      // What someone else has changed is seen by who opens it anew.
      source = try open()
    }
  }

  private func send(_ batch: StoredBatch, over known: LedgerRow?) throws {
    guard let known else { return try load(batch, version: 0) }
    let own = LedgerRow(batch, load: 0, version: 0, proof: DeliveryProof())
    guard known.place == own.place else {
      throw ClusterError(
        .edge,
        "what the cluster knows as batch \(batch.number) of “\(edge.name)” is of another log than here: "
          + "this store is a copy, or came from a backup", hint: .nameEdge)
    }
    // What was pruned here since stays there.
    if batch.pruned > known.pruned || known.outcome == own.outcome && !comparesContents {
      summary.known += 1
      return
    }
    try load(batch, version: known.version, unless: known)
  }

  /// - Parameters:
  ///   - version: of the delivery that is there; 0 for none.
  ///   - known: what need not be sent once more.
  private func load(
    _ batch: StoredBatch, version: UInt64, unless known: LedgerRow? = nil
  ) throws {
    guard let (batch, parcel) = try parcel(of: batch) else { return }
    if let known {
      let now = LedgerRow(batch, load: 0, version: 0, proof: parcel.proof)
      let isSame = known.proof == now.proof && known.outcome == now.outcome
      if isSame || now.pruned > known.pruned {
        summary.known += 1
        return
      }
    }
    // Two that send at once make versions that differ.
    let version = ((version >> 32) + 1) << 32 | UInt64(UInt32.random(in: .min ... .max))
    waiting.add(.init(batch: batch, parcel: parcel, version: version, known: known))
    if waiting.size >= Push.mostBytes || waiting.items.count >= batchesAtOnce { try deliver() }
  }

  /// Begins to send the batches that wait, as one delivery.
  private func deliver() throws {
    try settle()
    if waiting.items.isEmpty { return }
    let delivery = waiting
    waiting = Delivery(edge, connection, dialect)
    sending = Future { try delivery.send() }
  }

  /// Waits until what is being sent has arrived.
  private func settle() throws {
    guard let sent = sending else { return }
    sending = nil
    summary += try sent.value()
    onDelivery(summary)
  }

  /// A batch as it is now; nil where it is gone.
  private func parcel(of batch: StoredBatch) throws -> (StoredBatch, Parcel)? {
    while true {
      let parcel = Parcel(edge, of: batch)
      do {
        guard let batch = try source.contents(of: batch.number, to: parcel) else { return nil }
        parcel.finish()
        return (batch, parcel)
      } catch is StaleTexts {
        source = try open()
      }
    }
  }

  private func sendGaps() throws {
    let gaps = try source.gaps()
    if gaps == sentGaps { return }
    try GapRows(connection, dialect, edge).send(gaps)
    sentGaps = gaps
  }
}
