internal import Files

/// With which letters beyond ASCII a word may end that ends, in its folded form, as one of some others
/// does. Nearly every word of a text in another language ends otherwise, and so need not be folded.
struct WideEndings: Sendable {
  /// By the last two bytes of a letter.
  private let letters: [Bool]

  /// - Parameter folded: the words, in their folded form.
  init(_ folded: [[UInt8]]) {
    var letters = Array(repeating: false, count: 1 << 16)
    var tails = letters
    var lasts = Array(repeating: false, count: 1 << 8)
    for word in folded where word.count > 1 {
      let tail = WideEndings.tail(word[(word.count - 2)...])
      tails[tail] = true
      // As most letters are in their folded form what they are.
      letters[tail] = true
      lasts[Int(word[word.count - 1])] = true
    }
    for value in UInt32(0)...0xFFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let letter = Array(String(scalar).utf8)
      let form = letter.withUnsafeBufferPointer(Redaction.folded)
      // An accent by itself says nothing of what it stands on.
      let mayEnd =
        switch form.count {
        case 0: true
        case 1: lasts[Int(form[0])] || !form[0].isLetterOrDigit
        default: tails[WideEndings.tail(form[(form.count - 2)...])]
        }
      guard mayEnd else { continue }
      if letter.count > 1 { letters[WideEndings.tail(letter[(letter.count - 2)...])] = true }
      // As it ends where it is written with more bytes than it needs.
      letters[Int(0x80 | value >> 6 & 0x3F) << 8 | Int(0x80 | value & 0x3F)] = true
    }
    self.letters = letters
  }

  /// Whether a word, whose last byte is none of ASCII's, may end so.
  @inline(__always)
  func mayEnd(_ word: Bytes) -> Bool {
    word.count < 2 || letters[Int(word[word.count - 2]) << 8 | Int(word[word.count - 1])]
  }

  /// Of two bytes.
  private static func tail(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 << 8 | Int($1) }
  }
}
