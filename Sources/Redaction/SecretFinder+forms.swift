internal import Files

// Keys that no prefix tells but their form: what stands in their middle or at their end.
extension SecretFinder {
  /// Seen from the word they begin with.
  func afterForm(_ start: Int, _ end: Int) -> Int? {
    let word = text.part(start..<end)
    switch end - start {
    case 2 where text[start] == UInt8(ascii: "v"): return afterPASETO(start, end)
    case 4 where text[start] == UInt8(ascii: "1"): return afterZohoToken(start, end)
    case 5 where text[end - 1] == UInt8(ascii: "Q"): return afterAzureSecret(start, end)
    case 14 where peek(end) == UInt8(ascii: "."): return afterTerraformToken(start, end)
    case 15 where peek(end) == UInt8(ascii: "!"): return afterSalesforceToken(start, end)
    case 16 where peek(end) == UInt8(ascii: ":"): return afterAsanaToken(start, end)
    case 36, 37: return isMailchimpKey(word) ? add(start, end, "mailchimp") : nil
    case 40:
      if word.hasSuffix("NRAL"), isOpaque(word, least: 40) { return add(start, end, "newrelic") }
      if word.hasSuffix("_mmk"), word[6] == 0x5F { return add(start, end, "maxmind") }
      // MySQL's hashes of passwords.
      let isHash =
        peek(start - 1) == UInt8(ascii: "*") && word.allSatisfy { $0.isDigit || $0.isUpper }
      return isHash && word.allSatisfy { $0.hexValue != nil } ? add(start - 1, end, "hash") : nil
    case 50: return isMailgunKey(word) ? add(start, end, "mailgun") : nil
    default: return nil
    }
  }

  private func isHex(_ text: Bytes, _ count: Int) -> Bool {
    text.count == count && text.allSatisfy { $0.isDigit || (0x61...0x66).contains($0) }
  }

  /// 32 hexadecimal digits, `-us` and the number of a data centre.
  private func isMailchimpKey(_ word: Bytes) -> Bool {
    isHex(word.part(0..<32), 32) && word.part(32..<35).isEqual(to: "-us")
      && word.part(35..<word.count).allSatisfy(\.isDigit)
  }

  private func isMailgunKey(_ word: Bytes) -> Bool {
    isHex(word.part(0..<32), 32) && word[32] == 0x2D && isHex(word.part(33..<41), 8)
      && word[41] == 0x2D && isHex(word.part(42..<50), 8)
  }

  /// `v4.local.…`: <https://github.com/paseto-standard/paseto-spec>.
  private func afterPASETO(_ start: Int, _ end: Int) -> Int? {
    guard (0x31...0x34).contains(text[start + 1]) else {
      return nil
    }
    let body: Int
    if text.part(end..<end + 7).isEqual(to: ".local.") {
      body = end + 7
    } else if text.part(end..<end + 8).isEqual(to: ".public.") {
      body = end + 8
    } else {
      return nil
    }
    var last = endOfWord(from: body)
    guard last - body >= 24 else { return nil }
    if peek(last) == UInt8(ascii: "."), endOfWord(from: last + 1) > last + 1 {
      last = endOfWord(from: last + 1)
    }
    return add(start, last, "paseto")
  }

  private func endOfWord(from start: Int) -> Int {
    var end = start
    while peek(end)?.isOne(of: .word) == true { end += 1 }
    return end
  }

  /// `1000.….…`, twice 32 hexadecimal digits.
  private func afterZohoToken(_ start: Int, _ end: Int) -> Int? {
    guard text.part(start..<end).isEqual(to: "1000"), peek(end) == UInt8(ascii: "."),
      isHex(text.part(end + 1..<end + 33), 32), peek(end + 33) == UInt8(ascii: "."),
      isHex(text.part(end + 34..<end + 66), 32)
    else { return nil }
    return add(start, end + 66, "zoho")
  }

  /// Three letters, a digit, `Q~` and some thirty letters more.
  private func afterAzureSecret(_ start: Int, _ end: Int) -> Int? {
    guard text[end - 2].isDigit, peek(end) == UInt8(ascii: "~") else { return nil }
    var last = end + 1
    while let byte = peek(last), last < end + 48,
      byte.isOne(of: .word) || byte == UInt8(ascii: "~") || byte == UInt8(ascii: ".")
    {
      last += 1
    }
    while text[last - 1] == UInt8(ascii: ".") { last -= 1 }
    return (31...36).contains(last - end - 1) ? add(start, last, "azure") : nil
  }

