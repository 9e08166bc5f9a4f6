internal import Answers

// How texts stand out, where that is wanted.
extension Terminal {
  func bold(_ text: String) -> String { painted(text, "1") }

  /// The heading of a part of a screen.
  func reversed(_ text: String) -> String { painted(text, "7") }

  /// Green for what is welcome, red for what is not.
  func toned(_ text: String, _ tone: Tone) -> String {
    switch tone {
    case .neutral: text
    case .good: painted(text, "32")
    case .bad: painted(text, "31")
    }
  }

  /// - Parameter attribute: a number of ECMA-48's “select graphic rendition”.
  private func painted(_ text: String, _ attribute: String) -> String {
    isColored ? "\u{1B}[\(attribute)m\(text)\u{1B}[0m" : text
  }
}
