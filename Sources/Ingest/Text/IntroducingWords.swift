internal import Files

/// The words right before a number that may say that it is the status of a response: `responded with`,
/// `returned status code`, `HTTP error! status:`.
struct IntroducingWords {
  /// Where the last of them ends, marks and blanks aside.
  let end: Int
  /// Where the first of them begins.
  private(set) var start: Int
  /// Whether a colon, an equals sign or an arrow stands before the number.
  private(set) var isMarked = false
  /// Whether HTTP is named, or a status by a name that only HTTP's have.
  private(set) var nameHTTP = false
  /// Whether a status, a code or a response is named.
  private(set) var nameStatus = false
  /// Whether something is said to have come: `returned`, `got`.
  private(set) var haveVerb = false
  /// Whether the verb says that something answered, and stands right before the number.
  private(set) var areStrong = false
  /// Whether the verb says that it ended so: `returned`, `failed with`.
  private(set) var tellEnd = false
  private(set) var speakOfFailure = false
  /// Whether it is said of what always happens: `is rejected with`.
  private(set) var isHabit = false
  /// Whether nothing stands before them that they could depend on, but marks.
  private(set) var isAlone = false

  private static let most = 7

  init(_ text: Bytes, before number: Int) {
    var place = number
    while place > 0 {
      if let arrow = IntroducingWords.arrowStart(before: place, in: text) {
        isMarked = true
        place = arrow
        continue
      }
      guard IntroducingWords.isMark(text[place - 1]) else { break }
      if text[place - 1] == UInt8(ascii: ":") || text[place - 1] == UInt8(ascii: "=") {
        isMarked = true
      }
      place -= 1
    }
    end = place
    start = place
    for step in 0..<IntroducingWords.most {
      let start = IntroducingWords.wordStart(in: text, before: place)
      guard start < place, take(text.part(start..<place), step) else { break }
      place = start
      self.start = start
      var marks = place
      var isApart = false
      while marks > 0, IntroducingWords.isMark(text[marks - 1]) || text[marks - 1] == 0x21 {
        marks -= 1
        isApart = isApart || IntroducingWords.isBreak(text[marks])
      }
      if haveVerb {
        isHabit = IntroducingWords.isHabit(before: marks, in: text)
        break
      }
      isAlone =
        marks == 0 || isApart || !text[marks - 1].isNameByte
        || text[marks - 1] == UInt8(ascii: "-")
      place = marks
    }
  }

  /// Takes a word; false for one that is none of theirs.
  private mutating func take(_ word: Bytes, _ step: Int) -> Bool {
    func isOne(of words: [StaticString]) -> Bool {
      words.contains { word.isEqual(ignoringCase: $0) }
    }
    if isOne(of: IntroducingWords.ofHTTP) {
      nameHTTP = true
      nameStatus = true
    } else if isOne(of: IntroducingWords.ofStatus) {
      nameStatus = true
    } else if isOne(of: IntroducingWords.answers) {
      areStrong = step < 3
      haveVerb = true
    } else if isOne(of: IntroducingWords.ends) {
      speakOfFailure = true
      haveVerb = true
      tellEnd = step < 3
    } else if isOne(of: IntroducingWords.verbs) {
      haveVerb = true
      tellEnd = step == 0 && word.isEqual(ignoringCase: "returned")
    } else if isOne(of: IntroducingWords.failures) {
      speakOfFailure = true
      haveVerb = word.isEqual(ignoringCase: "unexpected")
    } else {
      return word.starts(with: "non-".utf8) || isOne(of: IntroducingWords.fillers)
    }
    return true
  }

  private static let ofHTTP: [StaticString] = [
    "http", "statuscode", "status_code", "httpstatus", "http_status", "httpcode", "http_code",
    "responsecode", "response_code",
  ]
  private static let ofStatus: [StaticString] = ["status", "code", "response", "reply"]
  private static let failures: [StaticString] = ["error", "failure", "unexpected", "invalid"]
  private static let ends: [StaticString] = ["failed", "rejected", "errored"]
  private static let answers: [StaticString] = ["responded", "answered", "replied"]
  private static let verbs: [StaticString] = [
    "returned", "received", "got", "gave", "resulted",
  ]
  private static let fillers: [StaticString] = [
    "with", "a", "an", "the", "bad", "from", "server", "upstream", "api", "backend", "in", "by",
    "was", "of", "non", "2xx",
  ]

  private static func wordStart(in text: Bytes, before place: Int) -> Int {
    var start = place
    while start > 0, isWordByte(text[start - 1]) { start -= 1 }
    return start
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte | 0x20 &- 0x61 < 26 || byte.isDigit || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "-") || byte >= 0x80
  }

  /// What parts sentences, or opens a bracket.
  private static func isBreak(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ":") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[")
      || byte == UInt8(ascii: "=")
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

  private static func isHabit(before place: Int, in text: Bytes) -> Bool {
    let word = text.part(wordStart(in: text, before: place)..<place)
    return ["is", "are", "be", "being", "get", "gets", "not"].contains {
      word.isEqual(ignoringCase: $0)
    }
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "("), UInt8(ascii: "["),
      UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
      true
    default: false
    }
  }
}
