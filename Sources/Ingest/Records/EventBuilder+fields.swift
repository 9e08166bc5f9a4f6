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

  /// Milliseconds, by the headers; of a limit also by when it begins anew, or by its message.
  func retryAfter(of kind: Kind, message: Bytes?, _ vendor: VendorProfile?) -> Int64? {
    let header = fields.first(.retryAfter) { hit in
      retryAfterReading(
        hit.value, inMilliseconds: fields.shape.nodes[Int(hit.node)].isInMilliseconds, time: time,
        zone: zone)
    }
    if let header { return header }
    guard kind.limits else { return nil }
    let generic = catalog.genericVendor.body.retryText
    if let message, let delay = delay(in: message, after: vendor?.body.retryText ?? generic) {
      return delay
    }
    return kind == .rateLimit && isUsedUp ? reset() : nil
  }

  /// Whether nothing says that some of the limit is left.
  private var isUsedUp: Bool {
    !fields.candidates(.remaining).contains { hit in
      let value = scalar(hit.value)
      return (value.number ?? value.string?.trimmed.number ?? 0) > 0
    }
  }

  private func reset() -> Int64? {
    fields.first(.reset) { resetReading($0.value, time: time, zone: zone) }
  }

  /// The code in a header, as some send no other.
  func headerCode() -> Bytes? {
    fields.first(.code) { hit in
      scalar(hit.value).string.map { localName(of: $0) }.flatMap { isNullMarker($0) ? nil : $0 }
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
    if let main = own
      ?? fields.first(.requestID, { identifierReading($0.value).map(parentTraceID(in:)) })
    {
      row.requestID = batch.keep(main.part(0..<256))
      identifiers.add(main)
    }
    for hit in fields.candidates(.requestID) {
      if let id = identifierReading(hit.value) { identifiers.add(parentTraceID(in: id)) }
    }
    for hit in fields.candidates(.identifier) {
      if let id = identifierReading(hit.value) { identifiers.add(traceID(in: id)) }
    }
    batch.identifiers.append(identifiers.hashes, row: UInt32(batch.rows.count))
  }
}
