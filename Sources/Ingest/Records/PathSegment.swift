internal import Files

/// What stands between two slashes of a path: a part of the route, or an id, judged by its
/// characters.
struct PathSegment {
  enum Nature {
    /// Part of the route.
    case word
    /// Made by a machine, or someone's name: it differs from path to path.
    case id
    /// `2026-11-20`, `20261120`.
    case date
    /// Several of these, with separators between.
    case parts
  }

  let nature: Nature

  init(_ segment: Bytes) {
    nature = PathSegment.nature(of: segment)
  }

  /// What separates parts that each are a word or an id.
  static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "'"), UInt8(ascii: "="),
      UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "+"):
      true
    default: false
    }
  }

  /// Most segments are: short, and nothing but small letters, dashes and underscores.
  @inline(__always)
  private static func isPlain(_ segment: Bytes) -> Bool {
    guard segment.count < 24 else { return false }
    for byte in segment
    where byte &- 0x61 >= 26 && byte != UInt8(ascii: "-") && byte != UInt8(ascii: "_") {
      return false
    }
    return true
  }

  private static func nature(of segment: Bytes) -> Nature {
    if isPlain(segment) { return .word }
    if segment.first == UInt8(ascii: "[") {
      return segment.starts(with: "[redacted:".utf8) ? .id : .word
    }
    var made = ByteCounts()
    var hasParts = false
    for (place, byte) in segment.enumerated() {
      if made.add(byte, at: place) { continue }
      switch byte {
      // An address of e-mail; `@me` is a word.
      case UInt8(ascii: "@"): if place > 0 { return .id }
      // What had to be encoded was put in by someone.
      case UInt8(ascii: "%"): return segment.count >= 8 || place == 0 ? .id : .word
      default:
        if !isSeparator(byte) { return .word }
        hasParts = true
      }
    }
    if hasParts { return .parts }
    if made.isDate(segment) { return .date }
    return made.isID(segment) ? .id : .word
  }
}

/// How many bytes of a segment are of which sort.
private struct ByteCounts {
  var digits = 0
  var hex = 0
  var letters = 0
  var dashes = 0
  var underscores = 0
  /// Where the last dash or underscore stands.
  var lastMark = -1
  /// How often one sort of letter or digit follows another.
  var changes = 0
  var hasUpper = false
  var hasLower = false
  private var last: UInt8 = 0

  /// False for a byte that is neither letter nor digit, dash nor underscore.
  @inline(__always)
  mutating func add(_ byte: UInt8, at place: Int) -> Bool {
    let sort: UInt8
    switch byte {
    case 0x30...0x39:
      digits += 1
      sort = 1
    case 0x41...0x5A:
      if byte <= 0x46 { hex += 1 } else { letters += 1 }
      hasUpper = true
      sort = 2
    case 0x61...0x7A:
      if byte <= 0x66 { hex += 1 } else { letters += 1 }
      hasLower = true
      sort = 3
    case UInt8(ascii: "_"):
      underscores += 1
      lastMark = place
      sort = 0
    case UInt8(ascii: "-"):
      dashes += 1
      lastMark = place
      sort = 0
    default: return false
    }
    if last != 0, sort != 0, sort != last { changes += 1 }
    last = sort
    return true
  }

  /// A number, hexadecimal, a UUID, a prefix and a random tail, or letters and digits in no order.
  func isID(_ segment: Bytes) -> Bool {
    let count = segment.count
    if digits == count { return true }
    let isMixed = hasUpper && hasLower && changes * 2 >= count
    if digits == 0 { return isMixed && count >= 24 }
    let marks = dashes + underscores
    if letters == 0, marks == 0 { return digits + hex >= 7 && digits >= 2 }
    if count == 36, dashes == 4, letters == 0 { return true }
    let tail = count - lastMark - 1
    if lastMark > 0, underscores > 0, segment[lastMark] == UInt8(ascii: "_"), tail >= 8 {
      return true
    }
    if lastMark > 0, tail >= (segment[lastMark] == UInt8(ascii: "_") ? 1 : 4),
      segment[(lastMark + 1)...].allSatisfy({ (0x30...0x39).contains($0) })
    {
      return true
    }
    if isMixed, count >= 8 { return true }
    return count >= 16 && digits >= 3
  }

  func isDate(_ segment: Bytes) -> Bool {
    guard hex == 0, letters == 0, underscores == 0 else { return false }
    switch segment.count {
    case 10:
      guard dashes == 2, segment[4] == UInt8(ascii: "-"), segment[7] == UInt8(ascii: "-") else {
        return false
      }
    case 8 where dashes == 0: break
    default: return false
    }
    return segment.starts(with: "19".utf8) || segment.starts(with: "20".utf8)
  }
}
