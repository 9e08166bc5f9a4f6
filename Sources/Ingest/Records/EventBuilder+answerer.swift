internal import Batches
internal import Events
internal import Files
internal import JSON
internal import Profiles

// Who made a response, on positive evidence only.
extension EventBuilder {
  /// Adds who answered: by what the gateway's profile knows of, then by what it says of the answer
  /// behind it. Where the client hung up nobody did, and the error is that it was cancelled.
  func addAnswerer(
    to row: inout EventRow, upstream: Int?, _ error: ClassifiedBody, hasProfile: Bool
  ) {
    let told = evidence()
    // What a body's code says happened before the client left, and so did a limit.
    if told == .client, !error.isToldByCode, row.status != 429 { row.kind = .cancelled }
    if told == .client || row.kind == .cancelled && !error.isToldByCode {
      row.answeredBy = .unknown
      return
    }
    switch told {
    case .vendor: row.answeredBy = .vendor
    case .gateway: row.answeredBy = .gateway
    case .client, nil:
      row.answeredBy = answeredBy(
        status: Int(row.status), upstream: upstream, vendorsOwn: hasProfile && error.isToldByCode)
    }
  }

  /// What the first of the gateway's evidence tells that holds.
  private func evidence() -> GatewayProfile.Answerer? {
    let evidence = gateway.evidence
    if evidence.isEmpty { return nil }
    for candidate in fields.candidates(.answer) {
      let rule = evidence[Int(candidate.rank) / 16]
      if !rule.isAbsent, rule.holds(for: candidate.value) { return rule.by }
    }
    guard !fields.isLaidOut else { return nil }
    return evidence.enumerated().first { place, rule in
      rule.isAbsent
        && !fields.candidates(.answer).contains {
          Int($0.rank) / 16 == place && !isNothing($0.value)
        }
    }?.element.by
  }

  private func answeredBy(status: Int, upstream: Int?, vendorsOwn: Bool) -> AnsweredBy {
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
}

/// Whether a value stands for nothing; of a list, its last.
func isNothing(_ value: JSONValue) -> Bool {
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
      let pattern = Array(expected.utf8)[...]
      if matches(text, pattern) { return true }
      let comma = UInt8(ascii: ",")
      return text.place(of: comma) != nil
        && text.split(separator: comma).contains { matches(Bytes(rebasing: $0), pattern) }
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
