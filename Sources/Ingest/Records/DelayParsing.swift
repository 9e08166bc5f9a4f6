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
    return Int64(exactly: (max(0, number) * milliseconds).rounded())
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

/// Milliseconds of `26s`, `36.4s`, `6m0s`, `1h 30m`, `100ms`, `2 minutes`; nil for anything else.
func parseDuration(_ text: Bytes) -> Int64? {
  let (delay, end) = duration(in: text)
  return end == text.count ? delay : nil
}

/// The delay that stands in a message after one of a few phrases, such as `retry after 20 seconds`.
func delay(in message: Bytes, after phrases: [String]) -> Int64? {
  for phrase in phrases {
    let phrase = Array(phrase.utf8)
    guard let first = phrase.first, phrase.count < message.count else { continue }
    for start in 0..<message.count - phrase.count where lower(message[start]) == first {
      let end = start + phrase.count
      guard message[start..<end].elementsEqual(phrase, by: { lower($0) == $1 }) else { continue }
      let rest = message.part(end..<message.count)
      if let delay = duration(in: rest, unit: 1000).delay { return delay }
    }
  }
  return nil
}

/// The duration at the start of a text, and where it ends. A number without a unit has `unit`, if
/// that is given.
private func duration(in text: Bytes, unit: Double? = nil) -> (delay: Int64?, end: Int) {
  var sum = 0.0
  var hasPart = false
  var end = 0
  var place = 0
  while true {
    while place < text.count, text[place] == 0x20 { place += 1 }
    let start = place
    while place < text.count, isNumberByte(text[place]) { place += 1 }
    // A full stop after a number ends the sentence.
    while place > start, text[place - 1] == UInt8(ascii: ".") { place -= 1 }
    guard let number = text.part(start..<place).number else { break }
    let numberEnd = place
    while place < text.count, text[place] == 0x20 { place += 1 }
    let word = place
    while place < text.count, isLetter(text[place]) { place += 1 }
    if let milliseconds = unitMilliseconds(text.part(word..<place)) {
      sum += number * milliseconds
      end = place
    } else if let unit, !hasPart {
      return (Int64(exactly: (number * unit).rounded()), numberEnd)
    } else {
      break
    }
    hasPart = true
  }
  return (hasPart ? Int64(exactly: sum.rounded()) : nil, end)
}

private func unitMilliseconds(_ word: Bytes) -> Double? {
  switch String(repairing: word).lowercased() {
  case "ms", "millisecond", "milliseconds": 1
  case "s", "sec", "secs", "second", "seconds": 1000
  case "m", "min", "mins", "minute", "minutes": 60_000
  case "h", "hr", "hrs", "hour", "hours": 3_600_000
  case "d", "day", "days": 86_400_000
  default: nil
  }
}

private func isNumberByte(_ byte: UInt8) -> Bool {
  (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".")
}

private func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(lower(byte)) }
