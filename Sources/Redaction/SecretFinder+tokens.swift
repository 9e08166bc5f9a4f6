internal import Files

// Tokens that are known by their form.
extension SecretFinder {
  /// A JSON web token, a private key, a bot's token, a webhook's address.
  func afterToken(_ start: Int, _ end: Int) -> Int? {
    switch text[start] {
    case UInt8(ascii: "e") where end - start >= 10: return afterWebToken(start, end)
    case UInt8(ascii: "-"):
      return end - start >= 4 && text[start + 1] == UInt8(ascii: "-")
        ? afterPrivateKey(start, end) ?? afterOption(start, end) : afterOption(start, end)
    case UInt8(ascii: "M"), UInt8(ascii: "N"), UInt8(ascii: "O"):
      guard end - start >= 16 else { return nil }
      return (end - start >= 23 ? afterDiscordToken(start, end) : nil) ?? afterMacaroon(start, end)
    case UInt8(ascii: "A"): return afterMacaroon(start, end)
    case UInt8(ascii: "P") where end - start >= 11: return afterPuTTYKey(start, end)
    case 0x30...0x39 where end - start >= 8: return afterTelegramToken(start, end)
    case UInt8(ascii: "b") where end - start >= 11:
      return text[start + 1] == UInt8(ascii: "o") ? afterTelegramToken(start, end) : nil
    case UInt8(ascii: "s"), UInt8(ascii: "w"): return afterWebhook(start, end)
    default: return nil
    }
  }

  /// Three or five parts of base64, of which the first begins with `{"`:
  /// <https://www.rfc-editor.org/rfc/rfc7519>.
  private func afterWebToken(_ start: Int, _ end: Int) -> Int? {
    guard text.part(start..<end).starts(with: "eyJ".utf8) else { return nil }
    var last = end
    var parts = 1
    while parts < 5, peek(last) == UInt8(ascii: ".") {
      var next = last + 1
      while peek(next)?.isOne(of: .word) == true { next += 1 }
      if next == last + 1, parts < 2 { break }
      last = next
      parts += 1
    }
    // One that is cut off has its first part only.
    if parts == 1 {
      guard end == text.count, end - start >= 16 else { return nil }
    } else if last - end < 5, last < text.count {
      return nil
    }
    while last > end, text[last - 1] == UInt8(ascii: ".") { last -= 1 }
    return add(start, last, "jwt")
  }

  /// `-----BEGIN … PRIVATE KEY-----` and what follows it, up to its end or to what cannot be part
  /// of it: <https://www.rfc-editor.org/rfc/rfc7468>.
  private func afterPrivateKey(_ start: Int, _ end: Int) -> Int? {
    // `---- BEGIN SSH2 …` has a space more and a dash less.
    let begins =
      text.part(start..<end).isEqual(to: "-----BEGIN")
      || (end - start == 4 && text.part(end..<end + 7).isEqual(to: " BEGIN "))
    guard begins, holds("PRIVATE KEY", from: end, within: 48) else { return nil }
    var place = end
    while let byte = peek(place), SecretFinder.isPartOfPEM(byte) {
      if byte == UInt8(ascii: "-"),
        text.part(place..<place + 8).isEqual(to: "-----END")
          || text.part(place..<place + 8).isEqual(to: "---- END")
      {
        let last = min(place + 64, text.count)
        place += 8
        while place < last, !text.part(place..<place + 4).isEqual(to: "----") { place += 1 }
        while place < last, peek(place) == UInt8(ascii: "-") { place += 1 }
        break
      }
      place += 1
    }
    return add(start, place, "pem")
  }

  static func isPartOfPEM(_ byte: UInt8) -> Bool {
    byte.isOne(of: .word) || byte.isBlank
      || [0x2B, 0x2F, 0x3D, 0x3A, 0x2C, 0x2E, 0x5C, 0x25, 0x28, 0x29].contains(byte)
  }

  private func holds(_ words: StaticString, from start: Int, within length: Int) -> Bool {
    let count = words.utf8CodeUnitCount
    for place in start..<min(start + length, text.count)
    where text.part(place..<place + count).isEqual(to: words) { return true }
    return false
  }

  /// A user's id, a time and a signature: <https://discord.com/developers/docs/reference>.
  private func afterDiscordToken(_ start: Int, _ end: Int) -> Int? {
    guard end - start <= 30, peek(end) == UInt8(ascii: ".") else { return nil }
    var middle = end + 1
    while peek(middle)?.isOne(of: .word) == true { middle += 1 }
    guard (6...7).contains(middle - end - 1), peek(middle) == UInt8(ascii: ".") else { return nil }
    var last = middle + 1
    while peek(last)?.isOne(of: .word) == true { last += 1 }
    return last - middle - 1 >= 27 ? add(start, last, "discord") : nil
  }

  /// `123456789:…`, also behind `bot` in a path: <https://core.telegram.org/bots/api>.
  private func afterTelegramToken(_ start: Int, _ end: Int) -> Int? {
    let digits = text[start].isDigit ? start : start + 3
    guard (8...10).contains(end - digits), peek(end) == UInt8(ascii: ":"),
      text.part(digits..<end).allSatisfy(\.isDigit)
    else { return nil }
    var last = end + 1
    while peek(last)?.isOne(of: .word) == true { last += 1 }
    return (34...36).contains(last - end - 1) ? add(digits, last, "telegram") : nil
  }

  /// `/services/T…/B…/…` of Slack and `/webhooks/…/…` of Discord: whoever knows it may post there.
  private func afterWebhook(_ start: Int, _ end: Int) -> Int? {
    let word = text.part(start..<end)
    guard peek(end) == UInt8(ascii: "/") else { return nil }
    if word.isEqual(to: "services") || word.isEqual(to: "workflows") {
      guard peek(end + 1) == UInt8(ascii: "T") else { return nil }
      let last = afterSegments(from: end + 1)
      return last - end >= 32 ? add(end + 1, last, "webhook") : nil
    }
    if word.isEqual(to: "webhookb2") {
      var last = end + 1
      while let byte = peek(last), byte.isOne(of: .word) || byte == 0x2F || byte == 0x40 {
        last += 1
      }
      return last - end > 32 ? add(end + 1, last, "webhook") : nil
    }
    guard word.isEqual(to: "webhooks"), peek(end + 1)?.isDigit == true else { return nil }
    var last = end + 1
    while peek(last)?.isDigit == true { last += 1 }
    guard last - end > 16, peek(last) == UInt8(ascii: "/") else { return nil }
    let stop = afterSegments(from: last + 1)
    return stop - last > 50 ? add(last + 1, stop, "webhook") : nil
  }

  private func afterSegments(from start: Int) -> Int {
    var end = start
    while let byte = peek(end), byte.isOne(of: .word) || byte == UInt8(ascii: "/") { end += 1 }
    return end
  }
}
