internal import Reports

extension QuestionError.Hint {
  /// What to type, or what to do before that.
  var words: String {
    switch self {
    case .words(let words): words
    case .importFirst: importAdvice
    case .findByID(let what): "\(what) can be found by id: errata find ID"
    case .chooseVendor: "name one with --vendor, or leave it out for all"
    }
  }
}
