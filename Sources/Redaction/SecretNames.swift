internal import Files

/// How much a name says about the value beside it.
enum SecretName {
  /// Of a password: any word can be one.
  case password
  /// Of a password or of the folder one is in: `pwd`.
  case folder
  /// Of a password, in a language in which the word means other things too: secret if it looks made
  /// by a machine.
  case ambiguous
  /// Of a key: whatever it is, it is secret.
  case key
  /// Of a token: secret unless it is a word.
  case token
  /// Of several such: each text in a list or an object is one.
  case several
  /// Of what may be secret: secret if it looks made by a machine, and is no UUID.
  case perhaps
  /// Of what a client proves itself with: the same, and long.
  case proof
  /// The same as a hash alone.
  case digest
  /// Of a short number to be known by its owner alone.
  case number
  /// Of a card's number.
  case card
  case authorization
  case cookie
  /// Secret in a URL's query only.
  case query
}

/// Names of what is secret. Compared in their folded form, without `-`, `_` and spaces. What is known
/// of them is there as long as the process.
final class SecretNames: Sendable {
  static let all = SecretNames()
  /// How names end, and the words that end names of several words. Worked out when the first word comes
  /// that does not end in a letter of ASCII.
  private static let wideNames = WideEndings(all.entries.joined().map(\.text))
  private static let widePhrases = WideEndings(WordList(phraseEnds).folded)

  private struct Entry {
    var text: [UInt8]
    var name: SecretName
    var kind: StaticString
    /// Whether it is the whole name, not its ending.
    var isWhole: Bool
  }

  /// The entries by the last two bytes of their text, the whole names first.
  private let entries: [[Entry]]
  /// Which of them a name may be, by its last two bytes.
  private let tails: [UInt8]
  /// Which three letters names end with: most words end otherwise.
  nonisolated(unsafe) private let endings: UnsafeMutablePointer<Bool>
  /// Tokens that only say where a list goes on.
  private let places: [[UInt8]]
  private let numbered: Set<[UInt8]>
  private let phraseEnds: FoldedWords<CodeWord>
  /// The first and the last bytes of these.
  nonisolated(unsafe) private let phraseShapes: UnsafeMutablePointer<Bool>

  private init() {
    var entries: [[Entry]] = [[]]
    var tails = Array(repeating: UInt8(0), count: 1 << 16)
    endings = .allocate(capacity: 1 << 15)
    endings.initialize(repeating: false, count: 1 << 15)
    for isWhole in [true, false] {
      for list in SecretNames.known where list.isWhole == isWhole {
        for text in WordList(list.words).folded {
          let (count, tail) = (text.count, SecretNames.tail(text))
          if count > 2 {
            endings[SecretNames.ending(text[count - 3], text[count - 2], text[count - 1])] = true
          }
          if tails[tail] == 0 {
            tails[tail] = UInt8(entries.count)
            entries.append([])
          }
          entries[Int(tails[tail])].append(
            Entry(text: text, name: list.name, kind: list.kind, isWhole: isWhole))
        }
      }
    }
    self.entries = entries
    self.tails = tails
    places = ["page", "next", "prev", "continu", "sync", "cursor", "max", "total", "numtoken"].map {
      Array($0.utf8)
    }
    let numbered = """
      id ids order orders invoice invoices ticket tickets ref reference transaction transactions txn \
      request req trace span batch job jobs run runs seq sequence tracking shipment parcel offset \
      timestamp ts case cases lead leads project projects flow flows conversation thread serial imei \
      isbn version build revision commit partition
      """
    var numberedWords: Set<[UInt8]> = []
    WordList(numbered).forEach { numberedWords.insert(Array($0)) }
    self.numbered = numberedWords
    phraseEnds = FoldedWords([(SecretNames.phraseEnds, .head)])
    phraseShapes = .allocate(capacity: 1 << 10)
    phraseShapes.initialize(repeating: false, count: 1 << 10)
    for text in WordList(SecretNames.phraseEnds).folded {
      phraseShapes[SecretNames.shape(text[0], text[text.count - 1])] = true
    }
  }

  private static func tail(_ text: [UInt8]) -> Int {
    Int(text[text.count - 2]) << 8 | Int(text[text.count - 1])
  }

  /// Longer names are no names.
  private static let longest = 64
  /// Folding makes some characters longer.
  private static let room = 256

  /// What a name says, and what its tag is called; nil for most.
  func look(up word: Bytes) -> (name: SecretName, kind: StaticString)? {
    mayBeKnown(word) ? lookAnew(word) : nil
  }

  /// Whether a word may say something, which its last letters tell of most.
  @inline(__always)
  func mayBeKnown(_ word: Bytes) -> Bool {
    guard (2...Self.longest).contains(word.count), mayBeName(word) else { return false }
    return word[word.count - 1] < 0x80 || SecretNames.wideNames.mayEnd(word)
  }

