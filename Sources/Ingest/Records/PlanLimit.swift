internal import Files
internal import Profiles

/// What a plan limits (the resource), and how much of it there may be (the limit), as far as a
/// message says.
struct PlanLimit: Equatable {
  var resource: String?
  var limit: Int64?

  /// Reads a message such as "Plan limit reached: monthly messages (limit 5000)".
  ///
  /// The resource is one the vendor's profile lists, else what stands between the words that this or
  /// the generic one has for it, else what is said of the route.
  init(message: String, routeResource: String?, profile: BodyProfile, generic: BodyProfile) {
    let text = message.lowercased()
    resource =
      profile.resources.first { PlanLimit.names(text, $0.lowercased()) }
      ?? (profile.resourceText + generic.resourceText).lazy
      .compactMap { PlanLimit.between($0.before, $0.after, in: text) }.first
      ?? routeResource
    limit = PlanLimit.number(in: text, after: profile.limitText + generic.limitText)
  }

  /// Whether a text names a resource, also in the singular.
  private static func names(_ text: String, _ resource: String) -> Bool {
    if holdsWord(text, resource) { return true }
    return resource.hasSuffix("s") && holdsWord(text, String(resource.dropLast()))
  }

  private static func holdsWord(_ text: String, _ word: String) -> Bool {
    let text = Array(text.utf8)
    let word = Array(word.utf8)
    guard !word.isEmpty, word.count <= text.count else { return false }
    for start in 0...(text.count - word.count)
    where text[start..<start + word.count].elementsEqual(word) {
      let before = start == 0 || !isWordByte(text[start - 1])
      let end = start + word.count
      if before, end == text.count || !isWordByte(text[end]) { return true }
    }
    return false
  }

  private static func between(_ head: String, _ tail: String, in text: String) -> String? {
    guard let start = range(of: head, in: text)?.upperBound,
      let end = range(of: tail, in: text[start...])?.lowerBound, start < end
    else { return nil }
    return String(text[start..<end])
  }

  private static func range(of piece: String, in text: some StringProtocol) -> Range<String.Index>?
  {
    var start = text.startIndex
    while start < text.endIndex {
      if text[start...].hasPrefix(piece) {
        return start..<text.index(start, offsetBy: piece.count)
      }
      start = text.index(after: start)
    }
    return nil
  }

  /// Of the numbers in a text, the last that follows one of the words, or a slash; else the only one
  /// there is.
  private static func number(in text: String, after heads: [String]) -> Int64? {
    var numbers: [Int64] = []
    var lastWord = ""
    var word = ""
    var previous: Character = " "
    var preferred: Int64?
    func finish() {
      defer { word = "" }
      guard !word.isEmpty else { return }
      if let number = wholeNumber(word) {
        numbers.append(number)
        if heads.contains(lastWord) || previous == "/" { preferred = number }
      } else {
        lastWord = word
      }
    }
    var gap: Character = " "
    for character in text {
      if character.isLetter || character.isNumber
        || (isSeparator(character) && word.last?.isNumber == true)
      {
        if word.isEmpty { previous = gap }
        word.append(character)
      } else {
        if word.last.map(isSeparator) == true { word.removeLast() }
        finish()
        gap = character
      }
    }
    if word.last.map(isSeparator) == true { word.removeLast() }
    finish()
    return preferred ?? (Set(numbers).count == 1 ? numbers[0] : nil)
  }

  /// `5000`, `5,000` or, as much of Europe writes it, `5.000`; nil for `4.5` and words.
  private static func wholeNumber(_ word: String) -> Int64? {
    let groups = word.split(whereSeparator: isSeparator)
    guard groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
    return Int64(groups.joined())
  }

  private static func isSeparator(_ character: Character) -> Bool {
    character == "," || character == "."
  }
}
