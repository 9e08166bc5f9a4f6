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
  func latency() -> Int64? {
    fields.first(.latency, microseconds) ?? sum(.latencyPart) ?? span()
  }

  private func microseconds(_ candidate: FieldReader.Candidate) -> Int64? {
    parseLatency(candidate.value) {
      fields.paths.unit(of: Int(candidate.node), gateway: fields.gateway)
    }
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

  /// Who made the response, on positive evidence only: what the gateway's profile knows of, then
  /// what it says of the answer behind it.
  func answeredBy(status: Int, upstream: Int?, vendorsOwn: Bool) -> AnsweredBy {
    let evidence = gateway.evidence
    if !evidence.isEmpty {
      for candidate in fields.candidates(.answer) {
        let rule = evidence[Int(candidate.rank) / 16]
        if !rule.isAbsent, rule.holds(for: candidate.value) {
          return rule.vendor ? .vendor : .gateway
        }
      }
      for (place, rule) in evidence.enumerated()
      where rule.isAbsent && !fields.isLaidOut
        && !fields.candidates(.answer).contains(where: {
          Int($0.rank) / 16 == place && !isNothing($0.value)
        })
      {
        return rule.vendor ? .vendor : .gateway
      }
    }
    if status > 0 {
      if let upstream, upstream > 0 { return upstream == status ? .vendor : .gateway }
      // A status of the answer behind it is spoken of, and there was none.
      if upstream == 0
        || fields.candidates(.upstreamStatus).contains(where: { isNothing($0.value) })
      {
        return .gateway
      }
    }
    return vendorsOwn ? .vendor : .unknown
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
      if let id = parseIdentifier(candidate.value) { identifiers.add(parentTraceID(in: id)) }
    }
    for candidate in fields.candidates(.identifier) {
      if let id = parseIdentifier(candidate.value) { identifiers.add(traceID(in: id)) }
    }
    batch.identifiers.append(identifiers.hashes, row: UInt32(batch.rows.count))
  }
}

/// Whether a value stands for nothing; of a list, its last.
private func isNothing(_ value: JSONValue) -> Bool {
  scalar(value).string.map { isNullMarker(lastOfList($0)) } ?? false
}

/// The last part of `502, 200` or `502 : 200`; anything else as it is.
private func lastOfList(_ text: Bytes) -> Bytes {
  guard
    let cut = text.lastIndex(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ":") }),
    cut + 1 < text.count, text[cut + 1] == 0x20
  else { return text }
  return text.part(cut + 1..<text.count).trimmed
}

extension GatewayProfile.AnswerEvidence {
  func holds(for value: JSONValue) -> Bool {
    let value = scalar(value)
    if let text = value.string {
      let text = lastOfList(text)
      guard let expected = self.value else { return !isNullMarker(text) }
      return matches(text, Array(expected.utf8)[...])
    }
    return self.value == nil || value.integer.map(String.init) == self.value
  }

  private func matches(_ text: Bytes, _ pattern: ArraySlice<UInt8>) -> Bool {
    if pattern.last == UInt8(ascii: "*") {
      let start = pattern.dropLast()
      return text.count >= start.count && matches(text.part(0..<start.count), start)
    }
    return text.count == pattern.count
      && zip(text, pattern).allSatisfy { $0 == $1 || $1 == UInt8(ascii: "?") }
  }
}
