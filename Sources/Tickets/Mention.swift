/// Something in a text that may be an id.
package struct Mention: Sendable, Equatable {
  /// As it stands there, or as it would if it were not broken.
  package var text: String
  /// The words of the text it is made of, by their places: several where it is broken.
  package var words: Range<Int>
  /// Where some of it is missing, as dots or asterisks say; nil where it is whole.
  package var cut: Cut?
  /// Whether a reader would call it an id, known or not: if nothing is known of it, that is said.
  package var looksLikeID: Bool

  package enum Cut: Sendable, Equatable {
    /// It ends early: what there is, is how the id begins.
    case end
    /// It begins late: what there is, is how the id ends.
    case beginning
  }

  package init(text: String, words: Range<Int>, cut: Cut? = nil, looksLikeID: Bool) {
    self.text = text
    self.words = words
    self.cut = cut
    self.looksLikeID = looksLikeID
  }
}
