internal import Batches
internal import Questions

/// A row of a cluster's ledger: what a store's own ledger has of a batch, by which delivery it is here,
/// and what that must have come to.
struct LedgerRow: Equatable {
  var batch: Int64
  var load: UInt64
  var version: UInt64
  var proof: DeliveryProof
  /// What the store's ledger says of the batch that never changes: which bytes of which log it is.
  var place: [Int64]
  /// What becomes otherwise when the bytes are read again.
  var outcome: [Int64]
  var pruned: Int64
  /// Between what times every delivery of the batch has its rows.
  var cover: ClosedRange<Int64>?

  init(_ batch: StoredBatch, load: UInt64, version: UInt64, proof: DeliveryProof) {
    self.batch = batch.number
    (self.load, self.version, self.proof) = (load, version, proof)
    place = [batch.source, batch.offset, batch.length, batch.firstEvent, batch.original]
    outcome = [
      batch.tally.lines, batch.tally.events, batch.tally.successes, batch.tally.skipped,
      batch.tally.rejects, batch.tally.blank, batch.tally.undated, batch.digest,
    ]
    pruned = batch.pruned
  }

  private static let columns = """
    batch, load, version, source, offset, length, first_event, original, lines, events, successes, \
    skipped, rejects, blank, undated, digest, pruned, event_rows, event_sum, undated_rows, \
    success_sum, minute_success_sum, identifier_rows, quota_rows, reject_rows, content, since_ms, \
    until_ms
    """

  private init(_ answer: inout RowReader) throws(ClusterError) {
    batch = try answer.next()
    load = try answer.next()
    version = try answer.next()
    place = []
    for _ in 0..<5 { place.append(try answer.next()) }
    outcome = []
    for _ in 0..<8 { outcome.append(try answer.next()) }
    pruned = try answer.next()
    proof = DeliveryProof()
    proof.events = try answer.next()
    proof.eventSum = try answer.next()
    proof.undated = try answer.next()
    proof.successes = try answer.next()
    proof.minuteSuccesses = try answer.next()
    proof.identifiers = try answer.next()
    proof.quotas = try answer.next()
    proof.rejects = try answer.next()
    proof.content = try answer.next()
    let since: Int64 = try answer.next()
    cover = since...max(since, try answer.next())
  }

  /// Those of an edge's batches after one and up to another, that count.
  static func known(
    of edge: Edge, after first: Int64, upTo last: Int64, on connection: ClusterConnection
  ) throws(ClusterError) -> [Int64: LedgerRow] {
    var answer = RowReader(
      try connection.ask(
        ClusterRequest(
          """
          SELECT \(columns) FROM batch
            WHERE edge = \(edge.number) AND batch > \(first) AND batch <= \(last) FORMAT RowBinary
          """)))
    var rows: [Int64: LedgerRow] = [:]
    while !answer.isAtEnd {
      var row = try LedgerRow(&answer)
      let other = rows[row.batch]
      let cover = LedgerRow.union(row.cover, other?.cover)
      if let other, other.version > row.version { row = other }
      row.cover = cover
      rows[row.batch] = row
    }
    return rows
  }

  private static func union(
    _ one: ClosedRange<Int64>?, _ other: ClosedRange<Int64>?
  ) -> ClosedRange<Int64>? {
    guard let one, let other else { return one ?? other }
    return min(one.lowerBound, other.lowerBound)...max(one.upperBound, other.upperBound)
  }

  /// How the row is written.
  ///
  /// - Parameter cover: that of what was delivered of the batch before.
  static func insertion(
    of batch: StoredBatch, edge: Edge, load: UInt64, version: UInt64, parcel: Parcel,
    over cover: ClosedRange<Int64>?
  ) -> [UInt8] {
    var row = RowWriter()
    let (tally, proof) = (batch.tally, parcel.proof)
    row.append(edge.number)
    row.append(batch.number)
    row.append(load)
    row.append(version)
    let times = union(parcel.cover, cover) ?? parcel.cover
    row.append(times.lowerBound)
    row.append(times.upperBound)
    row.append(batch.source)
    row.append(text: batch.path)
    for number in [
      batch.offset, batch.length, tally.lines, tally.events, tally.successes, tally.skipped,
      tally.rejects, tally.blank, tally.undated, batch.firstEvent,
    ] {
      row.append(number)
    }
    for time in [
      batch.times?.lowerBound, batch.times?.upperBound, parcel.times?.lowerBound,
      parcel.times?.upperBound,
    ] {
      row.append(optional: time)
    }
    for number in [batch.committed, batch.original, batch.pruned, batch.digest, proof.events] {
      row.append(number)
    }
    row.append(proof.eventSum)
    for number in [
      proof.undated, proof.successes, proof.minuteSuccesses, proof.identifiers, proof.quotas,
      proof.rejects,
    ] {
      row.append(number)
    }
    row.append(proof.content)
    return row.bytes
  }
}
