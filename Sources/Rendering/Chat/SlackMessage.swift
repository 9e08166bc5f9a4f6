package import Answers

/// The answer as what Slack's incoming webhooks take: blocks of text, each within Slack's limits
/// (<https://docs.slack.dev/reference/block-kit/blocks>).
package struct SlackMessage {
  private let answer: Answer
  private let summary: String
  private let foot: String

  /// - Parameters:
  ///   - summary: what a phone shows of it, in a line.
  ///   - foot: where it is from.
  package init(_ answer: Answer, summary: String, foot: String) {
    self.answer = answer
    self.summary = shortened(visible(summary), to: 400)
    self.foot = shortened(visible(foot), to: 400)
  }

  /// Characters of a section's text, and blocks of a message: of Slack's 3000 and 50.
  private static let mostCharacters = 2900
  private static let mostBlocks = 48
  /// Rows of a table.
  private static let mostRows = 8

  package var json: [UInt8] {
    var output = Output()
    JSONText(isIndented: false).write(
      [
        "text": .text(slackText(summary)), "blocks": .array(blocks),
        "unfurl_links": false, "unfurl_media": false,
      ], into: &output)
    return output.bytes
  }

  private var blocks: [Value] {
    let texts = parted(headed(Prose(answer, most: SlackMessage.mostRows).paragraphs))
    let left = texts.count > SlackMessage.mostBlocks ? ["The rest is left out."] : []
    return texts.prefix(SlackMessage.mostBlocks).map { text in
      ["type": "section", "text": SlackMessage.text(text)]
    } + [
      [
        "type": "context",
        "elements": .array((left + [slackText(foot)]).map { SlackMessage.text($0) }),
      ]
    ]
  }

  /// Paragraphs in Slack's markup, each with the heading above it, from which it is not parted.
  private func headed(_ paragraphs: [Prose.Paragraph]) -> [String] {
    var texts: [String] = []
    var heading: String?
    for paragraph in paragraphs {
      let text = slack(paragraph)
      let isShort = text.utf16.count < SlackMessage.mostCharacters - 400
      if paragraph.sort == .heading {
        if let heading { texts.append(heading) }
        heading = text
      } else if let above = heading {
        texts += isShort ? [above + "\n\n" + text] : [above, text]
        heading = nil
      } else {
        texts.append(text)
      }
    }
    return texts + [heading].compactMap { $0 }
  }

  /// What is no markup of ours stays as it is: no channel, link or name is looked for in it.
  private static func text(_ text: String) -> Value {
    ["type": "mrkdwn", "text": .text(text), "verbatim": true]
  }

  /// Paragraphs as texts that are short enough, as few as possible. What is longer is parted between
  /// lines, and a line that is longer still between words of Slack's markup.
  private func parted(_ paragraphs: [String]) -> [String] {
    var texts: [String] = []
    var current = ""
    func take(_ piece: String, _ separator: String) {
      if current.isEmpty {
        current = piece
      } else if (current + separator + piece).utf16.count <= SlackMessage.mostCharacters {
        current += separator + piece
      } else {
        texts.append(current)
        current = piece
      }
    }
    for paragraph in paragraphs {
      if paragraph.utf16.count <= SlackMessage.mostCharacters {
        take(paragraph, "\n\n")
        continue
      }
      let isCode = paragraph.hasPrefix("```\n")
      if !current.isEmpty { texts.append(current) }
      current = ""
      for line in paragraph.split(separator: "\n", omittingEmptySubsequences: false) {
        for piece in pieces(of: line) where !(isCode && piece == "```") { take(piece, "\n") }
      }
    }
    if !current.isEmpty { texts.append(current) }
    return texts
  }

  /// A line in pieces that are short enough, none of which ends within `&amp;`.
  private func pieces(of line: Substring) -> [String] {
    if line.utf16.count <= SlackMessage.mostCharacters { return [String(line)] }
    var pieces: [String] = []
    var rest = Array(line.unicodeScalars)[...]
    while !rest.isEmpty {
      // The last place where it may end: a space, as near to the limit as there is one, or anything
      // that is no part of an entity.
      var (end, space, count) = (rest.startIndex, rest.startIndex, 0)
      var isInEntity = false
      for place in rest.indices {
        count += UTF16.width(rest[place])
        if count > SlackMessage.mostCharacters { break }
        isInEntity = rest[place] == "&" || isInEntity && rest[place] != ";"
        if !isInEntity { end = place + 1 }
        if rest[place] == " " { space = place + 1 }
      }
      if end < rest.endIndex, space > end - 80 { end = space }
      pieces.append(String(String.UnicodeScalarView(rest[..<max(end, rest.startIndex + 1)])))
      rest = rest[max(end, rest.startIndex + 1)...]
    }
    return pieces
  }
}
