internal import Files

// What a value looks like: made by a machine, a word, a path, a placeholder. Of a long value only
// the beginning is looked at.

/// So many first bytes are looked at.
private let glance = 128

/// Whether it looks made by a machine: letters with digits or signs among them, or many digits.
func isOpaque(_ value: Bytes, least: Int) -> Bool {
  guard value.count >= least else { return false }
  var digits = 0
  var letters = 0
  var uppers = 0
  var signs = 0
  var turns = 0
  var previous: UInt8 = 0
  for byte in value.prefix(glance) {
    if byte.isBlank { return false }
    if byte.isDigit {
      digits += 1
    } else if byte.isLetter {
      letters += 1
      if byte.isUpper {
        uppers += 1
        if previous.isLower { turns += 1 }
      }
    } else if [0x21, 0x24, 0x2A, 0x5E, 0x40, 0x23, 0x7E, 0x2B, 0x3D].contains(byte) {
      signs += 1
    }
    previous = byte
  }
  if looksLikeDate(value) || looksLikeVersion(value) || looksLikeAddress(value) { return false }
  if letters == 0 { return digits >= 8 }
  if digits > 0 { return true }
  return signs > 0 || (value.count >= 16 && turns >= 3 && letters - uppers > 0)
}

/// One long word in one case, longer than words are.
func isLongWord(_ value: Bytes) -> Bool {
  value.count >= 16 && value.prefix(glance).allSatisfy { $0.isLetterOrDigit }
}

private func looksLikeDate(_ value: Bytes) -> Bool {
  value.count >= 10 && value[4] == UInt8(ascii: "-") && value[7] == UInt8(ascii: "-")
    && value.prefix(4).allSatisfy(\.isDigit)
}

/// `1.2.3`, `v10`, `10:30`, `5/10`.
private func looksLikeVersion(_ value: Bytes) -> Bool {
  guard value.count < 16, value.contains(where: { [0x2E, 0x3A, 0x2F].contains($0) }) else {
    return false
  }
  return value.enumerated().allSatisfy { place, byte in
    byte.isDigit || [0x2E, 0x3A, 0x2F].contains(byte) || (place == 0 && byte.lower == 0x76)
  }
}

/// A path or a URL, which is looked at by itself.
private func looksLikeAddress(_ value: Bytes) -> Bool {
  if value[0] == UInt8(ascii: "/") { return value.prefix(glance).dropFirst().contains(0x2F) }
  return value.starts(with: "http".utf8) && value.prefix(10).contains(UInt8(ascii: ":"))
}

/// Whether every part between `- _ . / :` is a word, a number, or a word with a short number behind
/// it: `us-east-1`, `step_2`, `oauth2`, `getUserById`.
func isMadeOfWords(_ value: Bytes) -> Bool {
  var letters = 0
  var digits = 0
  /// How often a capital follows a small letter: a word of its own begins there.
  var turns = 0
  var previous: UInt8 = 0
  for byte in value.prefix(glance) {
    if byte.isLetter {
      if digits > 0 { return false }
      letters += 1
      if byte.isUpper, previous.isLower { turns += 1 }
      if turns > 3, letters < turns * 5 { return false }
    } else if byte.isDigit {
      digits += 1
      if digits > 4 { return false }
    } else {
      letters = 0
      digits = 0
      turns = 0
    }
    if letters > 20 { return false }
    previous = byte
  }
  return true
}

/// Capitals, small letters and digits, one after the other as in no word: `fT5jKd9WQx`.
func isMixed(_ value: Bytes) -> Bool {
  var seen: ByteClass = []
  var turns = 0
  var previous: UInt8 = 0
  for byte in value.prefix(glance) where byte.isLetterOrDigit {
    seen.formUnion(byte.isDigit ? .digit : byte.isUpper ? .upper : .nonHex)
    let isTurn =
      byte.isDigit != previous.isDigit || (byte.isUpper && previous.isLower)
      || (byte.isUpper && previous.isUpper)
    if isTurn, previous != 0 { turns += 1 }
    previous = byte
  }
  // A long one may have no digit by chance.
  guard seen.contains([.upper, .nonHex]), value.count >= 20 || seen.contains(.digit) else {
    return false
  }
  return turns * 4 >= min(value.count, glance)
}

