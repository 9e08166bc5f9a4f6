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
}

/// The words of a text in their order, made as they are asked for.
struct Words: Sequence, IteratorProtocol {
  private var lines: ShownText
  private var line: [Unicode.Scalar] = []
  /// The number of the line, and how far it was read.
  private var number = -1
  private var place = 0
  /// What the word before says of the next one.
  private var announcement = Announcement.none

  init(in text: ShownText) { lines = text }

  mutating func next() -> Word? {
    while true {
      while place < line.count, !line[place].isWordLetter { place += 1 }
      if place < line.count { break }
      guard let next = lines.next() else { return nil }
      (line, number, place) = (next, number + 1, 0)
    }
    let start = place
    while place < line.count, line[place].isWordLetter { place += 1 }
    let word = Word(
      scalars: Array(line[start..<place]), line: number, isFirst: start == 0,
      isLast: place == line.count, before: start > 0 ? line[start - 1] : nil,
      after: place < line.count ? line[place] : nil, announcement: announcement)
    announcement = word.announcementOfNext
    return word
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
