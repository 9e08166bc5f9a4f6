internal import Files

/// The words right before a place, from it back, as far as phrases know them: `HTTP error! status: 503`.
struct WordsBefore {
  private struct Word {
    var groups: UInt64
    var start: Int
    /// Whether a bracket ends behind it.
    var isTag: Bool
    /// Whether nothing stands before it on which it could depend.
    var isApart = false
  }

  private let text: Bytes
  private let phrases = StatusPhrases.all
  private var words: [Word] = []
  /// Where the last of them ends, marks and blanks aside.
  private(set) var end: Int
  /// Whether a colon, an equals sign or an arrow stands before the place.
  private(set) var isMarked = false
  private(set) var isInBrackets = false
  /// Whether they say what always happens, or did not: `is rejected with`.
  private(set) var isHabit = false

  /// The groups of the last.
  var first: UInt64 { words.first?.groups ?? 0 }

  init(_ text: Bytes, _ place: Int, ofStatus: Bool) {
    self.text = text
    end = place
    var isTag = false
    while end > 0 {
      let byte = text[end - 1]
      if let arrow = WordsBefore.arrowStart(before: end, in: text) {
        isMarked = true
        end = arrow
        continue
      }
      guard isMark(byte) || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "\\") else { break }
      isMarked = isMarked || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=")
      isTag = isTag || byte == UInt8(ascii: "]")
      end -= 1
    }
    isInBrackets =
      place > 0 && text[place - 1] == UInt8(ascii: "(") && place + 3 < text.count
      && text[place + 3] == UInt8(ascii: ")")
    var next = end
    if ofStatus, isInBrackets,
      let reason = StatusReason.start(before: place, in: text)
    {
      words.append(Word(groups: phrases.reason, start: reason, isTag: false))
      (next, isTag) = passMarks(before: reason)
    }
    // What is said with a reason is said of what came.
    var (isVerb, hasVerb) = (false, !words.isEmpty)
    while words.count < ToldStatus.mostWords {
      var start = next
      while start > 0, isWordByte(text[start - 1]) { start -= 1 }
      guard start < next else { return }
      let word = text.part(start..<next)
      var groups = phrases.groups(of: word)
      if isVerb, !isTag, groups & phrases.habit != 0 { isHabit = true }
      if !ofStatus, word[0] < 0x60, MethodNames.isUsual(word) { groups |= phrases.method }
      guard groups != 0 else { return }
      words.append(Word(groups: groups, start: start, isTag: isTag))
      isVerb = !hasVerb && groups & phrases.verb != 0
      hasVerb = hasVerb || isVerb
      (next, isTag) = passMarks(before: start)
    }
  }

  /// Where the marks begin that stand before the last word, and whether one of them ends a bracket.
  private mutating func passMarks(before start: Int) -> (place: Int, isTag: Bool) {
    var place = start
    var (isBreak, isTag) = (false, false)
    while place > 0 {
      switch text[place - 1] {
      case UInt8(ascii: ":"), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "="):
        isBreak = true
      case UInt8(ascii: "]"): isTag = true
      case let byte where isMark(byte) || byte == UInt8(ascii: "!"): break
      default:
        words[words.count - 1].isApart =
          isBreak || isTag || !text[place - 1].isNameByte || text[place - 1] == UInt8(ascii: "-")
        return (place, isTag)
      }
      place -= 1
    }
    words[words.count - 1].isApart = true
    return (place, isTag)
  }

  /// Where an arrow to what follows begins: `->`, `=>`, or the sign U+2192.
  private static func arrowStart(before place: Int, in text: Bytes) -> Int? {
    guard place > 2 else { return nil }
    if text[place - 1] == UInt8(ascii: ">") {
      return text[place - 2] == UInt8(ascii: "-") || text[place - 2] == UInt8(ascii: "=")
        ? place - 2 : nil
    }
    return text[place - 3] == 0xE2 && text[place - 2] == 0x86 && text[place - 1] == 0x92
      ? place - 3 : nil
  }

  private func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "("), UInt8(ascii: "["),
      UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
      true
    default: false
    }
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    byte | 0x20 &- 0x61 < 26 || byte.isDigit || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "-") || byte >= 0x80
  }

  // MARK: Steps

  /// Where the words begin that are the steps of a phrase, from a word on; nil where they are others.
  func start(of steps: ArraySlice<StatusPhrases.Step>, from next: Int = 0) -> Int? {
    let start = next > 0 ? words[next - 1].start : end
    guard let step = steps.first else { return start }
    let rest = steps.dropFirst()
    switch step {
    case .word(let groups, let isTag):
      guard next < words.count, words[next].groups & groups != 0,
        isTag == nil || words[next].isTag == isTag
      else { return nil }
      return self.start(of: rest, from: next + 1)
    case .known(let most):
      for place in next...next + most {
        if let start = self.start(of: rest, from: place) { return start }
        guard place < words.count, words[place].groups & phrases.known != 0, !words[place].isTag
        else { return nil }
      }
      return nil
    case .anywhere(let groups): return isAnywhere(groups, before: start) ? start : nil
    case .start: return start == 0 ? start : nil
    case .apart: return next > 0 && words[next - 1].isApart ? start : nil
    case .program: return isBehindProgram(start) ? start : nil
    }
  }

  private func isAnywhere(_ groups: UInt64, before end: Int) -> Bool {
    text.part(0..<end).split { !isWordByte($0) }.contains {
      phrases.isOne(Bytes(rebasing: $0), of: groups)
    }
  }

  /// Whether nothing but a program's name and a colon stands before a place.
  private func isBehindProgram(_ place: Int) -> Bool {
    let before = text.part(0..<place).trimmed
    return before.last == UInt8(ascii: ":") && (2..<24).contains(before.count)
      && before.part(0..<before.count - 1).allSatisfy(\.isNameByte)
  }
}
