internal import Batches
internal import Files
internal import JSON
internal import Profiles
internal import Times

/// Reads what the headers of a response say of quotas: how much there is, how much is left, and
/// when the quota begins anew.
///
/// Quotas that begin anew within the hour are passed over, as nobody plans by them.
struct QuotaReader {
  /// A header that speaks of a quota: what it tells, and of which quota.
  struct Header {
    enum Part {
      case limit, remaining, reset
      /// Several of these in one: `"daily";r=12;t=3600`, `limit=100, remaining=12, reset=30`.
      case state
      /// `"daily";q=100;w=86400`
      case policy
      /// `api-usage=18/5000`
      case usage
    }

    var part: Part
    var name: String
  }

  /// A quota as one response tells of it; times in milliseconds.
  struct Quota: Equatable {
    var name: String
    var limit: Int64?
    var remaining: Int64?
    /// From the response on.
    var reset: Int64?
    var window: Int64?

    /// Whether it lasts long enough to be kept.
    var isLong: Bool {
      if let window = window ?? QuotaReader.window(of: name) {
        return window >= 20 * Milliseconds.hour
      }
      return (reset ?? 0) > Milliseconds.hour
    }
  }

  /// What the name of a header tells of how long its quota lasts.
  private enum Hint: UInt8 {
    case unasked
    /// Its quota is a long one, or the value may say so.
    case long
    /// Its quota is a short one, or the header is about none.
    case short
    /// The value tells when it begins anew.
    case reset
    /// Another header tells.
    case elsewhere
  }

  /// By the node of the header's path. Most lines that speak of quotas speak of short ones alone,
  /// which is so found out at little cost.
  private var hints: ContiguousArray<Hint> = []
  private var headers: [Int32: Header] = [:]
  private(set) var quotas: [Quota] = []

  /// Reads the quotas of the record that was read last.
  mutating func read(_ fields: FieldReader, time: Int64, zone: Zone) {
    if !quotas.isEmpty { quotas.removeAll(keepingCapacity: true) }
    guard mayTellOfLong(fields, time: time, zone: zone) else { return }
    for candidate in fields.candidates(.quota) {
      guard let header = headers[candidate.node] else { continue }
      add(header, candidate.value, time: time, zone: zone)
    }
  }

  /// The same of all quotas, however short.
  mutating func readAll(_ fields: FieldReader, time: Int64, zone: Zone) {
    if !quotas.isEmpty { quotas.removeAll(keepingCapacity: true) }
    for candidate in fields.candidates(.quota) {
      _ = hint(of: candidate.node, in: fields.paths)
      guard let header = headers[candidate.node] else { continue }
      add(header, candidate.value, time: time, zone: zone)
    }
  }

  private mutating func mayTellOfLong(_ fields: FieldReader, time: Int64, zone: Zone) -> Bool {
    var isLong = false
    for candidate in fields.candidates(.quota) {
      switch hint(of: candidate.node, in: fields.paths) {
      case .long: isLong = true
      case .reset:
        if isLong { continue }
        let reset = parseReset(candidate.value, time: time, zone: zone) ?? 0
        isLong = reset > Milliseconds.hour
      case .unasked, .short, .elsewhere: continue
      }
    }
    return isLong
  }

  @inline(__always)
  private mutating func hint(of node: Int32, in paths: PathTree) -> Hint {
    if Int(node) < hints.count, hints[Int(node)] != .unasked { return hints[Int(node)] }
    return ask(node, in: paths)
  }

  private mutating func ask(_ node: Int32, in paths: PathTree) -> Hint {
    let missing = Int(node) + 1 - hints.count
    if missing > 0 { hints.append(contentsOf: repeatElement(.unasked, count: missing)) }
    let header = Header(String(decoding: paths.nodes[Int(node)].key, as: UTF8.self))
    headers[node] = header
    let window = header.flatMap { QuotaReader.window(of: $0.name) }
    let hint: Hint =
      switch (header?.part, window) {
      case (nil, _): .short
      case (.state, _), (.policy, _), (.usage, _): .long
      case (_, let window?): window >= 20 * Milliseconds.hour ? .long : .short
      case (.reset, nil): .reset
      case (_, nil): .elsewhere
      }
    hints[Int(node)] = hint
    return hint
  }

  private mutating func add(_ header: Header, _ value: JSONValue, time: Int64, zone: Zone) {
    let value = scalar(value)
    switch header.part {
    case .limit: if let limit = amount(value) { quotas[place(of: header.name)].limit = limit }
    case .remaining:
      if let rest = amount(value) { quotas[place(of: header.name)].remaining = rest }
    case .reset:
      if let reset = parseReset(value, time: time, zone: zone) {
        quotas[place(of: header.name)].reset = reset
      }
    case .state, .policy: if let text = value.string { addItems(of: text, header) }
    case .usage: if let text = value.string { addUsage(text, header) }
    }
  }