  private func afterTerraformToken(_ start: Int, _ end: Int) -> Int? {
    guard text.part(end..<end + 9).isEqual(to: ".atlasv1.") else { return nil }
    let last = endOfWord(from: end + 9)
    return last - end >= 60 ? add(start, last, "terraform") : nil
  }

  /// The id of an organisation, `!`, a session.
  private func afterSalesforceToken(_ start: Int, _ end: Int) -> Int? {
    guard text.part(start..<start + 3).isEqual(to: "00D") else {
      return nil
    }
    var last = end + 1
    while let byte = peek(last), byte.isOne(of: .word) || byte == UInt8(ascii: ".") { last += 1 }
    return last - end > 60 ? add(start, last, "salesforce") : nil
  }

  private func afterAsanaToken(_ start: Int, _ end: Int) -> Int? {
    guard text.part(start..<end).allSatisfy(\.isDigit),
      isHex(text.part(end + 1..<end + 33), 32), peek(end + 33)?.isOne(of: .word) != true
    else { return nil }
    return add(start, end + 33, "asana")
  }

  /// A macaroon: <https://github.com/rescrv/libmacaroons/blob/master/doc/format.txt>.
  func afterMacaroon(_ start: Int, _ end: Int) -> Int? {
    guard end - start >= 8 else { return nil }
    let isText = text.part(start..<start + 3).isEqual(to: "MDA")
    guard isText || text.part(start..<start + 2).isEqual(to: "Ag") else {
      return nil
    }
    let last = paddingEnd(from: base64End(from: end))
    guard last - start >= 60 else { return nil }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 192) { room in
      var bits: UInt32 = 0
      var held = 0
      var count = 0
      for byte in text.part(start..<min(last, start + 240)) {
        guard let value = base64Value(byte), count < room.count else { break }
        bits = bits << 6 | value
        held += 6
        guard held >= 8 else { continue }
        held -= 8
        room[count] = UInt8(truncatingIfNeeded: bits >> UInt32(held))
        count += 1
      }
      let head = Bytes(rebasing: UnsafeBufferPointer(room)[..<count])
      return (isText ? isPacketMacaroon(head) : isBinaryMacaroon(head))
        ? add(start, last, "macaroon") : nil
    }
  }

  /// `0021location …`: the length of a packet in four hexadecimal digits, and what it is.
  private func isPacketMacaroon(_ bytes: Bytes) -> Bool {
    bytes.part(0..<4).allSatisfy { $0.hexValue != nil }
      && (bytes.part(4..<12).isEqual(to: "location")
        || bytes.part(4..<14).isEqual(to: "identifier"))
  }

  /// Version 2, a location or none, an identifier; each with its length before it.
  private func isBinaryMacaroon(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 40, bytes[0] == 2 else { return false }
    if bytes[1] == 1 {
      let length = Int(bytes[2])
      guard bytes.part(3..<3 + length).allSatisfy({ (0x21...0x7E).contains($0) }) else {
        return false
      }
      return length >= 3 && (3 + length >= bytes.count || bytes[3 + length] == 2)
    }
    guard bytes[1] == 2 else { return false }
    let end = 3 + Int(bytes[2])
    // Caveats follow, or the end of them.
    return bytes[2] >= 8 && (end >= bytes.count || bytes[end] <= 4)
  }

  /// The private half of a key of PuTTY's, and what signs it.
  func afterPuTTYKey(_ start: Int, _ end: Int) -> Int? {
    let word = text.part(start..<end)
    let isLines = word.isEqual(to: "Private-Lines")
    guard isLines || word.isEqual(to: "Private-MAC"), peek(end) == UInt8(ascii: ":") else {
      return nil
    }
    var place = end + 1
    while let byte = peek(place), SecretFinder.isPartOfPEM(byte) { place += 1 }
    while place > end, text[place - 1].isBlank { place -= 1 }
    guard place - end > 24 else { return nil }
    return add(end + 1, place, "putty")
  }
}
