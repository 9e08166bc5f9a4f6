internal import Batches
package import Questions

/// Proof that a cluster has what a store has: its ledger against the store's, and what its tables hold
/// against its ledger.
package struct ClusterVerification {
  package private(set) var batches: Int64 = 0
  package private(set) var events: Int64 = 0
  /// Logs of which something is there, and how many of their lines.
  package var sources: Int64 { Int64(logs.count) }
  package private(set) var lines: Int64 = 0
  package private(set) var problems: [String] = []
  /// Batches of the store that were pruned since they were sent: the cluster has all of their events.
  package private(set) var pruned: Int64 = 0
  /// Rows of deliveries that broke off: nobody counts them.
  package private(set) var strayRows: Int64 = 0
  package var isSound: Bool { problems.isEmpty }

  private static let batchesAtOnce = 2000
  /// A few examples say what is wrong; more say no more.
  private static let mostProblems = 50

  private let connection: ClusterConnection
  private let edge: Edge
  /// What each batch's delivery must have come to.
  private var proofs: [Int64: DeliveryProof] = [:]
  private var logs: Set<Int64> = []

  /// - Parameter name: what the store was sent as.
  package init(
    _ source: any BatchSource, on connection: ClusterConnection, as name: String
  ) throws {
    self.connection = connection
    try ClusterSchema.check(connection)
    let dialect = try Dialect(of: connection)
    guard let edge = try EdgeClaim(connection, dialect).known(name, seed: source.seed) else {
      throw ClusterError(.edge, "the cluster knows no store as “\(name)”", hint: .nameEdge)
    }
    self.edge = edge
    try compareLedgers(source)
    try countRows()
    strayRows = try number(
      "SELECT count() FROM event WHERE edge = \(edge.number) AND NOT \(counts)")
  }

  private mutating func note(_ problem: String) {
    if problems.count < ClusterVerification.mostProblems { problems.append(problem) }
    if problems.count == ClusterVerification.mostProblems { problems.append("and so on") }
  }

  // MARK: The store's ledger and the cluster's

  private mutating func compareLedgers(_ source: any BatchSource) throws {
    var last: Int64 = 0
    while true {
      let batches = try source.batches(after: last, limit: ClusterVerification.batchesAtOnce)
      let end = batches.last?.number ?? .max
      let known = try LedgerRow.known(of: edge, after: last, upTo: end, on: connection)
      for batch in batches {
        guard let row = known[batch.number] else {
          note("\(ClusterVerification.words(batch)) was not sent yet")
          continue
        }
        self.batches += 1
        events += row.proof.events
        lines += batch.tally.lines
        logs.insert(batch.source)
        proofs[batch.number] = row.proof
        try compare(batch, row, source)
      }
      let strangers = Set(known.keys).subtracting(batches.map(\.number))
      for stranger in strangers.sorted() {
        note("batch \(stranger) of the cluster is none of the store's")
        proofs[stranger] = known[stranger]?.proof
      }
      guard !batches.isEmpty else { return }
      last = end
    }
  }

  private mutating func compare(
    _ batch: StoredBatch, _ row: LedgerRow, _ source: any BatchSource
  ) throws {
    let own = LedgerRow(batch, load: 0, version: 0, proof: row.proof)
    guard row.place == own.place else {
      return note("\(ClusterVerification.words(batch)) is of another log in the cluster")
    }
    if batch.pruned > row.pruned {
      pruned += 1
      return
    }
    let parcel = Parcel(edge, of: batch)
    let now: StoredBatch?
    do {
      now = try source.contents(of: batch.number, to: parcel)
    } catch is StaleTexts {
      throw ClusterError(
        .own, "the store was pruned while it was compared", hint: .text("Run it once more."))
    }
    guard let now else { return }
    if now.pruned > row.pruned {
      pruned += 1
      return
    }
    parcel.finish()
    if row.outcome != LedgerRow(now, load: 0, version: 0, proof: row.proof).outcome
      || row.proof != parcel.proof
    {
      note("\(ClusterVerification.words(batch)) was read again since it was sent")
    }
  }

  private static func words(_ batch: StoredBatch) -> String {
    "batch \(batch.number), \(batch.length) bytes of \(batch.path) from byte \(batch.offset) on,"
  }

  // MARK: What there is

  /// Each server asks its own view, of which it has to be told the database.
  private var counts: String {
    "(batch, load) IN (SELECT batch, load FROM \(quotedName(connection.address.database)).delivered)"
  }

  private mutating func countRows() throws {
    var found: [Int64: DeliveryProof] = [:]
    try tally("event", "toInt64(count()), \(DeliveryProof.eventSumSQL), countIf(time_ms IS NULL)") {
      batch, answer in
      found[batch, default: DeliveryProof()].events = try answer.next()
      found[batch, default: DeliveryProof()].eventSum = try answer.next()
      found[batch, default: DeliveryProof()].undated = try answer.next()
    }
    try tally("identifier", "sumIf(length(hashes), sort = 0)") { batch, answer in
      found[batch, default: DeliveryProof()].identifiers = try answer.next()
    }
    try tally("quota", "count()") { batch, answer in
      found[batch, default: DeliveryProof()].quotas = try answer.next()
    }
    try tally("reject", "count()") { batch, answer in
      found[batch, default: DeliveryProof()].rejects = try answer.next()
    }
    let derived = try countDerived(&found)
    for (batch, proof) in proofs.sorted(by: { $0.key < $1.key }) {
      var own = found.removeValue(forKey: batch) ?? DeliveryProof()
      own.content = proof.content
      let name = "batch \(batch) of the cluster"
      if own.events != proof.events {
        note("\(name) has \(own.events) of its \(proof.events) events")
      } else if own != proof {
        note("\(name) is not what was sent")
      }
      let dated = proof.events - proof.undated
      let counted = derived.map { $0[batch] ?? 0 }
      if counted != [dated, proof.events, dated, dated, dated, proof.minuteSuccesses] {
        note("\(name): its counts are not those of its events")
      }
    }
    for stranger in found.keys.sorted() {
      note("batch \(stranger) of the cluster has rows, and is in no ledger")
    }
  }

  /// Counts the successes of each batch, and returns how many errors of each the tables of counts have:
  /// minutes, quarters of an hour with what has no time, days, and routes by the hour and by the day; last
  /// how many successes by the day.
  private func countDerived(
    _ found: inout [Int64: DeliveryProof]
  ) throws -> [[Int64: Int64]] {
    var derived = [[Int64: Int64]](repeating: [:], count: 6)
    try tally("minute", "sum(successes), sum(errors)") { batch, answer in
      found[batch, default: DeliveryProof()].minuteSuccesses = try answer.next()
      derived[0][batch] = try answer.next()
    }
    let sums = "sumIf(responses, kind = 0), sumIf(responses, kind != 0)"
    try tally("quarter", sums) { batch, answer in
      found[batch, default: DeliveryProof()].successes = try answer.next()
      derived[1][batch] = try answer.next()
    }
    try tally("day", sums) { batch, answer in
      derived[5][batch] = try answer.next()
      derived[2][batch] = try answer.next()
    }
    for (place, table) in ["route_hour", "route_day"].enumerated() {
      try tally(table, "sum(responses)") { derived[3 + place][$0] = try $1.next() }
    }
    return derived
  }

  /// Hands over what is counted of each batch of the edge, of the deliveries that count.
  private func tally(
    _ table: String, _ columns: String,
    _ body: (Int64, inout RowReader) throws -> Void
  ) throws {
    var answer = RowReader(
      try connection.ask(
        ClusterRequest(
          """
          SELECT batch, \(columns) FROM \(table)
            WHERE edge = \(edge.number) AND \(counts)
            GROUP BY batch FORMAT RowBinary
          """)))
    while !answer.isAtEnd { try body(try answer.next(), &answer) }
  }

  private func number(_ sql: String) throws -> Int64 {
    var answer = RowReader(try connection.ask(ClusterRequest(sql + " FORMAT RowBinary")))
    return try answer.next()
  }
}
