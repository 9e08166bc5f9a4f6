internal import Batches
internal import Files
internal import Questions

/// A text that is looked for in others, whatever the case of its letters.
struct TextPattern {
  /// In lower case.
  private let bytes: [UInt8]
  private let isPlain: Bool

  init(_ text: String) {
    bytes = Array(text.lowercased().utf8)
    isPlain = bytes.allSatisfy { $0 < 0x80 }
  }

  func stands(in text: String) -> Bool { text.withBytes { stands(in: $0) } }

  /// - Parameter text: in UTF-8.
  func stands(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    // Letters beyond ASCII change their length with their case.
    if isPlain { return stands(amid: text, lowercased: TextPattern.lowercased) }
    let text = Array(String(decoding: text, as: UTF8.self).lowercased().utf8)
    return text.withUnsafeBufferPointer { stands(amid: $0) { $0 } }
  }

  @inline(__always)
  private func stands(
    amid text: UnsafeBufferPointer<UInt8>, lowercased: (UInt8) -> UInt8
  ) -> Bool {
    guard let first = bytes.first else { return true }
    guard text.count >= bytes.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for start in 0...(text.count - bytes.count) where lowercased(text[start]) == first {
        var length = 1
        while length < bytes.count, lowercased(text[start + length]) == bytes[length] {
          length += 1
        }
        if length == bytes.count { return true }
      }
      return false
    }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }
}

/// A text that is looked for in all texts of errors: those that repeat are read once.
final class TextSearch {
  private let pattern: TextPattern
  private let archive: any Archive
  /// By lexicon: which numbers were looked at, and which of them have the text.
  private var known: [(lexicon: Lexicon, asked: NumberSet, met: NumberSet)]

  /// Texts with numbers beyond this are read each time: a damaged store may tell any.
  private static let most: Int64 = 1 << 24

  init(_ text: String, in archive: any Archive) {
    pattern = TextPattern(text)
    self.archive = archive
    known = [Lexicon.message, .code, .route, .consumer, .details].map {
      ($0, NumberSet(), NumberSet())
    }
  }

  /// Whether it stands in some text of an error, whose path and id are at hand.
  func finds(_ error: StoredError) -> Bool {
    for place in known.indices {
      let number =
        switch known[place].lexicon {
        case .message: error.message
        case .code: error.code
        case .route: error.route
        case .consumer: error.consumer
        default: error.details
        }
      if stands(inTextOf: number, place) { return true }
    }
    return [error.path, error.requestID].contains { $0.map(pattern.stands) ?? false }
  }

  private func stands(inTextOf number: Int64, _ place: Int) -> Bool {
    guard number > 0 else { return false }
    func look() -> Bool {
      archive.text(number, in: known[place].lexicon).map(pattern.stands) ?? false
    }
    guard number < TextSearch.most else { return look() }
    guard known[place].asked.insert(Int(number)) else {
      return known[place].met.contains(Int(number))
    }
    guard look() else { return false }
    known[place].met.insert(Int(number))
    return true
  }
}
