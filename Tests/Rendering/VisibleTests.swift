import Answers
import Rendering
import Testing

@Suite struct VisibleTests {
  @Test(arguments: [
    ("plain text, naïve 漢字 🎉", "plain text, naïve 漢字 🎉"),
    ("\u{1B}[2J", "\\x1b[2J"),
    ("a\nb\r\nc\td", "a\\nb\\r\\nc\\td"),
    ("\0\u{7}\u{8}\u{7F}", "\\x00\\x07\\x08\\x7f"),
    ("\u{9B}31m", "\\x9b31m"),
    ("\u{85}\u{2028}\u{2029}", "\\x85\\u{2028}\\u{2029}"),
    ("\u{202E}moc.live\u{2066}", "\\u{202e}moc.live\\u{2066}"),
    ("zero\u{200B}width\u{FEFF}", "zero\\u{200b}width\\u{feff}"),
    ("tag\u{E0041}", "tag\\u{e0041}"),
    ("C:\\new", "C:\\new"),
  ])
  func `what acts on a terminal becomes visible, all else stays`(text: String, shown: String) {
    #expect(visible(text) == shown)
  }

  static let attacks =
    (Array(0x00...0x1F) + [0x7F] + Array(0x80...0x9F)).map { "a\(scalar($0))b" }
    + [
      "\u{1B}]52;c;ZXZpbA==\u{7}", "\u{1B}]8;;http://evil.test\u{1B}\\x", "\u{1B}P1$r\u{1B}\\",
      "\u{9D}52;c;ZXZpbA==\u{9C}", "\u{1B}[2J\u{1B}[H", "all fine\rall gone", "\r\n", "\u{2028}",
      "\u{2029}", "\u{202E}", "\u{2066}", "\u{200B}", "\u{200F}", "\u{FEFF}", "\u{61C}",
    ]

  @Test(arguments: attacks, Format.allCases)
  func `no format lets a control character through`(attack: String, format: Format) {
    let text = rendered(everywhere(attack), as: format, terminal: Terminal(width: 40))
    let dangerous = text.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0A: false
      case 0x00..<0x20, 0x7F...0x9F, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
        0xFEFF:
        true
      default: false
      }
    }
    #expect(dangerous.isEmpty)
    #expect(!text.isEmpty)
  }

  @Test(arguments: [Format.table, .md])
  func `a line break in data does not start a line`(format: Format) {
    var answer = everywhere("fine\nerrata: all is well")
    answer.sections = answer.sections.map { section in
      Section(
        heading: section.heading,
        blocks: section.blocks.filter { if case .verbatim = $0 { false } else { true } })
    }
    #expect(!rendered(answer, as: format).contains("\nerrata"))
  }

  @Test(arguments: [Format.json, .ndjson])
  func `JSON within JSON is kept but for what is hidden in it`(format: Format) {
    let details = "{\"a\":\n\t\"x\u{7F}\u{9B}\u{202E}\u{E0041}é\"}"
    let text = rendered(Answer(title: "", value: .json(details)), as: format)
    #expect(text == #"{"a":  "x\u007f\u009b\u202e\udb40\udc41é"}"# + "\n")
  }

  private static func scalar(_ value: Int) -> Character {
    Character(Unicode.Scalar(UInt8(value)))
  }
}
