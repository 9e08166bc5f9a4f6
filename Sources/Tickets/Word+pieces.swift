extension Word {
  /// A part of a word that may be an id by itself.
  struct Piece {
    var text: String
    var cut: Mention.Cut?
    var looksLikeID: Bool
  }

  /// It, and what it consists of: names and values, steps of a path, sentences' dots left out.
  var pieces: [Piece] {
    if scalars.contains("@") { return [] }  // somebody's address
    var found: [Piece] = []
    var seen: Set<String> = []
    func add(_ text: ArraySlice<Unicode.Scalar>, cut: Mention.Cut?, looksLikeID: Bool) {
      guard text.count >= 4, text.contains(where: \.isDigit) || looksLikeID,
        seen.insert(String(text)).inserted
      else { return }
      found.append(Piece(text: String(text), cut: cut, looksLikeID: looksLikeID))
    }
    let (whole, wholeCut) = trimmed(scalars[...])
    let isID = IDShape.isID(whole, announcement)
    if let padded = padded(whole), isID || IDShape.isID(padded, announcement) {
      add(padded, cut: nil, looksLikeID: true)
      add(whole, cut: nil, looksLikeID: false)
      return found
    }
    add(whole, cut: wholeCut, looksLikeID: isID)
    let isPlace = isPlace
    for separators in ["=", "=:", "=:/", "=:/.+~"] {
      let parts = scalars.split { separators.unicodeScalars.contains($0) }
      if parts.count < 2 { continue }
      for part in parts {
        let (text, cut) = trimmed(part)
        let isNamed = part.startIndex > 0 && isName(before: part.startIndex)
        add(
          text, cut: cut,
          looksLikeID: !isID
            && (isNamed || !isPlace || announcement == .near && IDShape.isWhole(text))
            && IDShape.isID(text, isNamed ? .near : isPlace ? .none : announcement))
      }
    }
    return found
  }

  /// Whether it is an address of the web, or a file: its parts are no ids that somebody complains of,
  /// but may be one.
  private var isPlace: Bool {
    scalars.count { $0 == "/" } >= 2 || IDShape.isHostOrFile(scalars[...])
  }

  /// Whether a part is a value whose name says that it is an id: `request_id=…`.
  private func isName(before place: Int) -> Bool {
    guard "=:".unicodeScalars.contains(scalars[place - 1]) else { return false }
    let before = scalars[max(0, place - 64)..<(place - 1)]
    return Announcement.isName(before.split { !$0.isIDLetter }.last ?? [])
  }

  /// With the `=` that fill up base64, if these stand behind it.
  private func padded(_ text: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar>? {
    let signs = scalars[text.endIndex...].prefix { $0 == "=" }
    guard (1...2).contains(signs.count), (text.count + signs.count).isMultiple(of: 4),
      text.count >= 14
    else { return nil }
    return scalars[text.startIndex..<signs.endIndex]
  }

  /// A part without the punctuation around it, and whether that says that some of it is missing.
  private func trimmed(
    _ part: ArraySlice<Unicode.Scalar>
  ) -> (ArraySlice<Unicode.Scalar>, Mention.Cut?) {
    let text = part.drop { !$0.isIDLetter || $0 == "-" }
    let leading = scalars[part.startIndex..<text.startIndex].count { $0 == "." }
    var end = text
    while let last = end.last, !last.isIDLetter || last == "-" { end.removeLast() }
    let trailing = scalars[end.endIndex..<text.endIndex].count { $0 == "." }
    let touchesEnd = text.endIndex == scalars.endIndex
    let touchesStart = part.startIndex == scalars.startIndex
    if touchesEnd, trailing >= 2 || after?.isOmission ?? false { return (end, .end) }
    if touchesStart, leading >= 2 || before?.isOmission ?? false { return (end, .beginning) }
    return (end, nil)
  }
}

extension Unicode.Scalar {
  /// Whether it says that something is left out.
  fileprivate var isOmission: Bool { self == "…" || self == "*" || self == "⋯" }
}
