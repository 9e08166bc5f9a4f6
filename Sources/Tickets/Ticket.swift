/// What a text that somebody pasted mentions by id: an e-mail, a chat, a stack trace, the output of a
/// program, what a picture was read as.
///
/// Everything that may be an id is a mention, and whoever asks tries each; so a text may well mention
/// words that are none.
package struct Ticket {
  /// In the order of the text; what is broken over lines or by a space stands before its pieces.
  package private(set) var mentions: [Mention] = []
  /// Whether that is all of them: nothing is read behind the last one that is looked at.
  package private(set) var isWhole = true
  private var places: [String: Int] = [:]

  package init(_ text: String) {
    var words = Words(in: ShownText(text))
    // A word, and those behind it that it may be broken into.
    var window: [Word] = []
    var place = 0
    // Whether the word before goes on in this one.
    var isGoingOn = false
    while isWhole {
      while window.count < 3, let word = words.next() { window.append(word) }
      guard let word = window.first else { break }
      for count in [3, 2] where count <= window.count {
        for (text, looksLikeID) in Word.joined(window[..<count]) {
          add(Mention(text: text, words: place..<place + count, looksLikeID: looksLikeID))
        }
      }
      let goesOn = window.count > 1 && word.isBlob(goingOnIn: window[1])
      for piece in word.pieces {
        add(
          Mention(
            text: piece.text, words: place..<place + 1, cut: piece.cut,
            looksLikeID: piece.looksLikeID && !goesOn && !isGoingOn))
      }
      isGoingOn = goesOn
      window.removeFirst()
      place += 1
    }
  }

  /// Each text once, which is an id if it looks like one anywhere.
  private mutating func add(_ mention: Mention) {
    guard (4...256).contains(mention.text.utf8.count) else { return }
    if let place = places[mention.text] {
      if mention.looksLikeID { mentions[place].looksLikeID = true }
    } else if mentions.count < Ticket.most {
      places[mention.text] = mentions.count
      mentions.append(mention)
    } else {
      isWhole = false
    }
  }

  /// So many are looked at: a text with more is a log, not a ticket.
  package static let most = 20_000
}
