internal import Events

/// A text as it reads once backslash escapes and percent encoding are taken away, up to three
/// layers of them; each view knows where its bytes come from.
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
      let (byte, length) = Self.unit(of: text, at: place)
      next.append(byte)
      nextOrigin.append(places?[place] ?? place)
      place += length
    }
    nextOrigin.append(places?[text.count] ?? text.count)
  }

  /// The byte that stands at a place, and how much of the text it takes.
  private static func unit(of text: Bytes, at place: Int) -> (byte: UInt8, length: Int) {
    let byte = text[place]
    if byte == UInt8(ascii: "%") {
      return hexPair(text, at: place).map { ($0, 3) } ?? (byte, 1)
    }
    guard byte == UInt8(ascii: "\\"), place + 1 < text.count else { return (byte, 1) }
    switch text[place + 1] {
    case UInt8(ascii: "n"), UInt8(ascii: "r"): return (0x0A, 2)
    case UInt8(ascii: "t"): return (0x09, 2)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "'"):
      return (text[place + 1], 2)
    case UInt8(ascii: "u"):
      guard place + 6 <= text.count, let high = pair(text, at: place + 2),
        let low = pair(text, at: place + 4)
      else { return (byte, 1) }
      // Beyond ASCII nothing is looked for: one byte stands for the character.
      return (high == 0 && low < 0x80 ? low : 0xFF, 6)
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
