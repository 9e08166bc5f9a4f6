internal import Batches
internal import Events
internal import Files
internal import Questions
internal import Times

/// A batch as it is sent: the rows of each table, and what is said of them in the ledger.
final class Parcel: BatchSink {
  private let edge: Edge
  private let batch: Int64
  /// Of the log.
  private let path: String
  private(set) var events = DeliveryRows()
  private(set) var responses = DeliveryRows()
  private(set) var identifiers = DeliveryRows()
  private(set) var quotas = DeliveryRows()
  private(set) var rejects = DeliveryRows()
  private var sketches = IdentifierSketches()
  private(set) var proof = DeliveryProof()
  /// From the first response's time to the last one's.
  private(set) var times: ClosedRange<Int64>?

  init(_ edge: Edge, of batch: StoredBatch) {
    (self.edge, self.batch, path) = (edge, batch.number, batch.path)
  }

  /// Ends what was begun, once the batch is handed over.
  func finish() {
    for sketch in sketches.all {
      for hash in sketch.hashes {
        addIdentifier(.sketch, hash, event: 0, time: sketch.day, gateway: sketch.gateway)
      }
    }
    proof.content = tables.reduce(0) { mixed($0 ^ $1.content) }
  }

  /// Where its rows go.
  static let tables = ["event", "response", "identifier", "quota", "reject"]

  /// The rows of each.
  var tables: [DeliveryRows] { [events, responses, identifiers, quotas, rejects] }

  // MARK: What comes

  func add(_ event: BatchEvent) throws {
    guard Edge.has(event.number) else {
      throw ClusterError(
        .edge, "the store's events have larger numbers than a cluster has room for")
    }
    let number = edge.number(ofEvent: event.number)
    events.begin(edge: edge.number, batch: batch)
    events.add { row in
      row.append(number)
      row.append(optional: event.time)
      row.append(text: event.vendor ?? Bytes(start: nil, count: 0))
      row.append(text: event.gateway ?? Bytes(start: nil, count: 0))
      row.append(Int32(clamping: event.status))
      row.append(optional: event.code)
      row.append(event.kind.rawValue)
      row.append(optional: event.message)
      row.append(optional: event.requestID)
      row.append(optional: event.method)
      row.append(optional: event.route)
      row.append(optional: event.path)
      row.append(optional: event.consumer)
      row.append(optional: event.latency)
      row.append(optional: event.retryAfter)
      row.append(Int32(clamping: event.upstreamStatus))
      row.append(event.answeredBy.rawValue)
      row.append(optional: event.details)
      row.append(text: path)
      row.append(event.offset)
      row.append(event.length)
      row.append(event.part)
    }
    events.end()
    proof.add(event, number: number)
    cover(event.time)
    sketches.note(event)
    if let edges = event.requestID.flatMap({ IDEdge.hashes(of: $0) }) {
      for (sort, hash) in [(Identifiers.beginning, edges.beginning), (.end, edges.end)] {
        addIdentifier(sort, UInt64(hash), event: number, time: event.time ?? 0)
      }
    }
  }

  func add(_ successes: BatchSuccesses) {
    responses.begin(edge: edge.number, batch: batch)
    responses.add { row in
      row.append(Parcel.grain(successes.stretch))
      row.append(successes.start)
      row.append(text: successes.vendor ?? "")
      row.append(text: successes.gateway ?? "")
      row.append(Int32(clamping: successes.status))
      row.append(optional: nil as Bytes?)
      row.append(UInt8(0))
      row.append(optional: nil as Bytes?)
      row.append(UInt8(0))
      row.append(successes.count)
    }
    responses.end()
    proof.add(successes)
    if successes.stretch == .minute { cover(successes.start) }
  }

  func add(identifier hash: UInt64, of event: Int64) {
    let time = sketches.note(hash, of: event)
    addIdentifier(.whole, hash, event: edge.number(ofEvent: event), time: time)
    proof.identifiers += 1
  }

  func add(_ quota: BatchQuota) {
    quotas.begin(edge: edge.number, batch: batch)
    quotas.add { row in
      row.append(quota.sighting.time)
      row.append(text: quota.vendor ?? "")
      row.append(text: quota.gateway ?? "")
      row.append(optionalText: quota.consumer)
      row.append(text: quota.name)
      row.append(optional: quota.sighting.limit)
      row.append(quota.sighting.remaining)
      row.append(optional: quota.sighting.reset)
    }
    quotas.end()
    proof.quotas += 1
    cover(quota.sighting.time)
  }

  func add(_ reject: Reject) {
    rejects.begin(edge: edge.number, batch: batch)
    rejects.add { row in
      row.append(reject.offset)
      row.append(reject.length)
      row.append(text: reject.reason)
      row.append(text: reject.excerpt)
    }
    rejects.end()
    proof.rejects += 1
  }

  // MARK: Rows

  /// What an id is a part of. Their numbers never change.
  private enum Identifiers: UInt8 {
    case whole = 0
    case beginning = 1
    case end = 2
    case sketch = 3
  }

  private func addIdentifier(
    _ sort: Identifiers, _ hash: UInt64, event: Int64, time: Int64, gateway: String = ""
  ) {
    identifiers.begin(edge: edge.number, batch: batch)
    identifiers.add { row in
      row.append(sort.rawValue)
      row.append(hash)
      row.append(event)
      row.append(time)
      row.append(text: gateway)
    }
    identifiers.end()
  }

  private func cover(_ time: Int64?) {
    guard let time else { return }
    times = min(times?.lowerBound ?? time, time)...max(times?.upperBound ?? time, time)
  }

  private static func grain(_ stretch: BatchSuccesses.Stretch) -> UInt8 {
    switch stretch {
    case .minute: 0
    case .quarter: 1
    case .undated: 2
    }
  }
}

extension RowWriter {
  fileprivate mutating func append(optionalText text: String?) {
    guard var text else { return append(optional: nil as Bytes?) }
    text.withUTF8 { append(optional: $0) }
  }
}
