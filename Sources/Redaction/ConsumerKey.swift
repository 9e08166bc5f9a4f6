internal import Files

/// Whether a consumer is a key: it begins as a vendor's keys do, or it is long and random.
func isKey(_ consumer: Bytes) -> Bool {
  guard consumer.count >= 8, consumer.allSatisfy({ KeyPrefix.Tail.dotted.holds($0) || $0 == 0x7E })
  else { return false }
  if let (end, _) = KeyPrefixes.all.key(in: consumer, at: 0), end == consumer.count { return true }
  return isRandom(consumer)
}

/// Long and without words: kinds of bytes that change all the time, in one long stretch. Ids that
/// are known by their form are none.
private func isRandom(_ text: Bytes) -> Bool {
  guard (20...512).contains(text.count), !isKnownID(text) else { return false }
  var pairs = 0
  var turns = 0
  var stretch = 0
  var longest = 0
  var seen: ByteClass = []
  var previous: UInt8 = 0
  for byte in text {
    if byte.isLetterOrDigit {
      stretch += 1
      longest = max(longest, stretch)
      seen.formUnion(byte.isDigit ? .digit : byte.isUpper ? .upper : .nonHex)
      if stretch > 1 {
        pairs += 1
        // A word begins with a capital.
        if kind(byte) != kind(previous), !(previous.isUpper && byte.isLower) { turns += 1 }
      }
    } else {
      stretch = 0
    }
    previous = byte
  }
  guard longest >= 14, seen.rawValue.nonzeroBitCount >= 2, pairs > 0 else { return false }
  return Double(turns) / Double(pairs) >= 0.24
}

private func kind(_ byte: UInt8) -> Int { byte.isDigit ? 0 : byte.isUpper ? 1 : 2 }

/// UUIDs, also within a name or without dashes; ULIDs; object ids; ids that say what they are of.
func isKnownID(_ text: Bytes) -> Bool {
  if text.count >= 36, (0...text.count - 36).contains(where: { isUUID(text.part($0..<$0 + 36)) }) {
    return true
  }
  if text.count == 26, text[0] < 0x38, text.allSatisfy({ $0.isDigit || $0.isUpper }) { return true }
  if text.allSatisfy({ $0.hexValue != nil }) {
    return text.count == 24 || (text.count == 32 && isVersion(text[12], text[16]))
  }
  guard let end = text.firstIndex(where: { $0 == 0x5F || $0 == 0x2D || $0 == 0x2E }) else {
    return false
  }
  return ids.contains { text.part(0..<end).isEqual(ignoringCase: $0) }
}

/// Whether these digits of a UUID say its version and variant.
private func isVersion(_ version: UInt8, _ variant: UInt8) -> Bool {
  (0x31...0x38).contains(version) && [0x38, 0x39, 0x61, 0x62].contains(variant.lower)
}

private let ids: [StaticString] = [
  "user", "usr", "cus", "cust", "customer", "acct", "account", "org", "team", "tenant", "client",
  "app", "agent", "member", "proj", "project", "svc", "service", "ws", "workspace", "u", "c", "t",
  "consumer", "company", "cmp", "sub", "id", "auth0", "google-oauth2", "partner", "install",
]
