internal import Files

/// Words with spaces and ends of lines between, as bytes: lists of hundreds are read before the first
/// line is, and by characters that takes longer than the line.
struct WordList {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  func forEach(_ body: (Bytes) -> Void) {
    text.withBytes { text in
      var start = 0
      for place in 0...text.count
      where place == text.count || text[place] == 0x20 || text[place] == 0x0A {
        if place > start { body(text.part(start..<place)) }
        start = place + 1
      }
    }
  }

  /// In their folded form.
  var folded: [[UInt8]] {
    var words: [[UInt8]] = []
    forEach { words.append(Redaction.folded($0)) }
    return words
  }
}
