internal import Files
internal import Profiles

// Lines that no layout fits.
extension TextReader {
  /// Reads a line that no layout fits, where it tells of one response all the same; `isDated`: a time stood
  /// before it. `isMember`: it stands in a record, which is asked itself whether a call failed.
  func readLoosely(_ text: Bytes, isDated: Bool = false, isMember: Bool = false) -> Record? {
    // Of the lines of a gateway that is given, its layouts are known, and what stands before its pairs.
    guard !isForced else { return withoutColours(text, ownPairs) ?? ownPairs(text) }
    if let record = inField(of: text, { looseRecord($0, isDated, isMember) }) { return record }
    if let record = looseRecord(text, isDated, isMember) { return record }
    return withoutColours(text) { looseRecord($0, isDated, isMember) }
  }

  /// Reads pairs behind what a profile says that stands before them.
  private func ownPairs(_ text: Bytes) -> Record? {
    begin()
    let line = LoosePairs.behindPrefix(text, isDated: false, gateway: gateway(thatBeginsWith:))
    return line.flatMap { $0.gateway == nil ? nil : record($0) }
  }

  private func record(_ line: LoosePairs.Line) -> Record {
    begin()
    add("\"time\":", line.time)
    add(line.pairs)
    return record(writtenBy: line.gateway)
  }

  /// Reads the line that a field of a table holds; nil where none does.
  private func inField(of text: Bytes, _ read: (Bytes) -> Record?) -> Record? {
    guard let inner = QuotedField.line(in: text) else { return nil }
    field = inner
    return field.withUnsafeBufferPointer { self.read($0) ?? read($0) }
  }

  private func looseRecord(_ text: Bytes, _ isDated: Bool, _ isMember: Bool) -> Record? {
    begin()
    if let event = SecurityEvent(text) {
      let time = event.date.map(written) ?? event.time
      add("\"time\":", time ?? LooseTime.find(in: text, before: min(text.count, 64)))
      let isPath = event.target?.first == UInt8(ascii: "/")
      add(isPath ? "\"url.path\":" : "\"url.full\":", event.target)
      add(event.pairs)
      return record(writtenBy: nil)
    }
    if let event = WindowsEvent(text) {
      add("\"time\":", event.written)
      add(event.pairs)
      return record(writtenBy: nil)
    }
    let labelled = LoosePairs.labelled(text)
    if !labelled.isEmpty {
      if let own = rules.ownGateway(labelled: labelled.map(\.key)) {
        add(labelled)
        return record(writtenBy: own)
      }
      // `host` is who asked, as `%h` is.
      add(
        labelled.map { pair in
          pair.key.isEqual(to: "host")
            ? LoosePairs.Pair(key: bytes(of: "remote_addr"), value: pair.value) : pair
        })
      return record(writtenBy: ltsv)
    }
    if let (record, prefix) = read(behindPrefixOf: text) {
      add("\"asctime\":", LooseTime.find(in: prefix, before: prefix.count))
      return record
    }
    begin()
    if let line = LooseLine(text) {
      add("\"time\":", LooseTime.find(in: text, before: line.start))
      add("\"http.request.method\":", line.method)
      add(
        line.target.first == UInt8(ascii: "/") ? "\"url.path\":" : "\"url.full\":", line.target)
      add("\"http.response.status_code\":", line.status)
      let isSeconds = line.latency?.number != nil
      add(isSeconds ? "\"request_time\":" : "\"latency\":", line.latency)
      if line.latency == nil { add("\"request_time\":", line.namedSeconds()) }
      add("\"upstream_status\":", line.upstreamStatus())
      let rest = text.part(line.request.upperBound..<text.count)
      let beside = line.pairs() + LooseSegments.pairs(in: rest)
      add(beside.filter { isBesideRequest($0.key, isTimed: line.latency != nil) })
      return record(writtenBy: nil)
    }
    if let line = LooseColumns(text, isDated: isDated) {
      add("\"time\":", line.time ?? LooseTime.find(in: text, before: min(text.count, 64)))
      add("\"http.request.method\":", line.method)
      add(
        line.target.first == UInt8(ascii: "/") ? "\"url.path\":" : "\"url.full\":", line.target)
      add("\"http.response.status_code\":", line.status)
      return record(writtenBy: nil)
    }
    if let line = LooseStatusLine(text, isDated: isDated) {
      add("\"time\":", line.time)
      add("\"http.response.status_code\":", line.status)
      add("\"url.path\":", line.target)
      add("\"latency\":", line.latency)
      return record(writtenBy: nil)
    }
    if !isMember, let call = LooseCall(text) {
      add("\"time\":", LooseTime.find(in: call.prefix, before: call.prefix.count))
      add("\"http.request.method\":", MethodNames.name(of: call.method) ?? call.method)
      add("\"url.full\":", call.target)
      add("\"error\":", call.failure)
      return record(writtenBy: nil)
    }
    if let line = LoosePairs.behindPrefix(
      text, isDated: isDated, gateway: gateway(thatBeginsWith:))
    {
      return record(line)
    }
    if let line = LooseSegments(text), let status = status(of: line.pairs) {
      add("\"time\":", LooseTime.find(in: line.prefix, before: line.prefix.count))
      add("\"http.response.status_code\":", line.pairs[status].value)
      add(line.pairs.indices.filter { $0 != status }.map { line.pairs[$0] })
      return record(writtenBy: nil)
    }
    if let line = LooseOutcome(text, isDated: isDated) {
      add("\"time\":", line.time)
      add("\"http.response.status_code\":", line.status)
      add("\"url.full\":", line.target)
      add("\"latency\":", line.latency)
      add(line.line.pairs().filter { isBesideRequest($0.key, isTimed: line.latency != nil) })
      return record(writtenBy: nil)
    }
    return nil
  }

