internal import Files

// Hashes of passwords as they are stored: <https://en.wikipedia.org/wiki/Crypt_(C)>.
extension SecretFinder {
  /// `$2b$12$…`, `$argon2id$v=19$…`, also behind the name of a way to hash: `pbkdf2_sha256$…`,
  /// `scrypt:32768:8:1$…`; seen from its first `$`.
  func afterHash(at place: Int) -> Int {
    guard place >= seen.hash else { return place + 1 }
    var start = place
    while start > max(settled, place - 32), isPartOfHash(text[start - 1]), text[start - 1] != 0x3D,
      text[start - 1] != UInt8(ascii: "/")
    {
      start -= 1
    }
    var end = place
    /// Where its last part begins: that is the hash.
    var last = place
    while let byte = peek(end), byte == UInt8(ascii: "$") || isPartOfHash(byte) {
      end += 1
      if byte == UInt8(ascii: "$") { last = end }
    }
    seen.hash = end
    while end > last, text[end - 1] == UInt8(ascii: ".") || text[end - 1] == 0x2C { end -= 1 }
    guard end - last >= 20 else { return place + 1 }
    let head = text.part(start..<place)
    if !SecretFinder.ways.contains(where: { head.starts(with: $0) }) {
      // `user:$2b$…`
      guard peek(place - 1)?.isOne(of: .word) != true, last > place + 1,
        isNameOfHash(text.part(place + 1..<last - 1))
      else { return place + 1 }
      start = place
      // `…:1000:1000:/home/user`, and of bcrypt fifty-three letters.
      let mark = text.part(last..<end).firstIndex { $0 == UInt8(ascii: ":") || $0 == 0x2C }
      end = mark.map { last + $0 } ?? end
      if text[place + 1] == UInt8(ascii: "2") { end = min(end, last + 53) }
      guard end - last >= 20 else { return place + 1 }
    }
    return add(start, end, "hash")
  }

  /// The name between the first two `$`: of crypt a digit or a letter or two, else a word.
  private func isNameOfHash(_ rest: Bytes) -> Bool {
    let name = rest.prefix { $0 != UInt8(ascii: "$") }
    if name.count <= 2 {
      return SecretFinder.crypts.contains { Bytes(rebasing: name).isEqual(to: $0) }
    }
    return SecretFinder.ways.contains { Bytes(rebasing: name).starts(with: $0) }
  }

  private static let crypts: [StaticString] = [
    "1", "2", "2a", "2b", "2x", "2y", "3", "5", "6", "7", "y", "gy",
  ]
  private static let ways: [StaticString] = [
    "pbkdf2", "bcrypt", "scrypt", "argon2", "sha", "md5", "apr1", "crypt", "SCRAM", "unix",
    "phpass",
    "SHA", "PBKDF2",
  ]

  private func isPartOfHash(_ byte: UInt8) -> Bool {
    byte.isOne(of: .word)
      || [0x2B, 0x2C, 0x2E, 0x2F, 0x3A, 0x3D].contains(byte)
  }

  /// `$P$…` and kin have no part of their own for the hash: thirty-one letters behind the name.
  func afterPortableHash(at place: Int) -> Int? {
    guard let name = peek(place + 1), [0x50, 0x48, 0x53].contains(name),
      peek(place + 2) == UInt8(ascii: "$")
    else { return nil }
    var end = place + 3
    while let byte = peek(end), byte.isLetterOrDigit || byte == 0x2E || byte == 0x2F { end += 1 }
    let count = end - place - 3
    return count == 31 || count == 52 ? add(place, end, "hash") : nil
  }

  /// `{SSHA}…`: <https://www.rfc-editor.org/rfc/rfc2307>.
  func afterScheme(inBraces place: Int) -> Int? {
    var close = place + 1
    while let byte = peek(close), close < place + 16, byte.isLetterOrDigit || byte == 0x2D {
      close += 1
    }
    let name = text.part(place + 1..<close)
    guard peek(close) == UInt8(ascii: "}"), name.count >= 3,
      SecretFinder.braced.contains(where: { name.starts(with: $0) })
    else { return nil }
    var end = close + 1
    while let byte = peek(end), KeyPrefix.Tail.dotted.holds(byte) || byte == UInt8(ascii: "$") {
      end += 1
    }
    return end - close > 12 ? add(close + 1, end, "hash") : nil
  }

  private static let braced: [StaticString] = [
    "SSHA", "SHA", "SMD5", "MD5", "CRYPT", "PBKDF2", "ARGON2", "BCRYPT", "ssha", "sha", "crypt",
    "bcrypt",
  ]
}

extension UnsafeBufferPointer where Element == UInt8 {
  func starts(with text: StaticString) -> Bool {
    part(0..<text.utf8CodeUnitCount).isEqual(to: text)
  }
}
