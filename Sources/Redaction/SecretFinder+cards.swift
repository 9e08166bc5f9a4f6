internal import Files

// Payment cards: <https://en.wikipedia.org/wiki/Payment_card_number>.
extension SecretFinder {
  /// A card number that begins with a word of digits, in one piece or in groups.
  func afterCard(_ start: Int, _ end: Int) -> Int? {
    guard end - start >= 4 else { return nil }
    return afterDigits(start)
  }

  /// The same in digits as wide as ideographs.
  func afterWideDigits(_ start: Int) -> Int? {
    if start >= 3, digit(at: start - 3)?.length == 3 { return nil }
    return digit(at: start) == nil ? nil : afterDigits(start)
  }

  private func afterDigits(_ start: Int) -> Int? {
    if let before = peek(start - 1), SecretFinder.joinsNumbers(before) { return nil }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var count = 0
      var groups = 0
      var group = 0
      /// The lengths of the groups, a decimal digit each.
      var shape = 0
      var separator: UInt32?
      var place = start
      while place < text.count {
        if let (digit, length) = digit(at: place) {
          guard count < 19 else { return nil }
          digits[count] = digit
          count += 1
          group += 1
          place += length
          continue
        }
        guard count < 16 || groups == 0,
          let (sign, length) = groupSeparator(at: place), separator ?? sign == sign,
          digit(at: place + length) != nil
        else { break }
        if sign != 0x2D, isCard(digits, count, shape * 10 + min(group, 9), groups) { break }
        separator = sign
        shape = shape * 10 + min(group, 9)
        groups += 1
        group = 0
        place += length
      }
      if let after = peek(place) {
        if after.isOne(of: .word) { return nil }
        if after == UInt8(ascii: "."), peek(place + 1)?.isDigit == true { return nil }
      }
      shape = groups == 0 ? 0 : shape * 10 + min(group, 9)
      guard isCard(digits, count, shape, groups), groups > 0 || !isNumberOfSomething(before: start)
      else { return nil }
      return add(start, place, "card")
    }
  }

  /// A digit, also one as wide as an ideograph.
  private func digit(at place: Int) -> (value: UInt8, length: Int)? {
    if text[place].isDigit { return (text[place] - 0x30, 1) }
    guard text[place] == 0xEF, peek(place + 1) == 0xBC, let last = peek(place + 2),
      (0x90...0x99).contains(last)
    else { return nil }
    return (last - 0x90, 3)
  }

  /// A space or a dash of any width, or a full stop, with a digit behind it.
  func groupSeparator(at place: Int) -> (sign: UInt32, length: Int)? {
    let character: Character32
    switch text[place] {
    case 0x20, UInt8(ascii: "-"), UInt8(ascii: "."), 0xC2, 0xE2, 0xE3, 0xEF:
      character = Character32(text, at: place)
    default: return nil
    }
    switch character.value {
    case 0x2D, 0x2E, 0xB7, 0x2010...0x2015, 0x2212, 0xFF0D: break
    default: guard character.isSpace else { return nil }
    }
    let next = place + character.length
    guard next < text.count, digit(at: next) != nil || text[next].isUpper else { return nil }
    return (character.value, character.length)
  }

  /// What makes the digits behind it part of a longer number, or one with a sign.
  private static func joinsNumbers(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "#")
      || byte == UInt8(ascii: "$")
  }

  private func isCard(
    _ digits: UnsafeMutableBufferPointer<UInt8>, _ count: Int, _ shape: Int, _ groups: Int
  ) -> Bool {
    guard (14...16).contains(count), isIssued(digits, count) else { return false }
    switch (count, groups) {
    case (14, 0): return false
    case (14, _): guard shape == 464 else { return false }
    case (15, 0): break
    case (15, _): guard shape == 465 else { return false }
    case (_, 0): break
    default: guard shape == 4444 else { return false }
    }
    var sum = 0
    for place in 0..<count {
      let digit = Int(digits[count - 1 - place])
      sum += place % 2 == 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)
    }
    return sum % 10 == 0
  }

  /// Whether an issuer's cards begin so and are as long.
  private func isIssued(_ digits: UnsafeMutableBufferPointer<UInt8>, _ count: Int) -> Bool {
    var head = 0
    for digit in digits[..<4] { head = head * 10 + Int(digit) }
    switch count {
    case 14: return (3000...3059).contains(head) || (3600...3699).contains(head) || head / 100 == 38
    case 15: return head / 100 == 34 || head / 100 == 37
    default:
      return head / 1000 == 4 || (5100...5599).contains(head) || (2221...2720).contains(head)
        || head == 6011 || (6440...6599).contains(head) || (3528...3589).contains(head)
        || head / 100 == 62
    }
  }

  /// Whether the number is one of an order, a run, a trace: the word before it says so.
  private func isNumberOfSomething(before start: Int) -> Bool {
    let word = wordBefore(start)
    guard word.isEqual(ignoringCase: "number") || word.isEqual(ignoringCase: "no") else {
      return names.isNumbered(word)
    }
    let number = wordStart(before: start)
    return names.isNumbered(wordBefore(number))
  }

  private func wordBefore(_ place: Int) -> Bytes {
    let first = wordStart(before: place)
    var end = first
    while end < place, text[end].isOne(of: .word) { end += 1 }
    return text.part(first..<end)
  }

  private func wordStart(before place: Int) -> Int {
    var end = place
    while end > max(0, place - 12), !text[end - 1].isLetter { end -= 1 }
    var first = end
    while first > max(0, end - 24), text[first - 1].isOne(of: .word) { first -= 1 }
    return first
  }
}
