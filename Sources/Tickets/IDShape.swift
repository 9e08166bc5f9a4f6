/// What ids look like.
enum IDShape {
  typealias Text = ArraySlice<Unicode.Scalar>

  /// Whether a reader would take a word for an id.
  static func isID(_ word: Text, _ announcement: Announcement) -> Bool {
    if isTime(word) || isVersion(word) || isHostOrFile(word) { return false }
    if isGrouped(word) || isBase64(word) { return true }
    switch announcement {
    case .near where isNamedID(word): return true
    case .far where word.count >= 8 && word.count(where: \.isDigit) >= 4 && isNamedID(word):
      return true
    default: return isUnnamedID(word)
    }
  }

  /// What is an id if the words before it say so.
  private static func isNamedID(_ word: Text) -> Bool {
    guard word.count >= 6,
      word.allSatisfy({ $0.isIDLetter || ".:/+~".unicodeScalars.contains($0) }),
      !word.contains("/") || isOfMixedCase(word)
    else { return false }
    return word.contains(where: \.isDigit) || word.count >= 8 && isShuffled(word)
  }

  /// Large and small letters as only chance puts them, which no name is written with: `ALBaekPexkW`.
  private static func isShuffled(_ word: Text) -> Bool {
    let cases = word.map(\.isUppercaseLetter)
    let changes = zip(cases, cases.dropFirst()).count { $0 != $1 }
    return word.allSatisfy(\.isLetter) && changes >= 4
      && (cases.last == true || cases.prefix(2).elementsEqual([true, true]))
  }

  /// What is one without a word about it.
  private static func isUnnamedID(_ word: Text) -> Bool {
    guard word.allSatisfy(\.isIDLetter), word.contains(where: \.isDigit) else { return false }
    let parts = word.split { $0 == "-" || $0 == "_" }
    if isUUID(parts) || parts.contains(where: isRandom) { return true }
    guard parts.count >= 2, let first = parts.first, let last = parts.last else { return false }
    return first.count >= 2 && first.allSatisfy(\.isLetter) && last.count >= 6
      && last.contains(where: \.isDigit)
  }

  /// Letters and digits as only chance puts them: `3aabae6f248c`, `7BMJM8PWV1J1FNEH`.
  private static func isRandom(_ part: Text) -> Bool {
    guard part.contains(where: \.isLetter) else { return false }
    if part.count >= 12, part.allSatisfy(\.isHexadecimal) { return true }
    guard part.count >= 16, part.count(where: \.isDigit) >= 3 else { return false }
    let changes = zip(part, part.dropFirst()).count { $0.isDigit != $1.isDigit }
    return changes >= 3 || part.count(where: \.isDigit) >= 12
  }

  /// Hexadecimal numbers with colons between: `C620:D8D4:1FA9F4A3:1EAC3CBC:6AA01B31`. Addresses of
  /// machines have shorter last ones.
  private static func isGrouped(_ word: Text) -> Bool {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count >= 4 && word.contains(where: \.isLetter)
      && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isHexadecimal) }
      && parts.last?.count ?? 0 >= 6
  }

  /// Long base64 with the signs of its own.
  private static func isBase64(_ word: Text) -> Bool {
    guard word.count >= 24, word.contains(where: { "+/=".unicodeScalars.contains($0) }),
      word.allSatisfy({ $0.isIDLetter || "+/=".unicodeScalars.contains($0) }),
      word.drop(while: { $0 != "=" }).allSatisfy({ $0 == "=" }), isOfMixedCase(word)
    else { return false }
    return word.count(where: \.isDigit) * 12 >= word.count
      && word.split(whereSeparator: { "+/=".unicodeScalars.contains($0) }).contains(where: isRandom)
  }

  static func isUUID(_ parts: [Text]) -> Bool {
    parts.map(\.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexadecimal) }
  }

  /// Whether what was broken is whole: a UUID, 32 hexadecimal digits, or what has a prefix and is as
  /// long as such ids are.
  static func isWhole(_ word: Text) -> Bool {
    let parts = word.split { $0 == "-" || $0 == "_" }
    if isUUID(parts) { return true }
    if word.count == 32, word.allSatisfy(\.isHexadecimal), isRandom(word) { return true }
    return IDForms.prefix(of: word) != nil && parts.count == 2 && parts[1].count >= 14
      && isRandom(parts[1])
  }

  /// `api.example.com`, `cli.js`: names whose last part has letters alone.
  static func isHostOrFile(_ word: Text) -> Bool {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1, let last = parts.last else { return false }
    return (2...10).contains(last.count) && last.allSatisfy(\.isLetter)
  }

  /// `2026-11-12`, `20261112T100000Z`, `2026-11-12T10`, `10:31:28.552`.
  private static func isTime(_ word: Text) -> Bool {
    if word.contains(":"), word.allSatisfy({ $0.isDigit || ":.TZ-+".unicodeScalars.contains($0) }) {
      return true
    }
    let century = word.prefix(2)
    guard century.elementsEqual("19".unicodeScalars) || century.elementsEqual("20".unicodeScalars)
    else { return false }
    let rest = word.dropFirst(4)
    return rest.count <= 16
      && rest.allSatisfy { $0.isDigit || "-TZtz_".unicodeScalars.contains($0) }
      && word.prefix(4).allSatisfy(\.isDigit)
  }

  /// `2.1.78`, `v2-20241101`, `gpt-4o-2024-08-06`, `utf-8`.
  private static func isVersion(_ word: Text) -> Bool {
    let numbers = word.split(separator: ".")
    if numbers.count > 1, word.count <= 16,
      word.drop(while: { $0 == "v" }).allSatisfy({ $0.isDigit || $0 == "." })
    {
      return true
    }
    let parts = word.split { $0 == "-" || $0 == "_" }
    let years = parts.filter {
      $0.allSatisfy(\.isDigit) && ($0.count == 4 || $0.count == 8)
        && $0.starts(with: "20".unicodeScalars)
    }
    return parts.count > 1 && !years.isEmpty && !isUUID(parts)
  }

  private static func isOfMixedCase(_ word: Text) -> Bool {
    word.contains(where: \.isLowercaseLetter) && word.contains(where: \.isUppercaseLetter)
  }
}

extension Unicode.Scalar {
  fileprivate var isLowercaseLetter: Bool { ("a"..."z").contains(self) }
  fileprivate var isUppercaseLetter: Bool { ("A"..."Z").contains(self) }
}
