internal import Files
internal import JSON
internal import Profiles
internal import Times

// How long to wait, in the forms that bodies, headers and messages have for it.

extension BodyProfile.Delay {
  /// Milliseconds; nil where the body does not say.
  func delay(in body: JSONValue) -> Int64? {
    guard let value = at.value(in: body) else { return nil }
    guard var number = value.number ?? value.string?.trimmed.number else {
      // A duration such as `26s`.
      return value.string.flatMap { parseDuration($0.trimmed) }
    }
    if let minus { number -= minus.value(in: body)?.number ?? 0 }
    if let per {
      guard let portion = per.value(in: body)?.number, portion > 0 else { return nil }
      number /= portion
    }
    let delay = Int64(exactly: (max(0, number) * milliseconds).rounded())
    // A time since 1970: of those only `resets` tell.
    return delay.flatMap { $0 < 1_000_000_000_000 ? $0 : nil }
  }
}

/// Milliseconds until a limit begins anew: seconds, a time since 1970 in seconds or milliseconds, a
/// date, a duration such as `6m0s`, or what `RateLimit` says with `t=` or `reset=`.
func parseReset(_ value: JSONValue, time: Int64?, zone: Zone) -> Int64? {
  let value = scalar(value)
  if let number = value.number ?? value.string?.trimmed.number {
    guard number >= 0 else { return nil }
    if number < 1e9 { return Int64(exactly: (number * 1000).rounded()) }
    let until = Int64(exactly: (number > 1e12 ? number : number * 1000).rounded())
    guard let until, let time else { return nil }
    return max(0, until - time)
  }
  guard let text = value.string?.trimmed else { return nil }
  if let duration = parseDuration(text) { return duration }
  if let delay = parameter("t", of: text) ?? parameter("reset", of: text) {
    return Int64(exactly: Double(delay) * 1000)
  }
  guard let time, let until = parseTime(text, zone: zone) else { return nil }
  return max(0, until - time)
}

/// The number of `name=number` in a list.
private func parameter(_ name: StaticString, of text: Bytes) -> Int64? {
  for part in text.split(whereSeparator: { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ",") }) {
    let part = Bytes(rebasing: part).trimmed
    guard let equals = part.place(of: UInt8(ascii: "=")), part.part(0..<equals).isEqual(to: name)
    else { continue }
    return part.part(equals + 1..<part.count).trimmed.integer
  }
  return nil
}

/// Milliseconds of `26s`, `36.4s`, `6m0s`, `1h 30m`, `100ms`, `00:00:30`; nil for anything else.
func parseDuration(_ text: Bytes) -> Int64? {
  guard let span = Span(in: text), span.end == text.count else { return nil }
  return span.milliseconds
}
