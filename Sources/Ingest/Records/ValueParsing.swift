internal import Files
internal import JSON
internal import Profiles
internal import Times

/// How single values of a line are read: each returns nil for what is no such value.

/// A status from 100 to 999; 0 where the value says that there was no response.
func parseStatus(_ value: JSONValue) -> Int? {
  let value = scalar(value)
  if let text = value.string { return parseStatus(text) }
  guard let number = value.integer else { return nil }
  if number == 0 || number == -1 { return 0 }
  return (100...999).contains(number) ? Int(number) : nil
}

/// A status as text, also `429 Too Many Requests`; of a list such as `502, 200` the last.
func parseStatus(_ text: Bytes) -> Int? {
  var text = text.trimmed
  if text.count > 4, text[3] == 0x20, text[4] | 0x20 > 0x60 { text = text.part(0..<3) }
  if let number = text.integer ?? text.number.flatMap({ Int64(exactly: $0) }) {
    if number == 0 || number == -1 { return 0 }
    return (100...999).contains(number) ? Int(number) : nil
  }
  guard let cut = text.lastIndex(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ":") })
  else { return nil }
  return parseStatus(text.part(cut + 1..<text.count))
}

/// Milliseconds since the epoch.
func parseTime(_ value: JSONValue, zone: Zone, reference: Int64? = nil) -> Int64? {
  let value = scalar(value)
  if let text = value.string { return parseTime(text, zone: zone, reference: reference) }
  if let integer = value.integer { return parseTime(integer: integer) }
  return value.number.flatMap { parseTime(number: $0) }
}

/// Microseconds of a count since the epoch, as precise as it is written: a span is shorter than its
/// ends are long. A date is good for milliseconds.
func parseInstant(_ value: JSONValue) -> Int64? {
  let value = scalar(value)
  guard let count = value.integer ?? value.string?.integer else {
    return parseTime(value, zone: .utc)?.multipliedReportingOverflow(by: 1000).partialValue
  }
  switch count {
  case ..<1: return nil
  case ..<100_000_000_000: return count * 1_000_000
  case ..<100_000_000_000_000: return count * 1000
  case ..<100_000_000_000_000_000: return count
  default: return count / 1000
  }
}

/// `GET`, in capitals.
func parseMethod(_ text: Bytes) -> Bytes? {
  (3...10).contains(text.count) && text.allSatisfy { (0x41...0x5A).contains($0) } ? text : nil
}

/// Method and path of `GET /path HTTP/1.1`; `GET` alone has no path. Where the version stands at the end, any
/// word is a method, and all that stands between is the path.
func parseRequestLine(_ text: Bytes) -> (method: Bytes, path: Bytes)? {
  guard let first = text.firstIndex(of: 0x20) else {
    return parseMethod(text) != nil && isMethod(text) ? (text, text.part(0..<0)) : nil
  }
  if let end = versionStart(in: text), end > first, isToken(text.part(0..<first)) {
    return (text.part(0..<first), text.part(first + 1..<end))
  }
  guard let method = parseMethod(text.part(0..<first)) else { return nil }
  let rest = text.part(first + 1..<text.count)
  return (method, rest.part(0..<(rest.firstIndex(of: 0x20) ?? rest.count)))
}

/// Where ` HTTP/1.1` begins that ends a request line.
func versionStart(in text: Bytes) -> Int? {
  let longest = 9
  guard let blank = text.suffix(longest).lastIndex(of: 0x20),
    text.part(blank + 1..<text.count).starts(with: "HTTP/".utf8)
  else { return nil }
  return blank
}

