/// A piece of a rule.
struct Token {
  enum Sort {
    case word
    /// A value between quotes.
    case quoted
    case symbol
  }

  var sort: Sort
  var text: String
  /// From 1, in characters.
  var column: Int
  /// The column behind it.
  var end: Int

  /// Its letters without regard to case, `-` as `_`.
  var name: String { sort == .word ? plainName(text) : "" }

  /// The same of a value out of a list, which may stand between quotes.
  var value: String { sort == .symbol ? "" : plainName(text) }
}

func plainName(_ text: String) -> String {
  String(text.lowercased().map { $0 == "-" ? "_" : $0 })
}

/// What words are made of; anything else is between quotes.
func isWordCharacter(_ character: Character) -> Bool {
  !character.isWhitespace && !"<>=≤≥,|\"'".contains(character)
}

/// The pieces of a rule; what follows a `#` where a piece could begin is a remark.
func tokens(of text: String) throws(RuleError) -> [Token] {
  let characters = Array(text)
  var tokens: [Token] = []
  var place = 0
  while place < characters.count {
    let start = place
    let character = characters[place]
    func add(_ sort: Token.Sort, _ text: String, until end: Int) {
      tokens.append(Token(sort: sort, text: text, column: start + 1, end: end + 1))
      place = end
    }
    let next = place + 1 < characters.count ? characters[place + 1] : " "
    switch character {
    case _ where character.isWhitespace:
      place += 1
    case "#":
      return tokens
    case "\"", "'":
      guard let end = characters[(place + 1)...].firstIndex(of: character) else {
        throw RuleError(
          "this quote is never closed", hint: "Put a \(character) behind the value.",
          at: start + 1)
      }
      add(.quoted, String(characters[place + 1..<end]), until: end + 1)
    case "≥", "≤":
      add(.symbol, character == "≥" ? ">=" : "<=", until: place + 1)
    case _ where "<>=".contains(character) || character == "!" && next == "=":
      let run = characters[place...].prefix { "<>=!".contains($0) }
      add(.symbol, String(run), until: run.endIndex)
    case ",", "|":
      add(.symbol, ",", until: place + 1)
    default:
      let word = characters[place...].prefix { isWordCharacter($0) }
      // `vendor!=zof`: the sign is none of the name.
      let isNegated = word.last == "!" && characters.dropFirst(place + word.count).first == "="
      let own = isNegated ? word.dropLast() : word
      add(.word, String(own), until: max(place + 1, own.endIndex))
    }
  }
  return tokens
}
