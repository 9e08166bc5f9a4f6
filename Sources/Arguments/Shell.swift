/// The shells we write completions for.
package enum Shell: String, Sendable, CaseIterable { case bash, zsh, fish }

extension Program {
  /// The script that teaches a shell this command line.
  package func completions(for shell: Shell) -> String {
    switch shell {
    case .bash: bashCompletions
    case .zsh: zshCompletions
    case .fish: fishCompletions
    }
  }
}

extension Option {
  var spellings: [String] { [flag] + (short.map { ["-\($0)"] } ?? []) }
}

/// The text as one word of a POSIX shell.
func shellQuoted(_ text: String) -> String {
  "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
    + "'"
}
