internal import Arguments
internal import Checks
internal import Rendering

extension Complaint {
  /// A rule that cannot be understood: where in it, what is wrong, what would be right.
  init(_ error: RuleError) {
    self.init(error.sentence, hint: error.words)
    code = .usage
    if let near = nearest(to: error.word, among: error.known) { hint = "Did you mean “\(near)”?" }
    if let text = error.origin?.text {
      // Where the rule is shown, so is the character.
      let before = visible(String(text.prefix(max(0, error.column - 1)))).count
      excerpt = [text, String(repeating: " ", count: before) + "^"]
    }
  }
}
