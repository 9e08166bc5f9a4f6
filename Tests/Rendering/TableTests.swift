import Answers
import Rendering
import Testing

@Suite struct TableTests {
  @Test func `rates are a table with its range above`() {
    #expect(
      rendered(rates, as: .table) == """
        Error rates
        2026-11-13 00:00 to 2026-11-20 00:00, Europe/Berlin

        vendor         errors   rate
        ──────────  ─────────  ─────
        flowestate  1,204,331  3.1 %
        zof                 7      -

        """)
  }

  @Test func `a report has sections, and says in words that a table is empty`() {
    #expect(
      rendered(report, as: .table) == """
        Week 47
        2026-11-16 to 2026-11-23
        UTC

        New

        Two codes were not seen before.

        • quota_exceeded
        • gone

        Bursts

        Of 429s
        no bursts

        An event

        id      req_8f2
        status  429

        {"a": 1}
        ```

        """)
  }

  @Test func `columns align whatever the width of their characters`() {
    let names = ["漢字", "ＡＢ", "e\u{301}te\u{301}", "한국", "👍🏽!", "☺️", "🇩🇪", "ascii", "naïve", "ｱ"]
    let table = Table(columns: ["name", "end"], rows: names.map { [Cell($0), "|"] })
    #expect(
      rendered(answer(table), as: .table) == """
        name   end
        ─────  ───
        漢字   |
        ＡＢ   |
        e\u{301}te\u{301}    |
        한국   |
        👍🏽!    |
        ☺️     |
        🇩🇪     |
        ascii  |
        naïve  |
        ｱ      |

        """)
  }

  static let wide = Table(
    columns: ["id", "message", Column("ms", .trailing)],
    rows: [["a", "the message 漢字漢字 goes on and on", 12], ["b", "short", 3]])

  @Test func `cells are wrapped between words to fit the terminal`() {
    #expect(
      rendered(answer(TableTests.wide), as: .table, terminal: Terminal(width: 30)) == """
        id  message               ms
        ──  ────────────────────  ──
        a   the message 漢字漢字  12
            goes on and on
        b   short                  3

        """)
  }

  @Test func `what does not fit beside the rest stands below its row`() {
    #expect(
      rendered(answer(TableTests.wide), as: .table, terminal: Terminal(width: 22)) == """
        id  ms
        ──  ──
        a   12
          message: the
            message 漢字漢字
            goes on and on
        b    3
          message: short

        """)
  }

  private static let incidents = Table(
    columns: ["id", "vendor", "start", "lasted", "what", Column("failed", .trailing)],
    rows: [
      ["471d2e03ba", "zihin", "2026-11-10 14:02", "6 min 25 s", "rejections", 243],
      ["368a46e8ed", "flowestate", "2026-11-11 18:30", nil, "errors", 114],
    ], keys: ["id", "vendor", "what", "failed"])

  @Test func `what a row is told by stays in it, the rest stands below in as few lines as will do`()
  {
    #expect(
      rendered(answer(TableTests.incidents), as: .table, terminal: Terminal(width: 50)) == """
        id          vendor      what        failed
        ──────────  ──────────  ──────────  ──────
        471d2e03ba  zihin       rejections     243
          start: 2026-11-10 14:02 · lasted: 6 min 25 s
        368a46e8ed  flowestate  errors         114
          start: 2026-11-11 18:30

        """)
  }

  @Test func `a wide table is as wide as it is, a plain one is its rows alone`() {
    let wide = Terminal(width: 50, isWide: true)
    #expect(
      rendered(answer(TableTests.incidents), as: .table, terminal: wide)
        == rendered(answer(TableTests.incidents), as: .table))
    let plain = Terminal(width: 50, isPlain: true)
    #expect(
      rendered(answer(TableTests.incidents), as: .table, terminal: plain) == """
        id          vendor      start             lasted      what        failed
        471d2e03ba  zihin       2026-11-10 14:02  6 min 25 s  rejections     243
        368a46e8ed  flowestate  2026-11-11 18:30  -           errors         114

        """)
  }

  @Test func `what is drawn goes below first, and a plain table has none of it`() {
    let table = Table(
      columns: ["vendor", "by day", Column("errors", .trailing), "change"],
      rows: [["zihin", Cell(trend: [1, 9, 1]), 11, "mostly on Tue 10 Nov"]])
    #expect(
      rendered(answer(table), as: .table, terminal: Terminal(width: 36)) == """
        vendor  errors  change
        ──────  ──────  ────────────────────
        zihin       11  mostly on Tue 10 Nov
          by day: ▂█▂

        """)
    #expect(
      rendered(answer(table), as: .table, terminal: Terminal(width: 36, isPlain: true)) == """
        vendor  errors  change
        zihin       11  mostly on Tue 10 Nov

        """)
  }

  @Test(arguments: [
    ("up for 6 min 25 s, going on", 12, ["up for", "6 min 25 s,", "going on"]),
    ("in 254 requests (95.7 %), up", 20, ["in 254 requests", "(95.7 %), up"]),
    ("from Tue 10 Nov 14:02 for 4 d 15 h", 16, ["from Tue 10 Nov", "14:02 for", "4 d 15 h"]),
    ("on 9 Nov. 3 min", 6, ["on", "9 Nov.", "3 min"]),
    ("a 120 ms b", 5, ["a 120", "ms b"]),
    ("took 5 s 3 more", 9, ["took 5 s", "3 more"]),
    ("6 min walks", 7, ["6 min", "walks"]),
  ])
  func `a number and its unit stand on one line`(text: String, width: Int, lines: [String]) {
    let answer = Answer(title: "", sections: [Section(.paragraph(text))], value: nil)
    #expect(
      rendered(answer, as: .table, terminal: Terminal(width: width))
        == lines.map { $0 + "\n" }.joined())
  }

  static let words = ["a", "of", "vendor", "request-id-of-some-length", "漢字", "and", "naïve", "x"]

  /// Tables of words and numbers, whatever their shape, at the widths of real terminals.
  @Test(arguments: [40, 60, 80, 120, 200], 0..<40)
  func `no line is wider than the terminal, no word broken, nothing lost`(width: Int, seed: Int) {
    var draws = Draws(state: UInt64(seed))
    let columns = (0..<Int.random(in: 1...9, using: &draws)).map { place in
      Column(
        "column \(place)",
        place > 0 && Int.random(in: 0...2, using: &draws) == 0 ? .trailing : .leading)
    }
    let rows = (0..<Int.random(in: 1...6, using: &draws)).map { _ in
      columns.map { column in
        column.alignment == .trailing
          ? Cell(Int.random(in: 0...1_000_000, using: &draws))
          : Cell(
            (0..<Int.random(in: 1...14, using: &draws)).map { _ in
              TableTests.words.randomElement(using: &draws) ?? ""
            }
            .joined(separator: " "))
      }
    }
    let table = Table(columns: columns, rows: rows)
    let text = rendered(answer(table), as: .table, terminal: Terminal(width: width))
    for line in text.split(separator: "\n") {
      #expect(columnsOf(line) <= width, "\(line)")
      #expect(!line.hasSuffix(" "))
    }
    let expected = rendered(answer(table), as: .table).split { " \n─:".contains($0) }
    let given = Set(text.split { " \n─:".contains($0) })
    for word in expected { #expect(given.contains(word), "\(word)") }
  }

  /// The columns that a line of these words takes.
  private func columnsOf(_ line: Substring) -> Int { line.count + line.count { "漢字".contains($0) } }

  @Test func `nothing is clipped where there is no terminal`() {
    #expect(rendered(answer(TableTests.wide), as: .table).contains("goes on and on"))
  }

  @Test(arguments: [Int.min, -1, 0, 1, 5])
  func `a terminal too narrow for anything still gets an answer`(width: Int) {
    let terminal = Terminal(width: width)
    #expect(rendered(answer(TableTests.wide), as: .table, terminal: terminal).contains("short"))
    #expect(rendered(report, as: .table, terminal: terminal).contains("quota_exceeded"))
  }

  @Test func `paragraphs and bullets are wrapped at words`() {
    let words = "one two three four five"
    let answer = Answer(
      title: "", sections: [Section(.paragraph(words), .bullets([words]))], value: nil)
    #expect(
      rendered(answer, as: .table, terminal: Terminal(width: 13)) == """
        one two three
        four five

        • one two
          three four
          five

        """)
  }

  @Test func `headings are bold where colour is wanted`() {
    let text = rendered(report, as: .table, terminal: Terminal(isColored: true))
    #expect(text.hasPrefix("\u{1B}[1mWeek 47\u{1B}[0m\n2026"))
    #expect(!rendered(report, as: .table).contains("\u{1B}"))
  }

  @Test func `values without words of their own are shown plainly`() {
    let values: [Value] = [
      nil, true, false, 0, 999, 1000, -1_234_567, .integer(.min), 3.0, 0.1, -2.5, .number(.nan),
      .number(1e300), .time(0), ["a": [1, nil]], .json("{\"b\":2}"),
    ]
    let table = Table(columns: [Column("value", unit: "ms")], rows: values.map { [Cell($0)] })
    #expect(
      rendered(answer(table), as: .table) == """
        value (ms)
        ──────────────────────────
        -
        yes
        no
        0
        999
        1,000
        -1,234,567
        -9,223,372,036,854,775,808
        3
        0.1
        -2.5
        -
        1e+300
        1970-01-01T00:00:00.000Z
        {"a":[1,null]}
        {"b":2}

        """)
  }

  @Test func `rows with too few or too many cells do no harm`() {
    let table = Table(columns: ["a", "b"], rows: [["1"], ["1", "2", "3"], []])
    #expect(rendered(answer(table), as: .table) == "a  b\n─  ─\n1  -\n1  2\n-  -\n")
    let bare = Table(columns: [], rows: [["1"]])
    for format in Format.allCases { _ = rendered(answer(bare), as: format) }
  }

  private func answer(_ table: Table) -> Answer {
    Answer(title: "", sections: [Section(.table(table))], value: nil)
  }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): the same tables in every run.
private struct Draws: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
