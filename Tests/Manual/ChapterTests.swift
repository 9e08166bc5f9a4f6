import Manual
import Testing

@Suite struct ChapterTests {
  private static let odd = Chapter(
    file: "Manual/odd.md",
    text: """
      # Odd: a chapter with a bit of everything

      What stands before any heading, with `code`, **strong words**, a
      [link](https://example.com/), and [another](odd.md): it is wrapped.

      ## A heading

      - one that is so long that it has to go on in the line below it, as all bullets do
      - two

      | word | meaning |
      |---|---|
      | `-a` | .first |

      | a | b | c |
      |---|---|---|
      | 1 | one word after the other, so that this cell has more lines than a single one | 3 |

      ```json edge.json
      .it's "so" \\ ~^`-
      ```

      """)

  @Test func `its first line has its title and summary`() {
    #expect(Self.odd.name == "odd")
    #expect(Self.odd.title == "Odd")
    #expect(Self.odd.summary == "a chapter with a bit of everything")
  }

  @Test func `in a terminal it is plain text`() {
    #expect(
      Self.odd.text == """
        Odd: a chapter with a bit of everything

          What stands before any heading, with `code`, strong words, a link
          (https://example.com/), and another: it is wrapped.

        A heading

          • one that is so long that it has to go on in the line below it, as all
            bullets do
          • two

          word  meaning
          ────  ───────
          `-a`  .first

          a  b                                                                         c
          ─  ────────────────────────────────────────────────────────────────────────  ─
          1  one word after the other, so that this cell has more lines than a single  3
             one

          edge.json:
            .it's "so" \\ ~^`-

        """)
  }

  @Test func `for man it is roff`() {
    let page = Self.odd.page(of: "errata", version: "1.0")
    #expect(page.hasPrefix(".TH \"ERRATA\\-ODD\" \"7\" \"\" \"errata 1.0\" \"errata manual\"\n"))
    #expect(page.contains("\nerrata\\-odd \\- a chapter with a bit of everything\n"))
    #expect(page.contains("with \\fBcode\\fR, \\fBstrong words\\fR, a link (https://example.com/)"))
    #expect(page.contains(".TP\n\\fIword\\fR\n\\fImeaning\\fR\n.TP\n\\fB\\-a\\fR\n\\&.first\n"))
    #expect(page.contains("\n\\&.it\\(aqs \"so\" \\e \\(ti\\(ha\\(ga\\-\n"))
  }

  @Test(arguments: Chapter.all)
  func `a chapter can be read at 80 columns`(chapter: Chapter) {
    #expect(!chapter.summary.isEmpty && !chapter.summary.hasSuffix("."))
    #expect(chapter.summary.first?.isLowercase == true)
    // Beside the longest name it is to stand in a line of the help.
    #expect(chapter.summary.count <= 61)
    for line in chapter.text.split(separator: "\n") where line.count > lineWidth {
      Issue.record("\(chapter.name): longer than \(lineWidth) columns: \(line)")
    }
    // A page of man has less room beside its margin.
    for case .code(let lines, _) in Block.all(in: chapter.markdown) {
      for line in lines where line.count > 73 {
        Issue.record("\(chapter.name): code longer than 73 columns: \(line)")
      }
    }
  }
}

extension Chapter: CustomTestStringConvertible {
  public var testDescription: String { name }
}
