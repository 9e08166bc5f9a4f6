/// A path as a shell takes it, and as a command does not take for an option.
func shellWord(path: String) -> String { shellWord(path.hasPrefix("-") ? "./" + path : path) }

/// A text as a shell takes it for one word.
func shellWord(_ text: String) -> String {
  let isPlain = text.unicodeScalars.allSatisfy {
    $0.properties.isAlphabetic || ("0"..."9").contains($0)
      || "/._-+:@%".unicodeScalars.contains($0)
  }
  if isPlain, !text.isEmpty { return text }
  let parts = text.split(separator: "'", omittingEmptySubsequences: false)
  return "'\(parts.joined(separator: "'\\''"))'"
}
