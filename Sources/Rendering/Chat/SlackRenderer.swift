package import Answers
internal import Files

/// The answer as Slack writes text, to be pasted there or sent by a program of one's own:
/// <https://docs.slack.dev/messaging/formatting-message-text>.
package struct SlackRenderer: Renderer {
  package init() {}

  package func render(_ answer: Answer, into output: inout Output) {
    output.line(Prose(answer).paragraphs.map(slack).joined(separator: "\n\n"))
  }
}

/// A paragraph in Slack's own markup.
func slack(_ paragraph: Prose.Paragraph) -> String {
  let lines = paragraph.lines.map { runs in
    runs.map { run in
      let text = slackText(run.text)
      let isStrong = run.isStrong || paragraph.sort == .title || paragraph.sort == .heading
      return isStrong && !text.isEmpty ? "*\(text)*" : text
    }.joined()
  }
  if paragraph.sort != .code { return lines.joined(separator: "\n") }
  return (["```"] + lines + ["```"]).joined(separator: "\n")
}

/// Text that names, links and mentions nothing in Slack: three characters are all that has to be written
/// otherwise.
func slackText(_ text: String) -> String {
  var written = ""
  for scalar in unfenced(text).unicodeScalars {
    switch scalar {
    case "&": written += "&amp;"
    case "<": written += "&lt;"
    case ">": written += "&gt;"
    default: written.unicodeScalars.append(scalar)
    }
  }
  return written
}

/// Text that neither begins nor ends code: there is no other way to write these signs.
private func unfenced(_ line: String) -> String {
  line.contains(text: "```") ? String(line.map { $0 == "`" ? "'" : $0 }) : line
}
