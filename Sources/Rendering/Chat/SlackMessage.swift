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
    self.summary = clipped(visible(summary), to: 400)
    self.foot = clipped(visible(foot), to: 400)
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
    var pieces: [String] = []
    var rest = line[...]
    while rest.utf16.count > SlackMessage.mostCharacters {
      var end = rest.startIndex
      var count = 0
      for place in rest.indices {
        count += rest[place].utf16.count
        if count > SlackMessage.mostCharacters - 8 { break }
        // An entity is five characters at most, and a space is a good end.
        if rest[place] == " " || count < SlackMessage.mostCharacters - 80 {
          end = rest.index(after: place)
        }
      }
      if let entity = rest[..<end].suffix(5).lastIndex(of: "&"),
        !rest[entity..<end].contains(";"), entity > rest.startIndex
      {
        end = entity
      }
      pieces.append(String(rest[..<end]))
      rest = rest[end...]
    }
    pieces.append(String(rest))
    return pieces
  }
}
