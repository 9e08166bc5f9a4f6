internal import Files

// Numbers of bank accounts: <https://www.swift.com/standards/data-standards/iban>.
extension SecretFinder {
  /// An account number that begins with a word, in one piece or in groups of four.
  func afterIBAN(_ start: Int, _ end: Int) -> Int? {
    guard end - start >= 4, text[start + 1].isUpper, text[start + 2].isDigit,
      text[start + 3].isDigit
    else { return nil }
    let country = text.part(start..<start + 2)
    guard
      let length = SecretFinder.accounts.first(where: { country.isEqual(to: $0.country) })?.length
    else { return nil }
    var place = start
    var count = 0
    var separator: UInt32?
    /// The number with its first four moved to its end, by 97.
    var rest = 0
    var head = 0
    while count < length, place < text.count {
      let byte = text[place]
      if byte.isDigit || byte.isUpper {
        let value = byte.isDigit ? Int(byte) - 0x30 : Int(byte) - 0x37
        let shift = byte.isDigit ? 10 : 100
        if count < 4 {
          head = (head * shift + value) % 97
        } else {
          rest = (rest * shift + value) % 97
        }
        count += 1
        place += 1
      } else if count % 4 == 0, count > 0, let (sign, length) = groupSeparator(at: place),
        sign != 0x2E, separator ?? sign == sign, separator != nil || count == 4
      {
        separator = sign
        place += length
      } else {
        return nil
      }
    }
    guard count == length, peek(place)?.isOne(of: .word) != true,
      (rest * 1_000_000 + head) % 97 == 1
    else { return nil }
    return add(start, place, "iban")
  }

  /// How long the numbers of a country are.
  private static let accounts: [(country: StaticString, length: Int)] = [
    ("DE", 22), ("GB", 22), ("FR", 27), ("ES", 24), ("IT", 27), ("NL", 18), ("BE", 16), ("AT", 20),
    ("CH", 21), ("PL", 28), ("SE", 24), ("DK", 18), ("NO", 15), ("FI", 18), ("PT", 25), ("IE", 22),
    ("LU", 20), ("CZ", 24), ("SK", 24), ("HU", 28), ("RO", 24), ("BG", 22), ("GR", 27), ("HR", 21),
    ("SI", 19), ("EE", 20), ("LV", 21), ("LT", 20), ("MT", 31), ("CY", 28), ("TR", 26), ("AE", 23),
    ("AD", 24), ("AL", 28), ("AZ", 28), ("BA", 20), ("BH", 22), ("BI", 27), ("BR", 29), ("BY", 28),
    ("CR", 22), ("DJ", 27), ("DO", 28), ("EG", 29), ("FK", 18), ("FO", 18), ("GE", 22), ("GI", 23),
    ("GL", 18), ("GT", 28), ("HN", 28), ("IL", 23), ("IQ", 23), ("IS", 26), ("JO", 30), ("KW", 30),
    ("KZ", 20), ("LB", 28), ("LC", 32), ("LI", 21), ("LY", 25), ("MC", 27), ("MD", 24), ("ME", 22),
    ("MK", 19), ("MN", 20), ("MR", 27), ("MU", 30), ("NI", 28), ("OM", 23), ("PK", 24), ("PS", 29),
    ("QA", 29), ("RS", 22), ("RU", 33), ("SA", 24), ("SC", 31), ("SD", 18), ("SM", 27), ("SO", 23),
    ("ST", 25), ("SV", 28), ("TL", 23), ("TN", 24), ("UA", 29), ("VA", 22), ("VG", 24), ("XK", 20),
    ("YE", 30),
  ]
}
