internal import Files
internal import JSON
internal import Profiles

// Whether a record is that of an HTTP response. Jobs, devices and databases have a status as well.
extension EventBuilder {
  /// The response's status; 0 where there was no response.
  @inline(__always)
  func status(of request: Request, _ record: JSONValue) -> Int? {
    fields.first(.status) { candidate in
      guard let status = status(candidate.value) else { return nil }
      guard candidate.isUnclear else { return status }
      // A bare code may be anybody's: it is HTTP's beside a method alone.
      if fields.paths.nodes[Int(candidate.node)].isBareCode {
        return (200..<600).contains(status) && request.method.map(isMethod) ?? false ? status : nil
      }
      return isExchange(request, record) || saysReason(candidate.value) || saysNothingElse(record)
        || isTimed(candidate, status)
        || ErrorMembers.areAll(of: record, status, isStatusCode(candidate))
        ? status : nil
    }
  }

  /// Whether what is called the code of a status, and can be one of HTTP's, stands beside how long it took.
  private func isTimed(_ candidate: FieldReader.Candidate, _ status: Int) -> Bool {
    guard isStatusCode(candidate), (200..<600).contains(status) else { return false }
    return fields.candidates(.latency).contains {
      $0.value.number ?? $0.value.string.flatMap(splitUnit)?.0 != nil
    }
  }

  private func isStatusCode(_ candidate: FieldReader.Candidate) -> Bool {
    fields.paths.nodes[Int(candidate.node)].isStatusCode
  }

  /// Whether a record speaks of HTTP: by what was asked for, by what only HTTP's messages have, by
  /// a vendor of APIs, by an error's body, or in words.
  private func isExchange(_ request: Request, _ record: JSONValue) -> Bool {
    if let method = request.method, isMethod(method) { return true }
    return fields.candidates(.path).contains { scalar($0.value).string.map(isWebTarget) ?? false }
      || fields.candidates(.method).contains { $0.value.string.map(isMethod) ?? false }
      || fields.candidates(.requestLine).contains { $0.value.string.map(isPathAlone) ?? false }
      || fields.candidates(.exchange).contains { isThere($0.value) }
      || fields.candidates(.retryAfter).contains { isThere($0.value) }
      || vendors.known(from: fields, target: request.host) != nil
      || hasBody(record) || ExchangeWords.stand(in: record) || Request(toldBy: record) != nil
  }

  private func isThere(_ value: JSONValue) -> Bool {
    scalar(value).string.map { !isNullMarker($0) } ?? true
  }

  /// What was asked for, without how.
  private func isPathAlone(_ text: Bytes) -> Bool {
    text.first == UInt8(ascii: "/") && text.place(of: 0x20) == nil
  }

  /// A path, or a URL of the web: buckets and databases have URLs as well.
  private func isWebTarget(_ text: Bytes) -> Bool {
    text.first == UInt8(ascii: "/") || text.starts(with: "http://".utf8)
      || text.starts(with: "https://".utf8) || text.starts(with: "ws://".utf8)
      || text.starts(with: "wss://".utf8)
  }

  /// Whether a body stands in the record by its name, or an error that is more than a text.
  private func hasBody(_ record: JSONValue) -> Bool {
    fields.candidates(.body).contains { candidate in
      if fields.paths.nodes[Int(candidate.node)].mayHoldBody { return isThere(candidate.value) }
      guard candidate.value.isSame(as: record) else { return candidate.value.isObject }
      return record["error"]?.isObject ?? record["errors"]?.isArray ?? false
    }
  }

  /// Whether a record has no member but those that are read of responses, and its level: there is
  /// nothing whose status it could be instead.
  private func saysNothingElse(_ record: JSONValue) -> Bool {
    var node = 0
    for (key, _) in record.members {
      node = fields.paths.child(of: 0, after: node, named: key)
      let isRead = node > 0 && fields.paths.nodes[node].isKnown
      if !isRead, !EventBuilder.levels.contains(where: { $0.elementsEqual(key) }) { return false }
    }
    return true
  }

  private static let levels = ["level", "severity"].map { Array($0.utf8) }

  /// Whether a status has its reason behind it: `404 Not Found`.
  private func saysReason(_ value: JSONValue) -> Bool {
    guard let text = scalar(value).string?.trimmed else { return false }
    return text.count > 4 && text[3] == 0x20
  }
}
