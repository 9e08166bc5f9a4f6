internal import Files
internal import Profiles

/// The whole numbers in a message about a plan.
struct PlanNumbers {
  /// The words after which a number is how much there may be.
  private let heads: [String]
  private var only: Int64?
  private var areSeveral = false
  private var preferred: Int64?
  private var lastWord = Substring()

  /// Of the numbers in the text, the last that follows one of the words, or a slash; else the only one
  /// there is.
  var number: Int64? { preferred ?? (areSeveral ? nil : only) }

  /// Reads a text in lower case.
  ///
  /// No word reaches over a space, and a number begins with a digit. So of what stands between two
  /// spaces without one, only the word before a number matters.
  init(in text: String, after heads: [String]) {
    self.heads = heads
    text.withBytes { text in
      var passed = 0
      var start = 0
      while start < text.count {
        let end = text[start...].firstIndex(of: 0x20) ?? text.count
        if text[start..<end].contains(where: { (0x30...0x39).contains($0) }) {
          pass(text.part(passed..<start))
          read(String(repairing: text.part(start..<end)))
          passed = end
        }
        start = end + 1
      }
    }
  }

  /// Passes over text without a number.
  private mutating func pass(_ text: Bytes) {
    var end = text.count
    while end > 0 {
      let space = text[..<end].lastIndex(of: 0x20)
      let part = String(repairing: text.part((space ?? -1) + 1..<end))
      var last: Substring?
      PlanNumbers.eachWord(in: part) { word, _ in last = word }
      if let last {
        lastWord = last
        return
      }
      end = space ?? 0
    }
  }

  private mutating func read(_ text: String) {
    PlanNumbers.eachWord(in: text) { word, previous in
      guard let number = PlanNumbers.wholeNumber(word) else {
        lastWord = word
        return
      }
      areSeveral = areSeveral || (only ?? number) != number
      only = number
      if previous == "/" || heads.contains(where: { $0 == lastWord }) { preferred = number }
    }
  }

  /// The words of a text, each with the sign before it; separators belong to a word between its digits.
  private static func eachWord(in text: String, _ body: (Substring, Unicode.Scalar) -> Void) {
    let scalars = text.unicodeScalars
    var previous: Unicode.Scalar = " "
    var place = scalars.startIndex
    while place < scalars.endIndex {
      guard isLetterOrDigit(scalars[place]), !scalars[place].continuesCharacter else {
        previous = scalars[place]
        place = scalars.index(after: place)
        continue
      }
      let start = place
      var end = place
      var isBehindDigit = false
      while place < scalars.endIndex {
        let scalar = scalars[place]
        let continues = place > start && scalar.continuesCharacter
        let belongs = continues || isLetterOrDigit(scalar)
        guard belongs || (isBehindDigit && isSeparator(scalar)) else { break }
        if !continues { isBehindDigit = belongs && scalar.properties.numericType != nil }
        place = scalars.index(after: place)
        if belongs { end = place }
      }
      body(text[start..<end], previous)
      // What followed the word's end is what precedes the next.
      if end < place { previous = scalars[scalars.index(before: place)] }
    }
  }

  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return isWordByte(UInt8(scalar.value)) }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  /// `5000`, `5,000` or, as much of Europe writes it, `5.000`; nil for `4.5` and words.
  private static func wholeNumber(_ word: Substring) -> Int64? {
    guard word.utf8.first.map({ (0x30...0x39).contains($0) }) == true else { return nil }
    let groups = word.unicodeScalars.split(whereSeparator: isSeparator)
    guard groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
    return Int64(groups.map { String($0) }.joined())
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "," || scalar == "."
  }
}

extension Unicode.Scalar {
  /// Whether it is part of the character before it: an accent, a vowel's sign, a joiner.
  var continuesCharacter: Bool {
    if isASCII { return false }
    return properties.isGraphemeExtend || properties.generalCategory == .spacingMark
      || value == 0x200D
  }
}
