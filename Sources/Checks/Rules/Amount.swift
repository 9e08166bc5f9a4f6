/// A decimal number as a rule has it, exactly: `20`, `1.5k`, `2%`.
package struct Amount: Sendable, Hashable {
  private let digits: Int64
  /// How many of the digits stand after the point.
  private let places: Int
  /// Whether it is a part of a whole; 1 is the whole.
  package let isShare: Bool

  private init(digits: Int64, places: Int, isShare: Bool) {
    var (digits, places) = (digits, places)
    while places > 0, digits % 10 == 0 {
      digits /= 10
      places -= 1
    }
    self.digits = digits
    self.places = places
    self.isShare = isShare
  }

  /// At most twelve digits, with a point or without, then `%`, `k` for thousand or `m` for million.
  init?(_ text: String) {
    var digits: Int64 = 0
    var places: Int?
    var count = 0
    var unit: Character?
    for character in text {
      guard unit == nil else { return nil }
      if let digit = character.wholeNumberValue, character.isASCII {
        count += 1
        guard count <= 12 else { return nil }
        digits = digits * 10 + Int64(digit)
        if let known = places { places = known + 1 }
      } else if character == ".", places == nil, count > 0 {
        places = 0
      } else {
        unit = character
      }
    }
    guard count > 0, places != 0 else { return nil }
    switch unit {
    case nil: self.init(digits: digits, places: places ?? 0, isShare: false)
    case "%": self.init(digits: digits, places: (places ?? 0) + 2, isShare: true)
    case "k", "K": self.init(digits: digits * 1000, places: places ?? 0, isShare: false)
    case "m", "M": self.init(digits: digits * 1_000_000, places: places ?? 0, isShare: false)
    default: return nil
    }
  }

  /// The same number as a part of a whole: 0.02 is 2 %.
  var asShare: Amount { Amount(digits: digits, places: places, isShare: true) }

  /// What a share leaves of the whole.
  var rest: Amount {
    var whole: Int64 = 1
    for _ in 0..<places { whole *= 10 }
    return Amount(digits: whole - digits, places: places, isShare: true)
  }

  /// So many tenths of it.
  package func times(tenths: Int64) -> Amount {
    Amount(digits: digits * tenths, places: places + 1, isShare: isShare)
  }

  package var value: Double { Double(digits) / Amount.power(places) }

  /// As a rule would have it; a share in percent.
  package var text: String {
    var (digits, places) = (digits, places)
    if isShare {
      places -= 2
      while places < 0 {
        digits *= 10
        places += 1
      }
    }
    guard places > 0 else { return "\(digits)" + (isShare ? "%" : "") }
    var text = String(digits)
    while text.count <= places { text = "0" + text }
    return text.dropLast(places) + "." + text.suffix(places) + (isShare ? "%" : "")
  }

  private static func power(_ places: Int) -> Double {
    var power = 1.0
    for _ in 0..<places { power *= 10 }
    return power
  }
}
