internal import Events
internal import Files
internal import JSON
internal import Profiles
internal import Times

// How long an event asks to wait, beyond what its body says in a member of its own.
extension EventBuilder {
  /// Milliseconds, by the headers; of a limit also by when it begins anew, or by its message.
  func retryAfter(
    of kind: Kind, _ body: JSONValue?, message: Bytes?, _ vendor: VendorProfile?
  ) -> Int64? {
    let header = fields.first(.retryAfter) { candidate in
      parseRetryAfter(
        candidate.value, inMilliseconds: fields.paths.nodes[Int(candidate.node)].isInMilliseconds,
        time: time, zone: times.zone)
    }
    if let header { return header }
    guard kind.limits else { return nil }
    return reset(in: body, vendor) ?? message.flatMap { delay(in: $0, vendor) }
      ?? body.flatMap { ResetWalk(firstError(of: $0), time: time, zone: times.zone).delay }
      ?? (kind == .rateLimit ? headerReset() : usedUpReset())
  }

  /// When a quota begins anew that a header says is used up.
  private func usedUpReset() -> Int64? {
    guard !fields.candidates(.quota).isEmpty, let time else { return nil }
    quotas.readAll(fields, time: time, zone: times.zone)
    return quotas.quotas.lazy.filter { $0.remaining == 0 }.compactMap(\.reset).max()
  }

  /// What the headers of a part of a batch say.
  func retryAfter(of part: BatchAnswer.Part) -> Int64? {
    guard let headers = part.headers else { return nil }
    for (name, value) in headers.members where name.isEqual(ignoringCase: "Retry-After") {
      return parseRetryAfter(value, inMilliseconds: false, time: time, zone: times.zone)
    }
    for header in headers.elements
    where header["name"]?.string?.isEqual(ignoringCase: "Retry-After") == true {
      return header["value"].flatMap {
        parseRetryAfter($0, inMilliseconds: false, time: time, zone: times.zone)
      }
    }
    return nil
  }

  /// What a member of the body says of when the limit begins anew.
  private func reset(in body: JSONValue?, _ vendor: VendorProfile?) -> Int64? {
    guard let body = body.map({ firstError(of: $0) }), mayTellWhen(body) else { return nil }
    for profile in [vendor?.body, catalog.genericVendor.body] {
      for path in profile?.resets ?? UnsafeBufferPointer(start: nil, count: 0) {
        if let value = path.value(in: body), !value.isObject,
          let reset = parseReset(value, time: time, zone: times.zone)
        {
          return reset
        }
      }
    }
    return nil
  }

  /// Whether a member is named as those are that say when, in a body or one step below; what stands
  /// deeper is looked for.
  private func mayTellWhen(_ body: JSONValue) -> Bool {
    let words = EventBuilder.whenWords
    func isLike(_ name: Bytes) -> Bool {
      guard name.count > 3, let base = name.baseAddress else { return false }
      return (0...name.count - 4).contains { start in
        let word = UnsafeRawPointer(base + start).loadUnaligned(as: UInt32.self)
        return words.contains(word | 0x2020_2020)
      }
    }
    return body.members.contains { name, value in
      isLike(name)
        || value.members.contains { isLike($0.key) || $0.value.isObject || $0.value.isArray }
        || value.element(0).map { $0.members.contains { isLike($0.key) || $0.value.isObject } }
          ?? false
    }
  }

  /// The beginnings of words, four small letters in one number.
  private static let whenWords = ["rese", "retr", "wait", "cool", "back", "rate"].map { word in
    word.utf8.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
  }

  /// What a message says: in the words of its vendor, else in those of any.
  func delay(in message: Bytes, _ vendor: VendorProfile?) -> Int64? {
    let generic = catalog.genericVendor.body.retryText
    return DelayProse(time: time, zone: times.zone)
      .delay(in: message, after: vendor.map { [$0.body.retryText, generic] } ?? [generic])
  }

  /// When a limit begins anew that is used up; where nothing says how much is left, the first of
  /// which that is said.
  private func headerReset() -> Int64? {
    guard !fields.candidates(.reset).isEmpty || !fields.candidates(.quota).isEmpty, let time else {
      return isUsedUp ? firstReset() : nil
    }
    quotas.readAll(fields, time: time, zone: times.zone)
    var isKnown = false
    var longest: Int64?
    for quota in quotas.quotas {
      guard let remaining = quota.remaining else { continue }
      isKnown = true
      if remaining == 0, let reset = quota.reset { longest = max(longest ?? 0, reset) }
    }
    if let longest { return longest }
    if isKnown, quotas.quotas.contains(where: { $0.remaining != nil && $0.reset != nil }) {
      return nil
    }
    return isUsedUp ? firstReset() : nil
  }

  private func firstReset() -> Int64? {
    fields.first(.reset) { parseReset($0.value, time: time, zone: times.zone) }
  }

  /// Whether nothing says that some of the limit is left.
  private var isUsedUp: Bool {
    !fields.candidates(.remaining).contains { candidate in
      let value = scalar(candidate.value)
      return (value.number ?? value.string?.trimmed.number ?? 0) > 0
    }
  }
}
