internal import Checks

extension RuleError {
  /// What would be right, by the rule's grammar or by what is asked of the command.
  var words: String? {
    isOfTooShortTime ? "Widen it with --since, or make the window shorter." : hint
  }
}
