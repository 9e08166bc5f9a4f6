internal import Files

/// The phrases made ready for comparing: the groups of each word are bits, found by its hash.
final class StatusPhrases: Sendable {
  static let all = StatusPhrases()

  struct Row: Sendable {
    let phrase: StatusPhrase
    /// What stands before, from the status back.
    fileprivate(set) var steps: [Step] = []
    fileprivate(set) var isReceived = false
    fileprivate(set) var isMarked = false
    fileprivate(set) var isInBrackets = false
    fileprivate(set) var behind: [Behind] = []
  }

  enum Step: Sendable {
    /// A word of some groups; nil: a bracket may end behind it, or not.
    case word(UInt64, isTag: Bool?)
    /// So many known words at most.
    case known(most: Int)
    /// A word of some groups, and anything behind it.
    case anywhere(UInt64)
    case start, program, apart
  }

  enum Behind: Sendable {
    case colon, reason, network, end
    case word([UInt8])
  }

  let rows: [Row]
  /// The numbers of all, and of those before whose status no word need stand.
  let numbers: [Int]
  let wordless: [Int]
  /// The bits of words by their hashes.
  private let words: [UInt64: UInt64]
  /// What `..` stands for.
  let known: UInt64
  let verb: UInt64
  let habit: UInt64
  let reason: UInt64
  let method: UInt64
  let between: UInt64
  let replied: UInt64
  let asking: UInt64

  private init() {
    var bits: [String: UInt64] = [:]
    var words: [UInt64: UInt64] = [:]
    func bit(_ name: String) -> UInt64 {
      let bit = bits[name] ?? 1 << UInt64(bits.count)
      bits[name] = bit
      return bit
    }
    (reason, method) = (bit("<reason>"), bit("<method>"))
    var members: [Substring: [Substring]] = [:]
    for (name, group) in StatusPhrase.groups {
      let bit = bit("<\(name)>")
      let all = group.split(whereSeparator: \.isWhitespace).flatMap { members[$0] ?? [$0] }
      for word in all { words[String(word).withBytes(StatusPhrases.hash), default: 0] |= bit }
      members["<\(name)>"] = all
    }
    func group(_ names: String...) -> UInt64 { names.reduce(0) { $0 | bit("<\($1)>") } }
    known = group("filler", "status", "failure")
    (verb, habit, between) = (group("verb"), group("habit"), group("between"))
    (replied, asking) = (group("replied"), group("asking"))
    /// The bits of `word`, `<group>` or `<group|other>`.
    func mask(_ text: Substring) -> UInt64 {
      guard text.first == "<" else {
        words[String(text).withBytes(StatusPhrases.hash), default: 0] |= bit(String(text))
        return bit(String(text))
      }
      return text.dropFirst().dropLast().split(separator: "|").reduce(0) { $0 | bit("<\($1)>") }
    }
    let rows = StatusPhrase.all.map { Row($0, mask) }
    (self.rows, numbers) = (rows, Array(rows.indices))
    wordless = rows.indices.filter {
      switch rows[$0].steps.first {
      case .word, .known: false
      default: true
      }
    }
    self.words = words
  }

  // MARK: Words

  /// The groups of a word; 0 for one that is not known.
  func groups(of word: Bytes) -> UInt64 { words[StatusPhrases.hash(word)] ?? 0 }

  func isOne(_ word: Bytes, of groups: UInt64) -> Bool { self.groups(of: word) & groups != 0 }

  /// Of letters whatever their case.
  private static func hash(_ word: Bytes) -> UInt64 {
    var hash = FNV1a()
    hash.add(word, with: 0x20)
    return hash.value
  }
}

extension StatusPhrases.Row {
  /// `mask` gives the bits of a word or a group.
  fileprivate init(_ phrase: StatusPhrase, _ mask: (Substring) -> UInt64) {
    self.phrase = phrase
    let parts = phrase.text.split(separator: " ")
    let anchor = parts.firstIndex { ["#", "(#)", "URL"].contains($0) } ?? parts.endIndex
    isInBrackets = anchor < parts.endIndex && parts[anchor] == "(#)"
    var isTag: Bool? = false
    var isAnywhere = false
    for part in parts[..<anchor].reversed() {
      switch part {
      case "<--": isReceived = true
      case ":": isMarked = true
      case "]": isTag = true
      case "]?": isTag = nil
      case "..": steps.append(.known(most: ToldStatus.mostWords))
      case "~": steps.append(.known(most: 2))
      case "^": steps.append(.start)
      case "|": steps.append(.apart)
      case "program:": steps.append(.program)
      case "…": isAnywhere = true
      default:
        steps.append(isAnywhere ? .anywhere(mask(part)) : .word(mask(part), isTag: isTag))
        isTag = false
      }
    }
    for part in parts[anchor...].dropFirst() {
      switch part {
      case ":": behind.append(.colon)
      case "<reason>": behind.append(.reason)
      case "<network>": behind.append(.network)
      case "$": behind.append(.end)
      default: behind.append(.word(Array(part.utf8)))
      }
    }
  }
}
