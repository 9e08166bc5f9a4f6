internal import Arguments
internal import Files

/// What is done with a file that stands where a command is to stand; nil for what is no file.
func adviceOnFile(_ word: String) -> String? {
  if word == "-" { return "A log is read from standard input with: errata import -" }
  guard let kind = FileKind(path: word) else { return nil }
  let path = shellWord(path: word)
  let name = word.lowercased()
  if name.hasSuffix(".sql") { return "A question in a file is asked with: errata query \(path)" }
  if name.hasSuffix(".db") { return "A store is named with: errata report --store \(path)" }
  if kind == .folder {
    // A folder may be there by chance.
    let isMisspelt = nearest(to: word, among: Errata.program.commands.map(\.name)) != nil
    return isMisspelt ? nil : "The logs of a folder are imported with: errata import \(path)"
  }
  return "A log is imported with: errata import \(path)"
}
