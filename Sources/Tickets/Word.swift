/// What stands in a line between spaces, brackets and quotes.
struct Word {
  let scalars: [Unicode.Scalar]
  /// The number of its line.
  let line: Int
  let isFirst: Bool
  let isLast: Bool
  /// What stands right before and after it.
  let before: Unicode.Scalar?
  let after: Unicode.Scalar?
  let announcement: Announcement

  static func all(in text: ShownText) -> [Word] {
    var words: [Word] = []
    for (number, line) in text.lines.enumerated() {
      var place = 0
      while place < line.count {
        guard line[place].isWordLetter else {
          place += 1
          continue
        }
        let start = place
        while place < line.count, line[place].isWordLetter { place += 1 }
        words.append(
          Word(
            scalars: Array(line[start..<place]), line: number, isFirst: start == 0,
            isLast: place == line.count, before: start > 0 ? line[start - 1] : nil,
            after: place < line.count ? line[place] : nil,
            announcement: words.last?.announcementOfNext ?? .none))
      }
    }
    return words
  }
}

extension String {
  init(_ scalars: ArraySlice<Unicode.Scalar>) {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    self.init(text)
  }
}

extension Unicode.Scalar {
  fileprivate var isWordLetter: Bool {
    isIDLetter || ".:=/+~@".unicodeScalars.contains(self)
  }
}
