import Manual
import Testing

@Suite struct BlockTests {
  @Test func `a chapter is headings, paragraphs, bullets, tables and code`() {
    let blocks = Block.all(
      in: """
        # Title: summary
        ## Heading
        One line
        and another.

        Next.
        - one
          goes on
        - two

        | a | b |
        |---|:--|
        | 1 | `x \\| y` |

        ```json edge.json
        { "a": 1 }

        # no heading
        ```
        ```
        plain
        ```
        """)
    #expect(
      blocks == [
        .heading("Title: summary"), .heading("Heading"), .paragraph("One line and another."),
        .paragraph("Next."), .bullets(["one goes on", "two"]),
        .table([["a", "b"], ["1", "`x | y`"]]),
        .code(["{ \"a\": 1 }", "", "# no heading"], file: "edge.json"),
        .code(["plain"], file: nil),
      ])
  }

  @Test(arguments: ["", "```", "|", "| a", "- ", "#", "|\n|-|", "[x](", "`a", "**"])
  func `half of a block is a block, or nothing`(markdown: String) {
    _ = Block.all(in: markdown)
  }
}
