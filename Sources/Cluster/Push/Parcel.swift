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
  /// Of successes.
  private(set) var minutes = DeliveryRows()
  private(set) var quarters = DeliveryRows()
  private(set) var identifiers = DeliveryRows()
  private(set) var sketched = DeliveryRows()
  private(set) var quotas = DeliveryRows()
  private(set) var rejects = DeliveryRows()
  private var places = BatchEvents()
  private var buckets = IdentifierBuckets()
  private var sketches = IdentifierSketches()
  private(set) var proof = DeliveryProof()
  /// From the first response's time to the last one's.
  private(set) var times: ClosedRange<Int64>?
  /// Whether some has none.
  private var hasUndated = false

  init(_ edge: Edge, of batch: StoredBatch) {
    (self.edge, self.batch, path) = (edge, batch.number, batch.path)
  }

  /// Ends what was begun, once the batch is handed over.
  func finish() {
    addIdentifiers()
    for sketch in sketches.all where !sketch.hashes.isEmpty {
      sketched.begin(edge: edge.number, batch: batch)
      sketched.add { row in
        row.append(sketch.day)
        row.append(text: sketch.gateway)
        row.append(count: sketch.hashes.count)
        for hash in sketch.hashes { row.append(hash) }
      }
      sketched.end()
    }
    proof.content = tables.reduce(0) { mixed($0 ^ $1.content) }
    // It may wait for a while until it is sent.
    (places, buckets, sketches) = (BatchEvents(), IdentifierBuckets(), IdentifierSketches())
  }

  /// Between what times its rows are, 0 being the time of what has none.
  var cover: ClosedRange<Int64> {
    guard let times else { return 0...0 }
    return min(times.lowerBound, hasUndated ? 0 : .max)...max(times.upperBound, 0)
  }

  /// Where its rows go.
  static let tables = [
    "event", "minute", "quarter", "identifier", "sketch", "quota", "reject",
  ]

  /// The rows of each.
  var tables: [DeliveryRows] {
    [events, minutes, quarters, identifiers, sketched, quotas, rejects]
  }

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
      buckets.add(.beginning, UInt64(edges.beginning), event: places.count)
      buckets.add(.end, UInt64(edges.end), event: places.count)
    }
    places.add(number, time: event.time)
  }

  func add(_ successes: BatchSuccesses) {
    proof.add(successes)
    let isUndated = successes.stretch == .undated
    // Each that has a time has its minute.
    if successes.stretch != .quarter { cover(isUndated ? nil : successes.start) }
    func start(_ row: inout RowWriter) {
      row.append(successes.start)
      row.append(text: successes.vendor ?? "")
      row.append(text: successes.gateway ?? "")
    }
    if successes.stretch == .minute {
      minutes.begin(edge: edge.number, batch: batch)
      minutes.add { row in
        start(&row)
        row.append(successes.count)
        for _ in ClusterTables.minuteCounts.dropFirst() { row.append(Int64(0)) }
      }
      return minutes.end()
    }
    quarters.begin(edge: edge.number, batch: batch)
    quarters.add { row in
      start(&row)
      row.append(UInt8(isUndated ? 1 : 0))
      row.append(Int32(clamping: successes.status))
      row.append(optional: nil as Bytes?)
      row.append(UInt8(0))
      row.append(successes.count)
    }
    quarters.end()
  }

  func add(identifier hash: UInt64, of event: Int64) {
    // What belongs to no event that there is leads nowhere.
    guard let place = places.place(of: edge.number(ofEvent: event)) else { return }
    buckets.add(.whole, hash, event: place)
    sketches.note(hash, of: place)
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

  private func addIdentifiers() {
    let until = cover.upperBound
    buckets.each(events: places.count) { sort, bucket, entries in
      identifiers.begin(edge: edge.number, batch: batch)
      identifiers.add { row in
        row.append(sort.rawValue)
        row.append(bucket)
        row.append(until)
        row.append(count: entries.count)
        for entry in entries { row.append(entry.hash) }
        row.append(count: entries.count)
        for entry in entries { row.append(places.numbers[Int(entry.event)]) }
        row.append(count: entries.count)
        for entry in entries { row.append(places.minutes[Int(entry.event)]) }
      }
      identifiers.end()
    }
  }

  private func cover(_ time: Int64?) {
    guard let time else { return hasUndated = true }
    times = min(times?.lowerBound ?? time, time)...max(times?.upperBound ?? time, time)
  }
}

extension RowWriter {
  fileprivate mutating func append(optionalText text: String?) {
    guard var text else { return append(optional: nil as Bytes?) }
    text.withUTF8 { append(optional: $0) }
  }
}