  /// The same as `look(up:)`, of a word that may.
  func lookAnew(_ word: Bytes) -> (name: SecretName, kind: StaticString)? {
    let last = word[word.count - 1]
    return normalised(word) { name in
      if let found = find(name) { return found }
      // `password2`, `api_token_123`
      if last.isDigit {
        let end = name.lastIndex { !$0.isDigit } ?? 0
        return name.count - end <= 4 ? find(name.part(0..<end + 1)) : nil
      }
      guard last.lower == 0x73, let (one, kind) = find(name.part(0..<name.count - 1)) else {
        return nil
      }
      switch one {
      case .password, .key: return (one, kind)
      case .ambiguous, .token: return (.several, kind)
      case .number where name.count > 5: return (.number, kind)
      default: return nil
      }
    }
  }

  /// Whether a name is of several: `passwords`.
  func isPlural(_ word: Bytes) -> Bool {
    word.last?.lower == UInt8(ascii: "s") && look(up: word.part(0..<word.count - 1)) != nil
  }

  /// Whether a word ends as names do, or as names do before an `s` or a number.
  private func mayBeName(_ word: Bytes) -> Bool {
    var end = word.count
    if ends(word, at: end) { return true }
    if word[end - 1].lower == UInt8(ascii: "s") { return ends(word, at: end - 1) }
    while end > 0, word[end - 1].isDigit { end -= 1 }
    return end < word.count && ends(word, at: end)
  }

  @inline(__always)
  private func ends(_ word: Bytes, at end: Int) -> Bool {
    guard end > 2 else { return end == 2 }
    let (third, before, last) = (word[end - 3], word[end - 2], word[end - 1])
    return endings[SecretNames.ending(third, before, last)] || isOdd(third) || isOdd(before)
      || isOdd(last)
  }

  /// Three letters in fifteen bits, capitals the same as small ones.
  @inline(__always)
  private static func ending(_ third: UInt8, _ before: UInt8, _ last: UInt8) -> Int {
    Int(third & 31) << 10 | Int(before & 31) << 5 | Int(last & 31)
  }

  /// What a name is compared without, or in another form.
  private func isOdd(_ byte: UInt8) -> Bool { byte >= 0x80 || byte == 0x5F || byte == 0x2D }

  private func find(_ name: Bytes) -> (name: SecretName, kind: StaticString)? {
    guard name.count >= 2 else { return nil }
    let group = tails[Int(name[name.count - 2]) << 8 | Int(name[name.count - 1])]
    guard group > 0 else { return nil }
    for entry in entries[Int(group)] {
      guard entry.isWhole ? name.count == entry.text.count : name.count >= entry.text.count,
        name.part(name.count - entry.text.count..<name.count).elementsEqual(entry.text)
      else { continue }
      if entry.name == .token, places.contains(where: { holds(name, $0) }) { return nil }
      return (entry.name, entry.kind)
    }
    return nil
  }

  /// Whether a word ends a name of several words.
  func endsPhrase(_ word: Bytes) -> Bool {
    guard let first = word.first, let last = word.last else { return false }
    return
      (last >= 0x80
      ? SecretNames.widePhrases.mayEnd(word) : phraseShapes[SecretNames.shape(first, last)])
      && !phraseEnds[word].isEmpty
  }

  /// Two letters in ten bits, capitals the same as small ones.
  @inline(__always)
  private static func shape(_ first: UInt8, _ last: UInt8) -> Int {
    Int(first & 31) << 5 | Int(last & 31)
  }

  /// Whether a word is followed by the number of something: `order`, `trace_id`, `runId`.
  func isNumbered(_ word: Bytes) -> Bool {
    guard (1...Self.longest).contains(word.count) else { return false }
    let endings: [StaticString] = ["_id", "-id", "Id", "ID", "_no", "_seq"]
    if endings.contains(where: { word.hasSuffix($0) }) { return true }
    return normalised(word) { numbered.contains(Array($0)) }
  }

  private func normalised<Result>(_ word: Bytes, _ body: (Bytes) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.room) { room in
      var count = 0
      fold(word) { byte in
        guard byte != 0x2D, byte != 0x5F, byte != 0x20, byte != 0x2B, count < room.count else {
          return
        }
        room[count] = byte
        count += 1
      }
      return body(Bytes(rebasing: UnsafeBufferPointer(room)[..<count]))
    }
  }

  private func holds(_ name: Bytes, _ part: [UInt8]) -> Bool {
    guard name.count >= part.count else { return false }
    return (0...name.count - part.count).contains {
      name[$0..<$0 + part.count].elementsEqual(part)
    }
  }
}

extension UnsafeBufferPointer where Element == UInt8 {
  func hasSuffix(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    return count >= length && part(count - length..<count).isEqual(to: text)
  }
}
