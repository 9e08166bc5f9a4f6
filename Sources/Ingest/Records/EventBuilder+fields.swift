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
    identifiers.begin()
    let own = says.requestID.flatMap { $0.isEmpty ? nil : $0 }
    if let main = own ?? fields.first(.requestID, { identifierReading($0.value) }) {
      row.requestID = batch.keep(main.part(0..<256))
      identifiers.add(main)
    }
    for hit in fields.candidates(.requestID) {
      if let id = identifierReading(hit.value) { identifiers.add(id) }
    }
    for hit in fields.candidates(.identifier) {
      if let id = identifierReading(hit.value) { identifiers.add(traceID(in: id)) }
    }
    batch.identifiers.append(identifiers.hashes, row: UInt32(batch.rows.count))
  }
}
