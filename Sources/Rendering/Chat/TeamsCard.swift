package import Answers

/// The answer as what a workflow of Teams takes: a card whose texts are taken as they are, without any
/// markup (<https://adaptivecards.io/explorer/RichTextBlock.html>).
package struct TeamsCard {
  private let answer: Answer
  private let summary: String
  private let foot: String

  /// - Parameters:
  ///   - summary: what it is about, in a line.
  ///   - foot: where it is from.
  package init(_ answer: Answer, summary: String, foot: String) {
    self.answer = answer
    self.summary = shortened(visible(summary), to: 400)
    self.foot = shortened(visible(foot), to: 400)
  }

  /// Bytes of the card's blocks: Teams takes some 28 KB in all.
  private static let mostBytes = 22_000
  /// Characters of a line, and rows of a table.
  private static let mostCharacters = 2000
  private static let mostRows = 8

  package var json: [UInt8] {
    var output = Output()
    JSONText(isIndented: false).write(
      [
        "type": "message", "summary": .text(summary),
        "attachments": [
          [
            "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": nil,
            "content": [
              "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
              "type": "AdaptiveCard", "version": "1.4", "msteams": ["width": "Full"],
              "body": .array(blocks),
            ],
          ]
        ],
      ], into: &output)
    return output.bytes
  }

  private var blocks: [Value] {
    var blocks: [Value] = []
    var bytes = 0
    var isWhole = true
    lines: for paragraph in Prose(answer, most: TeamsCard.mostRows).paragraphs {
      for (place, line) in paragraph.lines.enumerated() {
        if line.allSatisfy(\.text.isEmpty) { continue }
        let block = block(line, paragraph.sort, isFirst: place == 0)
        bytes += compactJSON(block).utf8.count + 1
        if bytes > TeamsCard.mostBytes {
          isWhole = false
          break lines
        }
        blocks.append(block)
      }
    }
    if !isWhole {
      blocks.append(block([.init(text: "The rest is left out.")], .note, isFirst: true))
    }
    return blocks + [block([.init(text: foot)], .note, isFirst: true)]
  }

  private func block(_ line: [Prose.Run], _ sort: Prose.Sort, isFirst: Bool) -> Value {
    let runs = line.filter { !$0.text.isEmpty }.map { run -> Value in
      var inline: Object = [
        "type": "TextRun", "text": .text(shortened(run.text, to: TeamsCard.mostCharacters)),
      ]
      if run.isStrong || sort == .title || sort == .heading { inline["weight"] = "Bolder" }
      switch sort {
      case .title: inline["size"] = "Large"
      case .note: inline["isSubtle"] = true
      case .code: inline["fontType"] = "Monospace"
      case .heading, .text: break
      }
      return .object(inline)
    }
    return [
      "type": "RichTextBlock", "spacing": isFirst ? "Default" : "None", "inlines": .array(runs),
    ]
  }
}