  private mutating func place(of name: String) -> Int {
    if let place = quotas.firstIndex(where: { $0.name == name }) { return place }
    quotas.append(Quota(name: name))
    return quotas.count - 1
  }

  /// The number at the start of a value: `100`, `100;w=60`, `100, 100;w=60`.
  private func amount(_ value: JSONValue) -> Int64? {
    if let number = value.number {
      return number >= 0 ? Int64(exactly: number.rounded(.down)) : nil
    }
    guard let text = value.string?.trimmed else { return nil }
    let end = text.firstIndex { !(0x30...0x39).contains($0) } ?? text.count
    return text.part(0..<end).integer
  }

  /// <https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/>, and what it was
  /// once.
  private mutating func addItems(of text: Bytes, _ header: Header) {
    for item in text.split(separator: UInt8(ascii: ",")) {
      var name = header.name
      for part in item.split(separator: UInt8(ascii: ";")) {
        let part = Bytes(rebasing: part).trimmed
        guard let equals = part.place(of: UInt8(ascii: "=")) else {
          // A policy's name, or in its older form its limit.
          if let limit = part.integer {
            quotas[place(of: name)].limit = limit
          } else {
            name = String(String(repairing: part).filter { $0 != "\"" }.prefix(Header.longest))
          }
          continue
        }
        let key = part.part(0..<equals).trimmed
        guard let number = part.part(equals + 1..<part.count).trimmed.integer, number >= 0 else {
          continue
        }
        let place = place(of: name)
        let time = number.multipliedReportingOverflow(by: 1000)
        switch String(repairing: key) {
        case "r", "remaining": quotas[place].remaining = number
        case "q", "limit": quotas[place].limit = number
        case "t", "reset": if !time.overflow { quotas[place].reset = time.partialValue }
        case "w": if !time.overflow { quotas[place].window = time.partialValue }
        default: break
        }
      }
    }
  }

  private mutating func addUsage(_ text: Bytes, _ header: Header) {
    guard let equals = text.place(of: UInt8(ascii: "=")) else { return }
    let rest = text.part(equals + 1..<text.count)
    guard let slash = rest.place(of: UInt8(ascii: "/")),
      let used = rest.part(0..<slash).trimmed.integer, used >= 0
    else { return }
    let end = rest.firstIndex { $0 == 0x20 || $0 == UInt8(ascii: ",") } ?? rest.count
    guard end > slash, let limit = rest.part(slash + 1..<end).trimmed.integer, limit >= 0 else {
      return
    }
    let place = place(of: header.name)
    quotas[place].limit = limit
    quotas[place].remaining = max(0, limit - used)
  }

  /// The length of a quota's period by its name, in milliseconds.
  private static func window(of name: String) -> Int64? {
    for word in name.split(separator: "-") {
      switch word {
      case "day", "daily", "24hour", "24hours", "24h", "today", "api": return Milliseconds.day
      case "week", "weekly": return 7 * Milliseconds.day
      case "month", "monthly": return 30 * Milliseconds.day
      case "year", "yearly": return 365 * Milliseconds.day
      case "hour", "hourly": return Milliseconds.hour
      case "minute", "second", "secondly", "rolling", "burst", "concurrent": return 0
      default: continue
      }
    }
    return nil
  }
}

extension QuotaReader.Header {
  fileprivate static let longest = 64
  /// Words of a name that say where the header comes from, not what it is.
  private static let around: Set<String> = [
    "x", "sent", "http", "resp", "response", "upstream", "header", "headers", "rate",
  ]

  /// By its name as a log writes it; nil where it is not about a quota.
  init?(_ name: String) {
    var words = NameWords.words(of: name)
    if words.suffix(3) == ["sforce", "limit", "info"] {
      self.init(part: .usage, name: "api")
      return
    }
    // `RateLimit` is one word in two.
    for place in words.indices.dropLast().reversed()
    where words[place] == "rate" && words[place + 1] == "limit" {
      words.replaceSubrange(place...place + 1, with: ["ratelimit"])
    }
    guard
      let start = words.firstIndex(where: { $0 == "ratelimit" || $0 == "quota" || $0 == "limit" })
    else { return nil }
    var about = Array(words[(start + 1)...])
    var part = about.isEmpty ? Part.state : .limit
    for (word, meaning) in [
      ("remaining", Part.remaining), ("reset", .reset), ("policy", .policy), ("limit", .limit),
    ] {
      guard let place = about.firstIndex(of: word) else { continue }
      about.remove(at: place)
      part = meaning
      break
    }
    let before = words[..<start].filter { !Self.around.contains($0) }
    self.init(
      part: part, name: String((before + about).joined(separator: "-").prefix(Self.longest)))
  }
}
