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

/// Microseconds. A value may carry its own unit (`8ms`) or be a span of hours, minutes and seconds;
/// else `unit` is asked; text with just three decimals is seconds, as NGINX and its kin write them;
/// anything else milliseconds.
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

/// The number and the unit of `8ms`, `0.123`, `1m30s`, `00:00:01.234`, `PT1.5S`.
func splitUnit(_ text: Bytes) -> (Double, GatewayProfile.LatencyUnit?)? {
  let text = text.trimmed
  if let number = text.number { return (number, nil) }
  if let seconds = clockSpan(text) ?? isoSpan(text) { return (seconds, .seconds) }
  guard let end = text.lastIndex(where: { (0x30...0x39).contains($0) }),
    let number = text.part(0..<end + 1).number ?? goDuration(text)
  else { return nil }
  let suffix = String(repairing: text.part(end + 1..<text.count).trimmed).lowercased()
  return GatewayProfile.LatencyUnit(word: suffix).map { (number, $0) }
}

/// Seconds of `00:00:01.2345678`, as .NET prints a span, and of `0:00:01.234567`, as Dart and Python do.
private func clockSpan(_ text: Bytes) -> Double? {
  guard text.count >= 7 else { return nil }
  let colon = text[1] == UInt8(ascii: ":") ? 1 : 2
  guard text.count >= colon + 6, text[colon] == UInt8(ascii: ":"),
    text[colon + 3] == UInt8(ascii: ":"), let hours = text.part(0..<colon).integer,
    let minutes = text.part(colon + 1..<colon + 3).integer,
    let seconds = text.part(colon + 4..<text.count).number, hours >= 0, (0..<60).contains(minutes),
    (0..<60).contains(seconds)
  else { return nil }
  return Double(hours * 3600 + minutes * 60) + seconds
}

/// Seconds of `PT1M1.5S`, as ISO 8601 writes a span.
private func isoSpan(_ text: Bytes) -> Double? {
  guard text.count > 3, text.starts(with: "PT".utf8) else { return nil }
  return goDuration(text.part(2..<text.count))
}

/// The hours and minutes of a duration as Go prints it (`1h2m3.5s`), and its seconds, together as
/// seconds.
private func goDuration(_ text: Bytes) -> Double? {
  var seconds = 0.0
  var start = 0
  for (place, byte) in text.enumerated() where byte | 0x20 > 0x60 {
    guard let number = text.part(start..<place).number else { return nil }
    switch byte | 0x20 {
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

/// Milliseconds to wait: a number of seconds (or milliseconds), a span such as `30s`, or a moment.
func parseRetryAfter(_ value: JSONValue, inMilliseconds: Bool, time: Int64?, zone: Zone) -> Int64? {
  let value = scalar(value)
  if let number = value.number ?? value.string?.trimmed.number {
    guard number >= 0 else { return nil }
    // Nobody asks to wait for decades: such a number is a moment, counted from 1970.
    if number >= (inMilliseconds ? 1e12 : 1e9) {
      return parseTime(number: number).flatMap { until in time.map { max(0, until - $0) } }
    }
    return Int64(exactly: (number * (inMilliseconds ? 1 : 1000)).rounded())
  }
  if let duration = value.string.flatMap({ parseDuration($0.trimmed) }) { return duration }
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