/// Whether a word may be a method: <https://www.rfc-editor.org/rfc/rfc9110#name-tokens>, of letters first.
private func isToken(_ word: Bytes) -> Bool {
  guard (1...24).contains(word.count), word[0] | 0x20 > 0x60, word[0] | 0x20 < 0x7B else {
    return false
  }
  return word.allSatisfy {
    switch $0 {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }
}

/// Whether a word is a method of HTTP, in either case, and not anything else in capitals.
func isMethod(_ text: Bytes) -> Bool {
  methods.contains { text.isEqual(ignoringCase: $0) }
}

private let methods: [StaticString] = [
  "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT",
]

/// Microseconds. A value may carry its own unit (`8ms`); else `unit` is asked; text with just three
/// decimals is seconds, as NGINX and its kin write them; anything else milliseconds.
func parseLatency(_ value: JSONValue, unit: () -> GatewayProfile.LatencyUnit?) -> Int64? {
  let value = scalar(value)
  var own: GatewayProfile.LatencyUnit?
  let number: Double
  if let text = value.string {
    guard let (amount, suffix) = splitUnit(text) else { return nil }
    number = amount
    own = suffix
    if own == nil { own = unit() ?? (hasThreeDecimals(text) ? .seconds : nil) }
  } else if let amount = value.number {
    number = amount
    own = unit()
  } else {
    return nil
  }
  guard number >= 0 else { return nil }
  return Int64(exactly: (number * (own ?? .milliseconds).microseconds).rounded())
}

/// The number and the unit of `8ms`, `0.123`, `1m30s`.
func splitUnit(_ text: Bytes) -> (Double, GatewayProfile.LatencyUnit?)? {
  let text = text.trimmed
  if let number = text.number { return (number, nil) }
  guard let end = text.lastIndex(where: { (0x30...0x39).contains($0) }),
    let number = text.part(0..<end + 1).number ?? goDuration(text)
  else { return nil }
  let suffix = text.part(end + 1..<text.count).trimmed
  switch String(repairing: suffix).lowercased() {
  case "ns": return (number, .nanoseconds)
  case "us", "µs", "μs", "usec", "usecs", "microseconds": return (number, .microseconds)
  case "ms", "msec", "msecs", "millis", "milliseconds": return (number, .milliseconds)
  case "s", "sec", "secs", "seconds": return (number, .seconds)
  default: return nil
  }
}

/// The hours and minutes of a duration as Go prints it (`1h2m3.5s`), and its seconds, together as
/// seconds.
private func goDuration(_ text: Bytes) -> Double? {
  var seconds = 0.0
  var start = 0
  for (place, byte) in text.enumerated() where byte | 0x20 > 0x60 {
    guard let number = text.part(start..<place).number else { return nil }
    switch byte {
    case UInt8(ascii: "h"): seconds += number * 3600
    case UInt8(ascii: "m"): seconds += number * 60
    case UInt8(ascii: "s"): seconds += number
    default: return nil
    }
    start = place + 1
  }
  return start == text.count ? seconds : nil
}

private func hasThreeDecimals(_ text: Bytes) -> Bool {
  text.count > 4 && text[text.count - 4] == UInt8(ascii: ".")
}

/// Milliseconds to wait: a number of seconds (or milliseconds), or a date.
func parseRetryAfter(_ value: JSONValue, inMilliseconds: Bool, time: Int64?, zone: Zone) -> Int64? {
  let value = scalar(value)
  if let number = value.number ?? value.string?.trimmed.number {
    guard number >= 0 else { return nil }
    return Int64(exactly: (number * (inMilliseconds ? 1 : 1000)).rounded())
  }
  guard let text = value.string, let time, let until = parseTime(text, zone: zone) else {
    return nil
  }
  return max(0, until - time)
}

/// An id as text; small counters are none.
func parseIdentifier(_ value: JSONValue) -> Bytes? {
  guard let text = scalar(value).string, (4...256).contains(text.count), !isNullMarker(text) else {
    return nil
  }
  return text
}

/// The trace id of a W3C `traceparent`, of Amazon's `Root=ID;Parent=…`, of `projects/P/traces/ID`;
/// other ids as they are.
func traceID(in id: Bytes) -> Bytes {
  // A UUID or a bare trace id, as most are.
  if id.count <= 36, id.place(of: UInt8(ascii: "/")) == nil { return id }
  if id.place(of: UInt8(ascii: "=")) != nil, let root = amazonRoot(of: id) { return root }
  if isTraceparent(id) { return id.part(3..<35) }
  if id.place(of: UInt8(ascii: "/")) != nil, let slash = id.lastIndex(of: UInt8(ascii: "/")),
    slash + 1 < id.count
  {
    return id.part(slash + 1..<id.count)
  }
  return id
}

/// The trace id of Amazon's `Root=ID;Parent=…`; other ids as they are.
func amazonID(_ id: Bytes) -> Bytes {
  id.place(of: UInt8(ascii: "=")) == nil ? id : amazonRoot(of: id) ?? id
}

/// The trace id of a W3C `traceparent`; other ids as they are.
func parentTraceID(in id: Bytes) -> Bytes { isTraceparent(id) ? id.part(3..<35) : id }

/// <https://www.w3.org/TR/trace-context/#traceparent-header>
private func isTraceparent(_ id: Bytes) -> Bool {
  id.count == 55 && id[2] == UInt8(ascii: "-") && id[35] == UInt8(ascii: "-")
}

private func amazonRoot(of id: Bytes) -> Bytes? {
  id.split(separator: UInt8(ascii: ";")).first { $0.starts(with: "Root=".utf8) }
    .map { Bytes(rebasing: $0.dropFirst(5)) }
}
