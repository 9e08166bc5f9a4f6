import Answers
import Testing

@testable import Rendering

@Suite struct ScreenTests {
  private static func table(_ name: String, rows: Int, whenEmpty: String = "nothing") -> Section {
    Section(
      .table(
        Table(
          columns: [Column(name), Column("count", .trailing), "words"],
          rows: (0..<rows).map { row in
            [Cell("\(name) \(row)"), Cell(row * 1000), Cell("some words for 漢字, line \(row)\n")]
          }, whenEmpty: whenEmpty)))
  }

  private static func answer(_ sections: Section...) -> Answer {
    Answer(
      title: "errata top", notes: ["the last hour: 12 errors", "the newest came 3 s ago", "UTC"],
      sections: sections, value: .null)
  }

  private static let full = answer(
    table("vendor", rows: 5), table("incident", rows: 0, whenEmpty: "no open incident"),
    table("newest", rows: 400), table("quota", rows: 2))

  @Test func `all is there where there is room, and the longest list takes the rest`() {
    let lines = Screen(columns: 60, rows: 20, isColored: false).lines(Self.full, keys: "q ends")
    #expect(
      lines.map(trimmed) == [
        "errata top                                            q ends",
        "the last hour: 12 errors · the newest came 3 s ago · UTC",
        "",
        "vendor    count  words",
        "vendor 0      0  some words for 漢字, line 0\\n",
        "vendor 1  1,000  some words for 漢字, line 1\\n",
        "vendor 2  2,000  some words for 漢字, line 2\\n",
        "and 2 more",
        "",
        "no open incident",
        "",
        "newest        count  words",
        "newest 0          0  some words for 漢字, line 0\\n",
        "newest 1      1,000  some words for 漢字, line 1\\n",
        "newest 2      2,000  some words for 漢字, line 2\\n",
        "and 397 more",
        "",
        "quota    count  words",
        "quota 0      0  some words for 漢字, line 0\\n",
        "quota 1  1,000  some words for 漢字, line 1\\n",
      ])
  }

  @Test func `whatever its size, no line is longer and there are no more of them`() {
    for columns in [1, 7, 20, 33, 60, 80, 200] {
      for rows in [1, 2, 3, 5, 8, 13, 24, 50, 500] {
        let lines = Screen(columns: columns, rows: rows, isColored: false)
          .lines(Self.full, keys: "q ends")
        #expect(lines.count <= rows)
        // A table cannot be narrower than a column and its gap.
        if columns >= 7 { #expect(lines.allSatisfy { displayWidth($0) <= columns }) }
        #expect(lines.allSatisfy { !$0.contains("\n") })
      }
    }
  }

  @Test func `the first sections and the first columns stay where there is little room`() {
    let lines = Screen(columns: 16, rows: 8, isColored: false).lines(Self.full)
    #expect(
      lines.map(trimmed) == [
        "errata top", "the last hour:", "12 errors", "the newest came", "3 s ago · UTC", "",
        "vendor    count", "vendor 0      0",
      ])
  }

  @Test func `what stands below its row without a name is the cell alone`() {
    let table = Table(
      columns: ["start", "", Column("requests", .trailing)],
      rows: [[Cell("2026-11-12 09:15"), Cell("in it"), Cell(12)]], keys: ["start", "requests"])
    let grid = Grid(table, width: 28)
    #expect(grid.rows.map(trimmed) == ["2026-11-12 09:15        12", "  in it"])
  }

  @Test func `a text takes the columns of its characters, those of charts one each`() {
    let widths: [(String, Int)] = [
      ("", 0), ("abc", 3), ("▁▂█ ░·│", 7), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("▁日", 3),
      ("👍🏽", 2), ("1\u{FE0F}", 2),
    ]
    for (text, width) in widths { #expect(displayWidth(text) == width, "\(text)") }
    #expect(trimmed("▁ 日 ▁  ") == "▁ 日 ▁")
    #expect(trimmed("   ") == "")
  }

  @Test func `parts share what there is`() {
    #expect(Screen.shares(of: [(3, 7), (2, 2), (3, 402)], room: 20) == [7, 2, 11])
    #expect(Screen.shares(of: [(3, 7), (3, 9)], room: 10) == [5, 5])
    #expect(Screen.shares(of: [(3, 7), (3, 9)], room: 5) == [5, 0])
    #expect(Screen.shares(of: [(3, 7), (3, 9)], room: 2) == [0, 0])
    #expect(Screen.shares(of: [], room: 9) == [])
  }

  @Test func `colour is for who wants it, and the words say the same without`() {
    let plain = Screen(columns: 60, rows: 24, isColored: false).lines(Self.full)
    let coloured = Screen(columns: 60, rows: 24, isColored: true).lines(Self.full)
    #expect(!plain.joined().contains("\u{1B}"))
    #expect(coloured.joined().contains("\u{1B}[7m"))
    let stripped = coloured.map { $0.replacing(/\u{1B}\[[0-9]+m/, with: "") }
    #expect(stripped.map(trimmed) == plain.map(trimmed))
  }
}