func isUUID(_ value: Bytes) -> Bool {
  guard value.count == 36 else { return false }
  for (place, byte) in value.enumerated() {
    let isDash = place == 8 || place == 13 || place == 18 || place == 23
    if isDash ? byte != UInt8(ascii: "-") : byte.hexValue == nil { return false }
  }
  return true
}

/// `req_…`, `run-…`: an id, whatever it is called.
func isTypedID(_ value: Bytes) -> Bool {
  let head = value.prefix { $0.isLower }
  guard (2...5).contains(head.count), head.count < value.count,
    value[head.count] == UInt8(ascii: "_") || value[head.count] == UInt8(ascii: "-")
  else { return false }
  return ["req", "run", "evt", "trace", "id", "job", "msg", "usr", "user", "org", "cus"].contains {
    Bytes(rebasing: head).isEqual(to: $0)
  }
}

/// A path, as `pwd` names one: `/home/app`, `~/x`, `C:\x`.
func isFolder(_ value: Bytes) -> Bool {
  guard let first = value.first else { return false }
  let isRooted =
    first == UInt8(ascii: "/") || first == UInt8(ascii: "~") || first == UInt8(ascii: ".")
    || (first.isLetter && value.count > 2 && value[1] == 0x3A && [0x5C, 0x2F].contains(value[2]))
  return isRooted
    && value.prefix(glance).allSatisfy {
      $0.isOne(of: .word) || [0x2F, 0x2E, 0x7E, 0x5C, 0x3A, 0x20].contains($0) || $0 >= 0x80
    }
}

/// `HS256`, `HMAC-SHA256`, `oauth2`.
func isAlgorithm(_ value: Bytes) -> Bool {
  guard value.count <= 20 else { return false }
  let heads: [StaticString] = [
    "sha", "hmac", "hs", "rs", "es", "ps", "md5", "aes", "oauth", "rsa", "ed", "http", "utf", "iso",
  ]
  return isMadeOfWords(value)
    && heads.contains { value.part(0..<$0.utf8CodeUnitCount).isEqual(ignoringCase: $0) }
}

/// `sk-XG6G****wlmi`: whoever wrote it had hidden the secret already.
private func isMasked(_ value: Slice<Bytes>) -> Bool {
  var stars = 0
  for byte in value {
    stars = byte == UInt8(ascii: "*") ? stars + 1 : 0
    if stars == 4 { return true }
  }
  return false
}

/// `default-token-8xk2p`, `api-7d9f8b6c5-x2vlq`: words, and what Kubernetes adds to make a name.
func isGeneratedName(_ value: Bytes) -> Bool {
  guard value.count <= 63, value.allSatisfy({ $0.isLower || $0.isDigit || $0 == 0x2D }) else {
    return false
  }
  let parts = value.split(separator: UInt8(ascii: "-"))
  return parts.count > 2 && parts[0].count > 2 && parts[0].allSatisfy(\.isLower)
    && parts[parts.count - 1].count == 5
}

/// What stands where a secret would: `***`, `<token>`, `${TOKEN}`, a tag of ours.
func isPlaceholder(_ value: Bytes) -> Bool {
  guard let first = value.first, let last = value.last else { return true }
  if value.starts(with: "[redacted:".utf8) { return value.count <= 40 && last == 0x5D }
  let isMask = value.prefix(glance).allSatisfy {
    $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "x")
      || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "#")
  }
  if isMask || isMasked(value.prefix(glance)) { return true }
  guard value.count <= 48 else { return false }
  switch first {
  case UInt8(ascii: "<"): return last == UInt8(ascii: ">")
  case UInt8(ascii: "{"): return last == UInt8(ascii: "}")
  case UInt8(ascii: "["): return last == UInt8(ascii: "]")
  case UInt8(ascii: "$"): return value.count > 2 && value[1] == UInt8(ascii: "{") && last == 0x7D
  default: return false
  }
}
