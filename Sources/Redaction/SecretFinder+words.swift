internal import Files

// What stands around a number, as words.
extension SecretFinder {
  /// So far the words around a number are looked at, in bytes, and so many of them.
  private static let reach = 80
  private static let mostWords = 9

  /// Reads the words before a place, the nearest first, up to where a sentence begins. Whether a
  /// colon, an equals sign or a bracket stands between the first and the place.
  func readWords(before place: Int) -> Bool {
    words.removeAll(keepingCapacity: true)
    let first = max(0, place - SecretFinder.reach)
    var isMarked = false
    var end = place
    while words.count < SecretFinder.mostWords {
      while end > first {
        let (character, start) = character(before: end)
        if character.isLetter || text[end - 1].isDigit { break }
        let isMark = SecretFinder.isMark(character.value)
        if isMark, words.isEmpty { isMarked = true }
        let isAroundNumber = words.isEmpty && text[end - 1].isQuote
        // `verification code:` and the number on the next line.
        let isLineEnd = words.isEmpty && (character.value == 0x0A || character.value == 0x0D)
        let ends = isMark ? !words.isEmpty : SecretFinder.endsSentence(character.value)
        if ends, !isAroundNumber, !isLineEnd { return isMarked }
        end = start
      }
      var start = end
      while start > first {
        if text[start - 1].isLetterOrDigit {
          start -= 1
          continue
        }
        guard text[start - 1] >= 0x80 else { break }
        let (character, before) = character(before: start)
        guard character.isLetter else { break }
        start = before
      }
      guard start < end else { return isMarked }
      let meaning = CodeWord.all[text.part(start..<end)]
      words.append(meaning)
      // Most numbers have nothing to do with codes, and the word before them tells.
      if words.count == 1, meaning.isEmpty, !isMarked { return false }
      if words.count == 1, meaning.contains(.other) { return isMarked }
      end = start
    }
    return isMarked
  }

  /// Reads the words behind a place, up to the end of the sentence.
  func readWords(behind place: Int) {
    words.removeAll(keepingCapacity: true)
    let last = min(text.count, place + SecretFinder.reach)
    var start = place
    while words.count < SecretFinder.mostWords {
      while start < last, !text[start].isDigit {
        let character = Character32(text, at: start)
        if character.isLetter { break }
        let isNearQuote = text[start].isQuote && start <= place + 1
        if SecretFinder.endsSentence(character.value), !isNearQuote { return }
        start += character.length
      }
      var end = start
      while end < last {
        let character = Character32(text, at: end)
        guard character.isLetter || text[end].isDigit else { break }
        end += character.length
      }
      guard end > start else { return }
      words.append(CodeWord.all[text.part(start..<end)])
      start = end
    }
  }

  /// The character that ends before a place, and where it starts.
  private func character(before end: Int) -> (Character32, Int) {
    var start = end - 1
    while start > 0, start > end - 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    let character = Character32(text, at: start)
    return start + character.length == end
      ? (character, start) : (Character32(text, at: end - 1), end - 1)
  }

  static func isMark(_ value: UInt32) -> Bool {
    switch value {
    case 0x3A, 0x3D, 0x28, 0x5B, 0xFF1A, 0xFF1D, 0x3010, 0xFF08: true
    default: false
    }
  }

  static func endsSentence(_ value: UInt32) -> Bool {
    switch value {
    case 0x21, 0x22, 0x2C, 0x2E, 0x3B, 0x3F, 0x7B, 0x7C, 0x7D, 0x0A, 0x0D: true
    case 0x3001, 0x3002, 0xFF01, 0xFF0C, 0xFF1B, 0xFF1F: true
    default: false
    }
  }

  // MARK: Scripts without spaces

  /// In one text such a name is looked for so many times.
  private static let mostUnspacedTries = 256

  /// `您的验证码是123456`, `[123456] 是您的認證碼`, `認証コードは[123456]です`.
  func isNamedUnspaced(_ digits: Range<Int>) -> Bool {
    guard
      hasWide(text.part(max(0, digits.lowerBound - 12)..<digits.lowerBound))
        || hasWide(text.part(digits.upperBound..<digits.upperBound + 12))
    else { return false }
    guard seen.unspacedTries < SecretFinder.mostUnspacedTries else { return false }
    seen.unspacedTries += 1
    let start = max(0, digits.lowerBound - 48)
    let before = unspaced(start..<digits.lowerBound, isBehind: false)
    let end = min(text.count, digits.upperBound + 48)
    let behind = unspaced(digits.upperBound..<end, isBehind: true)
    return CodeWord.unspaced.contains { noun in
      // A few particles may stand between, but no other word.
      SecretFinder.ends(before, with: noun, within: 12) || SecretFinder.holds(behind, noun)
    }
  }

  private func hasWide(_ text: Bytes) -> Bool { text.contains { $0 >= 0xD7 } }

  /// The letters of a stretch, folded; of several sentences those nearest to the number.
  private func unspaced(_ stretch: Range<Int>, isBehind: Bool) -> [UInt8] {
    var start = stretch.lowerBound
    let end = stretch.upperBound
    while start < end, text[start] & 0xC0 == 0x80 { start += 1 }
    var letters: [UInt8] = []
    while start < end {
      let character = Character32(text, at: start)
      if SecretFinder.endsSentence(character.value) {
        if isBehind { break }
        letters.removeAll(keepingCapacity: true)
      } else if character.isLetter || text[start].isDigit {
        letters += folded(text.part(start..<start + character.length))
      }
      start += character.length
    }
    return letters
  }

  private static func ends(_ text: [UInt8], with noun: [UInt8], within most: Int) -> Bool {
    guard text.count >= noun.count else { return false }
    return (0...min(most, text.count - noun.count)).contains { extra in
      text.dropLast(extra).suffix(noun.count).elementsEqual(noun)
    }
  }

  private static func holds(_ text: [UInt8], _ noun: [UInt8]) -> Bool {
    guard text.count >= noun.count else { return false }
    return (0...text.count - noun.count).contains { text[$0..<$0 + noun.count].elementsEqual(noun) }
  }
}
