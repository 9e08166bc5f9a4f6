import Answers
import Foundation
import Testing

@testable import Rendering

/// What is sent to chats keeps within their limits, and says nothing in their markup but what is meant.
@Suite struct ChatTests {
  @Test func `a report in Slack's markup has headings, lists and code`() {
    #expect(
      rendered(report, as: .slack) == """
        *Week 47*

        2026-11-16 to 2026-11-23
        UTC

        *New*

        Two codes were not seen before.

        • quota_exceeded
        • gone

        *Bursts*

        *Of 429s*
        no bursts

        *An event*

        • *id*: req_8f2
        • *status*: 429

        ```
        {"a": 1}
        '''
        ```

        """)
  }

  @Test func `a row of a table is a line, without what it has nothing of`() {
    #expect(
      rendered(rates, as: .slack).hasSuffix(
        """
        • *flowestate* · errors: 1,204,331 · rate: 3.1 %
        • *zof* · errors: 7

        """))
  }

  static let attacks = [
    "<!channel>", "<@U012AB3CD>", "<https://evil.test|here>", "&lt;!here&gt;", "a\n> b",
    "*b* _i_ ~s~",
    "```", "@everyone", "[x](https://evil.test)", "<at>all</at>", "\u{202E}txet", "\u{0}", "\r\n",
    String(repeating: "&", count: 4000), String(repeating: "<a b>", count: 900),
    String(repeating: "ü🧨", count: 2000), String(repeating: "x", count: 7000),
    String(repeating: "line\n", count: 900), "e" + String(repeating: "\u{301}", count: 6000),
    String(repeating: "👩\u{200D}", count: 3000),
  ]

  private func answer(_ text: String) -> Answer {
    Answer(
      title: text, notes: [text],
      sections: [
        Section(
          text, .paragraph(text), .bullets([text, text]), .facts([Fact(text, Cell(text))]),
          .verbatim(text),
          .table(
            Table(
              text, columns: [Column(text), Column(text), Column(text)],
              rows: Array(repeating: [Cell(text), Cell(text), nil], count: 30))))
      ], value: nil)
  }

  @Test(arguments: attacks)
  func `Slack is sent nothing but text, within its limits`(attack: String) throws {
    let message = SlackMessage(answer(attack), summary: attack, foot: attack)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(message.json)) as? [String: Any])
    let blocks = try #require(object["blocks"] as? [[String: Any]])
    #expect((1...50).contains(blocks.count))
    var texts = [try #require(object["text"] as? String)]
    for block in blocks {
      let elements = block["elements"] as? [[String: Any]] ?? []
      for text in [block["text"] as? [String: Any]].compactMap({ $0 }) + elements {
        let words = try #require(text["text"] as? String)
        #expect(text["type"] as? String == "mrkdwn" && text["verbatim"] as? Bool == true)
        #expect((1...3000).contains(words.utf16.count))
        texts.append(words)
      }
    }
    for text in texts {
      #expect(!text.contains("<") && !text.contains(">"))
      let rest = text.replacing("&amp;", with: "").replacing("&lt;", with: "")
        .replacing("&gt;", with: "")
      #expect(!rest.contains("&"))
      // What is fenced is fenced to its end.
      #expect(text.components(separatedBy: "```").count % 2 == 1 || attack.utf8.count > 1000)
    }
  }

  @Test(arguments: attacks)
  func `Teams is sent a card of texts without markup, within its limits`(attack: String) throws {
    let card = TeamsCard(answer(attack), summary: attack, foot: attack)
    #expect(card.json.count <= 28 << 10)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(card.json)) as? [String: Any])
    #expect(object["type"] as? String == "message")
    let attachments = try #require(object["attachments"] as? [[String: Any]])
    let content = try #require(attachments[0]["content"] as? [String: Any])
    #expect(content["type"] as? String == "AdaptiveCard")
    let body = try #require(content["body"] as? [[String: Any]])
    #expect(!body.isEmpty)
    for block in body {
      // The only block whose text is no Markdown.
      #expect(block["type"] as? String == "RichTextBlock")
      let inlines = try #require(block["inlines"] as? [[String: Any]])
      #expect(!inlines.isEmpty && inlines.allSatisfy { $0["type"] as? String == "TextRun" })
    }
  }

  @Test func `what is left out of a message is said`() throws {
    let text = String(repeating: "word ", count: 40_000)
    let message = SlackMessage(answer(text), summary: "", foot: "end")
    #expect(String(decoding: message.json, as: UTF8.self).contains("The rest is left out."))
    let card = TeamsCard(answer(text), summary: "", foot: "end")
    #expect(String(decoding: card.json, as: UTF8.self).contains("The rest is left out."))
    let rows = String(
      decoding: SlackMessage(answer("a"), summary: "", foot: "end").json, as: UTF8.self)
    #expect(rows.contains("and 22 more"))
  }
}
