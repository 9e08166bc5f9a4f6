internal import Files

/// With which letters beyond ASCII a word may end that ends, in its folded form, as one of some others
/// does. Nearly every word of a text in another language ends otherwise, and so need not be folded.
struct WideEndings: Sendable {
  /// By the value of the letter.
  private let letters: [Bool]

  private static let values = UInt32(0x1_0000)

  /// - Parameter folded: the words, in their folded form.
  init(_ folded: [[UInt8]]) {
    var ends = Array(repeating: false, count: Int(WideEndings.values))
    for word in folded where word.count > 1 {
      let end = Ending { word.forEach($0) }
      if end.value < WideEndings.values { ends[Int(end.value)] = true }
    }
    var letters = ends
    for value in 0..<WideEndings.values {
      let form = Ending { fold(value, $0) }
      // An accent by itself says nothing of what it stands on, nor does a dash of any width.
      let isPassedOver = form.isEmpty || form.value < 0x80 && !UInt8(form.value).isLetterOrDigit
      letters[Int(value)] = isPassedOver || ends[Int(form.value)]
    }
    self.letters = letters
  }

  /// Whether a word, whose last byte is none of ASCII's, may end so.
  @inline(__always)
  func mayEnd(_ word: Bytes) -> Bool {
    let value = WideEndings.lastLetter(of: word)
    return value >= WideEndings.values || letters[Int(value)]
  }

  /// The value of a word's last letter, which may be written with more bytes than it needs; of what is
  /// no letter of UTF-8 one beyond all.
  @inline(__always)
  private static func lastLetter(of word: Bytes) -> UInt32 {
    let count = word.count
    guard count > 1 else { return .max }
    let (before, last) = (UInt32(word[count - 2]), UInt32(word[count - 1]))
    if before >= 0xC2 { return (before & 0x1F) << 6 | last & 0x3F }
    guard count > 2, word[count - 3] >= 0xE0, word[count - 3] < 0xF0 else { return .max }
    return (UInt32(word[count - 3]) & 0x0F) << 12 | (before & 0x3F) << 6 | last & 0x3F
  }

  /// The last character of a text of UTF-8 that is written byte by byte.
  private struct Ending {
    var isEmpty = true
    var value: UInt32 = 0

    @inline(__always)
    init(_ write: ((UInt8) -> Void) -> Void) {
      var (isEmpty, value) = (true, UInt32(0))
      write { byte in
        isEmpty = false
        switch byte {
        case 0..<0x80: value = UInt32(byte)
        case 0x80..<0xC0: value = value << 6 | UInt32(byte & 0x3F)
        case 0xC0..<0xE0: value = UInt32(byte & 0x1F)
        case 0xE0..<0xF0: value = UInt32(byte & 0x0F)
        default: value = UInt32(byte & 0x07)
        }
      }
      (self.isEmpty, self.value) = (isEmpty, value)
    }
  }
}
