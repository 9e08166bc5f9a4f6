internal import Files
internal import Times

// What a value must be.
extension LayoutMatcher {
  /// Whether a value is one of its sort, or stands for none.
  func isOne(_ value: Bytes, of check: CompiledLayout.Step.Check) -> Bool {
    if isNullMarker(value) { return true }
    switch check {
    case .duration, .seconds, .span, .whole, .amount:
      guard mayBeAmount(value) else { return false }
    case .time:
      if isDotted(value) { return false }
    default: break
    }
    return switch check {
    case .none, .name: true
    case .status: parseStatus(value) != nil
    case .time: isTime(value)
    case .partOfTime: isClock(value) || parseTime(value, zone: .utc, reference: someTime) != nil
    case .duration: splitUnit(value) != nil || areDurations(value)
    case .seconds: isSeconds(value)
    case .span: isSpan(value)
    case .whole: value.integer != nil
    case .amount: value.first.map { $0 == UInt8(ascii: "-") || $0.isDigit } ?? true
    case .host: value.count < 19 || !isTime(value)
    case .address: isNumericAddress(value)
    case .level: LogLevel(value) != nil
    case .hostName:
      value.last != UInt8(ascii: ":") && !isAddress(value) && (value.count < 19 || !isTime(value))
    }
  }

  /// Whether a byte is a sign that stands in no time.
  static func isNoSignOfTimes(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "="), UInt8(ascii: "|"), UInt8(ascii: "?"),
      UInt8(ascii: "#"), UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "<"):
      true
    default: false
    }
  }

  /// Whether a value is a time of day, whose date stands in another: `15:04:05.123`, `3:04PM`.
  private func isClock(_ value: Bytes) -> Bool {
    let colon = UInt8(ascii: ":")
    if (6...7).contains(value.count), value[value.count - 1] == UInt8(ascii: "M"),
      value[value.count - 5] == colon
    {
      return value.part(0..<value.count - 5).integer != nil
        && value.part(value.count - 4..<value.count - 2).integer != nil
    }
    guard (8...18).contains(value.count), value[2] == colon, value[5] == colon else { return false }
    return value.part(0..<2).integer != nil && value.part(3..<5).integer != nil
      && value.part(6..<8).integer != nil
  }

  /// Whether a value begins as numbers and spans of time do.
  private func mayBeAmount(_ value: Bytes) -> Bool {
    guard let first = value.first else { return true }
    switch first {
    case 0x30...0x39, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "P"),
      UInt8(ascii: "~"), UInt8(ascii: "<"):
      return true
    default: return false
    }
  }

  /// Whether a value begins with digits between dots, as most clients' addresses are: no time does.
  private func isDotted(_ value: Bytes) -> Bool {
    var dots = 0
    for byte in value.prefix(16) {
      if byte == UInt8(ascii: ".") {
        dots += 1
      } else if !byte.isDigit {
        return byte == 0x20 && dots == 3
      }
    }
    return dots == 3
  }

  /// Whether a value has a unit, or as many decimals as programs write of seconds: two are those of a ratio.
  private func isSeconds(_ value: Bytes) -> Bool {
    guard let (_, unit) = splitUnit(value) else { return false }
    guard unit == nil else { return true }
    guard let point = value.place(of: UInt8(ascii: ".")) else { return false }
    return value.count - point > 3
  }

  /// Whether a value is how long something took, whatever stands around it: three, six or nine decimals are
  /// those of seconds, unless they are of a clock.
  private func isSpan(_ value: Bytes) -> Bool {
    guard let (number, unit) = splitUnit(value) else { return false }
    guard unit == nil else { return value.last.map { !$0.isDigit } ?? false }
    guard let point = value.place(of: UInt8(ascii: ".")), number < 86_400 else { return false }
    return [4, 7, 10].contains(value.count - point)
  }

  /// Whether a value is a list of durations, as NGINX writes that of each server it tried.
  private func areDurations(_ value: Bytes) -> Bool {
    value.split(whereSeparator: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ":") }).allSatisfy {
      let part = Bytes(rebasing: $0).trimmed
      return isNullMarker(part) || splitUnit(part) != nil
    }
  }

  /// Who asked, in free text: as a whole in quotes, which are no part of the name, or without any; and
  /// without what stands between fields.
  func name(in text: Bytes) -> Bytes? {
    let quote = UInt8(ascii: "\"")
    if let first = text.place(of: quote) {
      guard first == 0, text.part(1..<text.count).place(of: quote) == text.count - 2 else {
        return nil
      }
      return text.part(1..<text.count - 1)
    }
    for place in text.indices {
      if text[place] == UInt8(ascii: "[") { return nil }
      if text[place] == UInt8(ascii: "-"), place > 0, text[place - 1].isBlank,
        place + 1 == text.count || text[place + 1].isBlank
      {
        return nil
      }
    }
    // `>`, `|` or `INFO access:` is the end of what another program put there.
    if text.last == UInt8(ascii: ":") { return nil }
    return isNullMarker(text) || text.contains { $0.isNameByte || $0 >= 0x80 } ? text : nil
  }

  /// Whether a host, perhaps with a port, is an IP address, or several are.
  private func isAddress(_ host: Bytes) -> Bool {
    let colons = host.count { $0 == UInt8(ascii: ":") }
    if colons > 1 || host.first == UInt8(ascii: "[") { return true }
    return host.allSatisfy {
      (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":")
        || $0 == UInt8(ascii: ",") || $0.isBlank
    }
  }

  /// `192.0.2.7`, `::1`, `fe80::1%2`
  private func isNumericAddress(_ text: Bytes) -> Bool {
    let marks = text.count { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
    return marks > 1
      && text.allSatisfy {
        $0.isDigit || $0 | 0x20 &- 0x61 < 6 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":")
          || $0 == UInt8(ascii: "%")
      }
  }

  private func isTime(_ text: Bytes) -> Bool {
    times.time(text) { text in
      // A date alone is not when a request was made.
      let hasClock =
        text.place(of: UInt8(ascii: ":")) != nil || text.place(of: UInt8(ascii: "T")) != nil
        || text.count == 15 && text[8] == UInt8(ascii: "-")
      guard hasClock || text.number != nil else { return nil }
      return parseTime(text, zone: .utc, reference: someTime)
    } != nil
  }
}
