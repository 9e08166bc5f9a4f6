/// A text as mail programs send it, where somebody pasted the source of a mail: `=E2=80=9C` for a quote,
/// `=` at the end of a line that goes on (<https://www.rfc-editor.org/rfc/rfc2045#section-6.7>).
struct QuotedPrintable {
  /// The text that it stands for; nil where a text is nothing of that sort.
  let text: String?

  init(_ source: String) {
    let bytes = Array(source.utf8)
    guard QuotedPrintable.isLikely(bytes) else {
      text = nil
      return
    }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if byte != QuotedPrintable.sign {
        decoded.append(byte)
        place += 1
      } else if let value = QuotedPrintable.escape(in: bytes, at: place) {
        decoded.append(value)
        place += 3
      } else if let length = QuotedPrintable.softBreak(in: bytes, at: place) {
        place += length
      } else {
        decoded.append(byte)
        place += 1
      }
    }
    text = String(decoding: decoded, as: UTF8.self)
  }

  private static let sign = UInt8(ascii: "=")

  /// Whether nearly all of its signs are escapes, and some of these are what hardly anything else
  /// has: half of a character, a sign that is escaped itself, a line's end.
  private static func isLikely(_ bytes: [UInt8]) -> Bool {
    var (signs, escapes, proofs) = (0, 0, 0)
    for place in bytes.indices where bytes[place] == sign {
      signs += 1
      if let value = escape(in: bytes, at: place) {
        escapes += 1
        if value >= 0xC2 && escape(in: bytes, at: place + 3).map({ $0 & 0xC0 == 0x80 }) == true
          || value == sign
          || [0x0A, 0x0D, 0x20].contains(value) && endsLine(in: bytes, at: place + 3)
        {
          proofs += 1
        }
      } else if softBreak(in: bytes, at: place) != nil {
        escapes += 1
      }
    }
    return proofs > 0 && escapes * 4 >= signs * 3
  }

  /// Whether the line ends there, or goes on with another escape.
  private static func endsLine(in bytes: [UInt8], at place: Int) -> Bool {
    place >= bytes.count || [sign, 0x0A, 0x0D].contains(bytes[place])
  }

  /// The byte that an escape stands for; they are written with large letters.
  private static func escape(in bytes: [UInt8], at place: Int) -> UInt8? {
    guard place + 2 < bytes.count, bytes[place] == sign, let high = digit(bytes[place + 1]),
      let low = digit(bytes[place + 2])
    else { return nil }
    return high << 4 | low
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// How long a sign with the end of its line is, behind which the line goes on; nil for none.
  private static func softBreak(in bytes: [UInt8], at place: Int) -> Int? {
    guard place > 0 else { return nil }
    if place + 1 == bytes.count || bytes[place + 1] == 0x0A { return 2 }
    return place + 2 < bytes.count && bytes[place + 1] == 0x0D && bytes[place + 2] == 0x0A ? 3 : nil
  }
}
