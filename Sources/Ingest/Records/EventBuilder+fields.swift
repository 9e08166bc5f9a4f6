internal import Events
internal import JSON
internal import Profiles

// Fields of an event that the line alone tells.
extension EventBuilder {
  /// Microseconds.
  func latency() -> Int64? {
    fields.first(.latency) { hit in
      latencyReading(hit.value) { fields.shape.unit(of: Int(hit.node), gateway: fields.gateway) }
    }
  }

  /// Milliseconds.
  func retryAfter() -> Int64? {
    fields.first(.retryAfter) { hit in
      retryAfterReading(
        hit.value, inMilliseconds: fields.shape.nodes[Int(hit.node)].isInMilliseconds, time: time,
        zone: zone)
    }
  }

  /// Who made the response, on positive evidence only.
  func answeredBy(status: Int, upstream: Int?, vendorsOwn: Bool) -> AnsweredBy {
    for hit in fields.candidates(.answer) {
      let evidence = gateway.evidence[Int(hit.rank) / 16]
      let value = scalar(hit.value)
      if let text = value.string {
        if isNullMarker(text) { continue }
        if let expected = evidence.value, !text.elementsEqual(expected.utf8) { continue }
      } else if let expected = evidence.value, value.integer.map(String.init) != expected {
        continue
      }
      return evidence.vendor ? .vendor : .gateway
    }
    if let upstream, upstream > 0, upstream == status { return .vendor }
    return vendorsOwn ? .vendor : .unknown
  }

  /// The vendor's id, else the gateway's, as text; every id of the line as a hash.
  func addIdentifiers(of says: BodyReading, to row: inout EventRow, _ batch: Batch) {
    let own = says.requestID.flatMap { $0.isEmpty ? nil : $0 }
    if let main = own ?? fields.first(.requestID, { identifierReading($0.value) }) {
      row.requestID = batch.keep(main.part(0..<256))
      index(main, in: batch)
    }
    for hit in fields.candidates(.requestID) {
      if let id = identifierReading(hit.value) { index(id, in: batch) }
    }
    for hit in fields.candidates(.identifier) {
      if let id = identifierReading(hit.value) { index(traceID(in: id), in: batch) }
    }
  }

  /// Lets an id find the event that is being made, once.
  private func index(_ id: Bytes, in batch: Batch) {
    onIdentifier?(id)
    let place = UInt32(batch.rows.count)
    let hash = identifierHash(id, seed: seed)
    var last = batch.identifiers.count - 1
    while last >= 0, batch.identifiers[last].row == place {
      if batch.identifiers[last].hash == hash { return }
      last -= 1
    }
    batch.identifiers.append(Identifier(hash: hash, row: place))
  }
}
