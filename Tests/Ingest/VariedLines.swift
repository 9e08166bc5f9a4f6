/// A line with other words and numbers, and now and then with other signs.
func varied(_ sample: String, _ random: inout SeededDice) -> String {
  var bytes = Array(sample.utf8)
  let boldness = Int.random(in: 0..<4, using: &random)
  for place in bytes.indices where Int.random(in: 0..<8, using: &random) < boldness {
    switch bytes[place] {
    case 0x30...0x39: bytes[place] = .random(in: 0x30...0x39, using: &random)
    case 0x41...0x5A: bytes[place] = .random(in: 0x41...0x5A, using: &random)
    case 0x61...0x7A: bytes[place] = .random(in: 0x61...0x7A, using: &random)
    default:
      guard Int.random(in: 0..<40, using: &random) == 0 else { continue }
      bytes[place] = Array(#" "'[]{}()=:,-./|<>\1a"#.utf8).randomElement(using: &random) ?? 0x20
    }
  }
  if Int.random(in: 0..<6, using: &random) == 0 {
    bytes.remove(at: bytes.indices.randomElement(using: &random) ?? 0)
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// A line with other numbers.
func withOtherDigits(_ sample: String, _ random: inout SeededDice) -> String {
  let bytes = sample.utf8.map { byte -> UInt8 in
    guard (0x30...0x39).contains(byte), Int.random(in: 0..<6, using: &random) == 0 else {
      return byte
    }
    return .random(in: 0x30...0x39, using: &random)
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
struct SeededDice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
