internal import Files

/// Finds in a text the statuses that a phrase of the list tells.
struct ToldStatus {
  let text: Bytes
  private let places: StatusPhrase.Places
  /// Whether a time stood before it.
  private let isDated: Bool
  private let phrases = StatusPhrases.all

  static let mostWords = 7

  init(_ text: Bytes, _ places: StatusPhrase.Places, isDated: Bool = false) {
    (self.text, self.places, self.isDated) = (text, places, isDated)
  }

  /// The number of a phrase, and where its first word begins.
  typealias Found = (phrase: Int, start: Int)

  /// Where the status stands: the only number that words tell, or the same each time.
  func place(outside request: Range<Int> = 0..<0) -> Int? {
    let line = LooseLine(words: text)
    var found: Int?
    for place in text.indices.dropLast(2)
    where text[place] &- 0x32 < 4 && text[place + 1].isDigit
      && (place == 0 || !isOfNumber(text[place - 1])) && !request.contains(place)
    {
      guard line.statusEnd(at: place) != nil, phrase(at: place) != nil else { continue }
      let status = text.part(place..<place + 3)
      if let found, !text.part(found..<found + 3).elementsEqual(status) { return nil }
      found = found ?? place
    }
    return found.flatMap { ToldStatus.supposes(text) ? nil : $0 }
  }

  /// Whether a digit behind such a byte belongs to something larger.
  private func isOfNumber(_ byte: UInt8) -> Bool {
    byte.isNameByte || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "$")
      || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "+")
  }

  /// Whether a line tells of what is wanted, tried out or set, and not of what came.
  private static func supposes(_ text: Bytes) -> Bool {
    StatusPhrase.suppositions.contains { text.contains(ignoringCase: $0) }
      || text.contains(ignoringCase: "expect") && !text.contains(ignoringCase: "unexpect")
  }

  // MARK: Phrases

  /// The phrase that tells the status at a place.
  func phrase(at place: Int) -> Found? {
    let isError = text[place] > UInt8(ascii: "3")
    return find(WordsBefore(text, place, ofStatus: true), place..<place + 3, isError: isError)
  }

  /// The phrase around a URL, with what stands before and behind it.
  func phrase(around url: Range<Int>) -> Found? {
    find(WordsBefore(text, url.lowerBound, ofStatus: false), url, isError: true)
  }

  private func find(_ words: WordsBefore, _ place: Range<Int>, isError: Bool) -> Found? {
    let isReceived = ToldStatus.isReceived(text, before: words.end)
    guard isReceived || words.first != 0 || places == .timed else { return nil }
    let isHabit = words.isHabit && places.isDisjoint(with: [.body, .call])
    for number in phrases.rows.indices {
      let row = phrases.rows[number]
      guard !row.phrase.places.isDisjoint(with: places),
        isError || row.phrase.statuses != .errors, !row.isMarked || words.isMarked,
        !row.isInBrackets || words.isInBrackets, row.isReceived ? isReceived : !isHabit,
        let start = words.start(of: row.steps[...]),
        row.behind.allSatisfy({ stands($0, behind: place) }),
        isMet(row.phrase.needs), isError || row.phrase.statuses == .all || isLogged
      else { continue }
      return (number, start)
    }
    return nil
  }

  private func stands(_ part: StatusPhrases.Behind, behind place: Range<Int>) -> Bool {
    let rest = text.part(place.upperBound..<text.count)
    switch part {
    case .colon: return rest.first == UInt8(ascii: ":")
    case .reason: return StatusReason.stands(behind: place.lowerBound, in: text)
    case .network:
      return NetworkFailure.kind(ofMessage: rest, isSure: places == .call) != nil
    case .end:
      let next = rest.first { !$0.isBlank }
      return next.map { !LooseLine(words: text).isName($0) } ?? true
        || StatusReason.stands(behind: place.lowerBound, in: text)
    case .word(let word):
      let start = rest.firstIndex { !$0.isBlank && $0 != UInt8(ascii: "-") } ?? rest.count
      return start < ToldStatus.mostMarks && rest.part(start..<rest.count).starts(with: word)
    }
  }

  private static let mostMarks = 9

  /// Whether an arrow from there to here ends at a place: `<--`, `<==`, `←`. What compares numbers is none.
  static func isReceived(_ text: Bytes, before place: Int) -> Bool {
    var start = place
    while start > 0, text[start - 1] == UInt8(ascii: "-") || text[start - 1] == UInt8(ascii: "=") {
      start -= 1
    }
    if start > 0, start < place, text[start - 1] == UInt8(ascii: "<") {
      return text[place - 1] == UInt8(ascii: "-") || place - start > 1
    }
    // U+2190, U+21D0
    return place > 2 && text[place - 3] == 0xE2
      && (text[place - 2] == 0x86 && text[place - 1] == 0x90
        || text[place - 2] == 0x87 && text[place - 1] == 0x90)
  }

  // MARK: The line

  private func isMet(_ need: StatusPhrase.Need?) -> Bool {
    switch need {
    case nil: true
    case .log: isLogged
    case .trouble: LogLevel(amongFirstWordsOf: text) == .trouble
    }
  }

  /// Whether it is a line of a log: a time stands at its start, or a level.
  private var isLogged: Bool {
    isDated || LogLevel(amongFirstWordsOf: text) != nil
      || LooseTime.find(in: text.part(0..<64), before: min(64, text.count)) != nil
  }
}
