extension Word {
  /// Words that follow one another as one, if that may be an id that a line's end or a space breaks,
  /// and whether a reader would say so.
  static func joined(_ words: ArraySlice<Word>) -> [(text: String, looksLikeID: Bool)] {
    for (word, next) in zip(words, words.dropFirst()) {
      let isBrokenByLine = word.isLast && next.isFirst && next.line == word.line + 1
      let isBrokenBySpace =
        word.line == next.line && word.after == " " && next.before == " "
        && word.scalars.contains(where: \.isDigit)
      guard isBrokenByLine || isBrokenBySpace else { return [] }
    }
    guard words.dropFirst().allSatisfy({ $0.isFragment }), let first = words.first,
      let head = first.scalars.split(whereSeparator: { !$0.isIDLetter }).last,
      head.endIndex == first.scalars.endIndex, head.count >= 3
    else { return [] }
    let tails = words.dropFirst().map { $0.scalars.prefix(while: \.isIDLetter) }
    let whole = Array(head) + tails.joined()
    guard whole.count >= 8, whole.contains(where: \.isDigit) else { return [] }
    let looksLikeID =
      IDShape.isWhole(whole[...]) && !IDShape.isWhole(head)
      && !tails.contains(where: IDShape.isWhole)
    var joined = [(String(whole[...]), looksLikeID)]
    // A hyphen at a line's end may be the id's own or only say that the word goes on.
    if head.last == "-", !looksLikeID {
      let bare = Array(head.dropLast()) + tails.joined()
      joined.append((String(bare[...]), IDShape.isWhole(bare[...])))
    }
    return joined
  }

  /// Whether it is a line, or the end of one, of something encoded that goes on in the next line: no id
  /// is as long.
  func isBlob(goingOnIn next: Word) -> Bool {
    isLast && next.isFirst && next.line == line + 1
      && [self, next].allSatisfy { word in
        word.scalars.count >= 60 && !word.scalars.allSatisfy(\.isHexadecimal)
      }
      // Ids that stand below one another may be as long, and are filled up each.
      && scalars.last != "="
  }

  /// Whether it can be the rest of an id: it has a digit, or is of hexadecimal ones alone.
  private var isFragment: Bool {
    let head = scalars.prefix(while: \.isIDLetter)
    return head.count >= 2
      && (head.contains(where: \.isDigit) || head.allSatisfy(\.isHexadecimal))
  }
}