  /// Which of some labelled values is the status, where they tell of one response: something else has to be
  /// said that only a response has.
  private func status(of pairs: [LoosePairs.Pair]) -> Int? {
    var status: Int?
    var hasWitness = false
    for (place, pair) in pairs.enumerated() {
      let fields = fields(of: pair.key)
      if fields.contains(.status) {
        guard LooseLine.isStatus(pair.value), status == nil else { return nil }
        status = place
      } else if fields.contains(.path) || fields.contains(.method) {
        hasWitness =
          hasWitness || pair.value.first == UInt8(ascii: "/") || isMethod(pair.value)
          || isURL(pair.value)
      } else if fields.contains(.latency) {
        hasWitness = hasWitness || splitUnit(pair.value)?.1 != nil
      } else if fields.contains(.requestID) || fields.contains(.identifier) {
        hasWitness = true
      }
    }
    guard let status else { return nil }
    let isFailure = pairs[status].value[0] > UInt8(ascii: "3")
    return hasWitness || isFailure && pairs.contains { $0.key.isEqual(ignoringCase: "error") }
      ? status : nil
  }

  private func fields(of key: Bytes) -> [GatewayProfile.Field] {
    let name = String(repairing: key)
    return rules.meanings(
      of: [normalisedPath(name)], flags: [rules.flags(of: name)], name: NameWords(name)
    ).filter { $0.gateway < 0 }.map(\.field)
  }

  /// Whether a pair behind a request says something about it that its line has no other place for.
  private func isBesideRequest(_ key: Bytes, isTimed: Bool) -> Bool {
    fields(of: key).contains {
      switch $0 {
      case .requestID, .identifier, .consumer, .retryAfter, .body, .code: true
      case .latency: !isTimed
      default: false
      }
    }
  }

  /// Adds to the line read last what its record says beside it.
  func add(_ name: StaticString, _ value: Bytes?) {
    guard let value else { return }
    add(LayoutMatcher.Value(name: bytes(of: name), text: value, isQuoted: false))
  }

  private func add(_ pairs: [LoosePairs.Pair]) {
    for pair in pairs {
      add(
        LayoutMatcher.Value(
          name: nil, key: pair.key, text: pair.value, isQuoted: pair.isQuoted))
    }
  }
}
