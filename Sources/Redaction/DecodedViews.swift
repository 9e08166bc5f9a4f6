internal import Files

/// A text as it reads once backslash escapes and percent encoding are undone, up to three layers of
/// them. Each of these views knows where in the text its bytes come from.
struct DecodedViews {
  private var bytes: [UInt8] = []
  private var origin: [Int] = []
  private var next: [UInt8] = []
  private var nextOrigin: [Int] = []

  /// So many layers are looked under: JSON in a string in JSON, in a URL.
  private static let deepest = 3
  /// Memory for longer texts is given back.
  private static let mostKept = 1 << 16

  /// Shows each view that differs from the one before. `origin` has one place more than the view.
  mutating func decode(_ text: Bytes, _ show: (_ view: Bytes, _ origin: [Int]) -> Void) {
    guard Self.hasEscape(text) else { return }
    decodeOnce(text, from: nil)
    for layer in 1...Self.deepest {
      swap(&bytes, &next)
      swap(&origin, &nextOrigin)
      let goesOn = bytes.withUnsafeBufferPointer { view in
        show(view, origin)
        return layer < Self.deepest && Self.hasEscape(view)
      }
      guard goesOn else { break }
      // The older view's room takes the newer one.
      let (older, places) = (bytes, origin)
      older.withUnsafeBufferPointer { decodeOnce($0, from: places) }
    }
    if bytes.capacity > Self.mostKept { self = DecodedViews() }
  }

  private static func hasEscape(_ text: Bytes) -> Bool {
    if text.place(of: UInt8(ascii: "\\")) != nil { return true }
    guard let percent = text.place(of: UInt8(ascii: "%")) else { return false }
    for place in percent..<text.count where hexPair(text, at: place) != nil { return true }
    return false
  }

  private mutating func decodeOnce(_ text: Bytes, from places: [Int]?) {
    next.removeAll(keepingCapacity: true)
    nextOrigin.removeAll(keepingCapacity: true)
    var place = 0
    while place < text.count {
      let (value, length) = Self.unit(of: text, at: place)
      let origin = places?[place] ?? place
      if value < 0x100 {
        next.append(UInt8(value))
        nextOrigin.append(origin)
      } else {
        emitUTF8(value - 0x100) {
          next.append($0)
          nextOrigin.append(origin)
        }
      }
      place += length
    }
    nextOrigin.append(places?[text.count] ?? text.count)
  }

  /// The byte that stands at a place, or the character plus 256, and how much of the text it takes.
  private static func unit(of text: Bytes, at place: Int) -> (value: UInt32, length: Int) {
    let byte = UInt32(text[place])
    if byte == 0x25 {
      return hexPair(text, at: place).map { (UInt32($0), 3) } ?? (byte, 1)
    }
    guard byte == 0x5C, place + 1 < text.count else { return (byte, 1) }
    switch text[place + 1] {
    case UInt8(ascii: "n"), UInt8(ascii: "r"): return (0x0A, 2)
    case UInt8(ascii: "t"): return (0x09, 2)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "'"):
      return (UInt32(text[place + 1]), 2)
    case UInt8(ascii: "u"):
      guard place + 6 <= text.count, let high = pair(text, at: place + 2),
        let low = pair(text, at: place + 4)
      else { return (byte, 1) }
      let value = UInt32(high) << 8 | UInt32(low)
      // Half of a character is none.
      if (0xD800..<0xE000).contains(value) { return (0xFF, 6) }
      return (value < 0x80 ? value : value + 0x100, 6)
    default: return (byte, 1)
    }
  }

  private static func hexPair(_ text: Bytes, at place: Int) -> UInt8? {
    guard text[place] == UInt8(ascii: "%"), place + 3 <= text.count else { return nil }
    return pair(text, at: place + 1)
  }

  private static func pair(_ text: Bytes, at place: Int) -> UInt8? {
    guard let high = text[place].hexValue, let low = text[place + 1].hexValue else { return nil }
    return high << 4 | low
  }
}
