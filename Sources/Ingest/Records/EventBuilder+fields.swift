internal import Batches
internal import Events
internal import Files
internal import JSON
internal import Profiles
internal import Times

// Fields of an event that the line alone tells.
extension EventBuilder {
  /// A status, also where the gateway has a word for it.
  @inline(__always)
  func status(_ value: JSONValue) -> Int? {
    fields.word(.status, value).map(parseStatus) ?? parseStatus(value)
  }

  /// Microseconds.
  func latency(of record: JSONValue) -> Int64? {
    let found = fields.first(.latency) { candidate in
      let latency = goDuration(candidate, of: record) ?? microseconds(candidate)
      return latency.flatMap { $0 < EventBuilder.longestLatency ? $0 : nil }
    }
    return found ?? sum(.latencyPart) ?? span()
  }

  /// What took a year is the time of day under a name such as `requestTime`.
  private static let longestLatency: Int64 = 366 * 86_400_000_000

  /// A duration as a logger of Go writes one whose name has no unit.
  private func goDuration(_ candidate: FieldReader.Candidate, of record: JSONValue) -> Int64? {
    let node = Int(candidate.node)
    guard fields.gateway < 0, fields.paths.nodes[node].isDuration, GoLogger.wrote(record) else {
      return nil
    }
    return GoLogger.microseconds(candidate.value)
  }

  private func microseconds(_ candidate: FieldReader.Candidate) -> Int64? {
    parseLatency(candidate.value) {
      let unit = fields.paths.unit(of: Int(candidate.node), gateway: fields.gateway)
      return unit == .seconds && isWholeHundreds(candidate) ? .milliseconds : unit
    }
  }

  /// Whether a log without a profile writes a hundred or more, and no decimals, under a name that others
  /// write seconds under, and that does not say so: nobody waits so many.
  private func isWholeHundreds(_ candidate: FieldReader.Candidate) -> Bool {
    let value = candidate.value
    guard fields.gateway < 0, let number = value.integer ?? value.string?.integer, number >= 100
    else { return false }
    let key = fields.paths.nodes[Int(candidate.node)].key
    return NameWords(String(decoding: key, as: UTF8.self)).unit == nil
  }

  /// All parts together; nil where there are none, or one of them never came to be.
  private func sum(_ field: GatewayProfile.Field) -> Int64? {
    var sum: Int64?
    for candidate in fields.candidates(field) {
      guard let part = fields.first(field, { $0.node == candidate.node ? microseconds($0) : nil })
      else {
        return nil
      }
      sum = (sum ?? 0).addingClamped(part)
    }
    return sum
  }

  /// From the request's time to the response's.
  private func span() -> Int64? {
    guard let start = fields.first(.started, { parseInstant($0.value) }),
      let end = fields.first(.ended, { parseInstant($0.value) }), end >= start
    else { return nil }
    return end - start
  }

  /// The code in a header, as some send no other.
  func headerCode() -> Bytes? {
    fields.first(.code) { candidate in
      guard let text = scalar(candidate.value).string, !isNullMarker(text) else { return nil }
      if let challenge = Challenge(text) { return challenge.error }
      return localName(of: text)
    }
  }

  /// The vendor's id, else the gateway's, as text; every id of the line as a hash.
  func addIdentifiers(of says: BodyFields, to row: inout EventRow, _ batch: Batch) {
    identifiers.begin()
    let own = says.requestID.flatMap { $0.isEmpty ? nil : $0 }
    if let main = own
      ?? fields.first(
        .requestID, { parseIdentifier($0.value).map { parentTraceID(in: amazonID($0)) } })
    {
      row.requestID = batch.keep(main.part(0..<256))
      identifiers.add(main)
    }
    for candidate in fields.candidates(.requestID) {
      if let id = parseIdentifier(candidate.value) { identifiers.add(headerID(in: id)) }
    }
    for candidate in fields.candidates(.identifier) {
      if let id = parseIdentifier(candidate.value) { identifiers.add(traceID(in: id)) }
    }
    batch.identifiers.append(identifiers.hashes, row: UInt32(batch.rows.count))
  }
}
