import Foundation

/// Commands and what they print, as on a terminal:
///
///     $ errata rates --evry 1h
///     ! errata: unknown option --evry
///     !   Did you mean --every?
///     ? 2
///
/// Lines after `$ ` are standard output, those after `! ` standard error, `? ` is the exit status
/// where it is not 0. A line `…` stands for any lines, `{…}` for anything within a line. A command
/// that ends in a backslash, or within single quotes, goes on in the next line.
struct Transcript {
  struct Step {
    var command: String
    var output: [String] = []
    var complaint: [String] = []
    var status: Int32 = 0

    /// Whether the command is not whole yet.
    var goesOn: Bool {
      command.hasSuffix("\\") || !command.filter { $0 == "'" }.count.isMultiple(of: 2)
    }
  }

  /// What stands before the first command: what the case is about.
  private(set) var about: [String] = []
  var steps: [Step] = []

  init(_ lines: some Sequence<Substring>) {
    for line in lines.map(String.init) {
      if line.hasPrefix("$ ") {
        closeStep()
        steps.append(Step(command: String(line.dropFirst(2))))
      } else if steps.isEmpty {
        about.append(line)
      } else if steps[steps.count - 1].goesOn {
        steps[steps.count - 1].command += "\n" + line
      } else {
        let last = steps.count - 1
        if line == "!" || line.hasPrefix("! ") {
          steps[last].complaint.append(String(line.dropFirst(2)))
        } else if line.hasPrefix("? "), let status = Int32(line.dropFirst(2)) {
          steps[last].status = status
        } else {
          steps[last].output.append(line)
        }
      }
    }
    closeStep()
  }

  /// An empty line before the next command parts the two, and is no output.
  private mutating func closeStep() {
    guard !steps.isEmpty else { return }
    while steps[steps.count - 1].output.last == "" { steps[steps.count - 1].output.removeLast() }
  }

  /// The first line that differs from what is expected; nil where all is as expected.
  static func difference(of text: String, from expected: [String]) -> String? {
    let lines = lines(of: text)
    if matches(lines[...], expected[...]) { return nil }
    let place = zip(lines, expected).enumerated().first { $1.1 == "…" || !fits($1.0, $1.1) }?.offset
    let at = place ?? min(lines.count, expected.count)
    return """
      line \(at + 1) should be: \(at < expected.count ? expected[at] : "(the end)")
      but is: \(at < lines.count ? lines[at] : "(the end)")
      in all:
      \(lines.joined(separator: "\n"))
      """
  }

  /// The lines of a text, without empty ones at its end.
  static func lines(of text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  /// As it stands in a file.
  var text: String {
    let blocks = steps.map { step in
      ["$ " + step.command] + step.output + step.complaint.map { $0.isEmpty ? "!" : "! " + $0 }
        + (step.status == 0 ? [] : ["? \(step.status)"]) + [""]
    }
    return (about + blocks.joined().dropLast()).map { $0 + "\n" }.joined()
  }

  private static func matches(_ lines: ArraySlice<String>, _ expected: ArraySlice<String>) -> Bool {
    guard let first = expected.first else { return lines.isEmpty }
    if first == "…" {
      let rest = expected.dropFirst()
      return (lines.startIndex...lines.endIndex).contains { matches(lines[$0...], rest) }
    }
    guard let line = lines.first, fits(line, first) else { return false }
    return matches(lines.dropFirst(), expected.dropFirst())
  }

  private static func fits(_ line: String, _ expected: String) -> Bool {
    var parts = expected.components(separatedBy: "{…}")
    if parts.count == 1 { return line == expected }
    let (first, last) = (parts.removeFirst(), parts.removeLast())
    guard line.hasPrefix(first), line.dropFirst(first.count).hasSuffix(last) else { return false }
    var rest = line.dropFirst(first.count).dropLast(last.count)
    for part in parts {
      guard let found = rest.range(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
