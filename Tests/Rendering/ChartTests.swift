import Answers
import Rendering
import Testing

/// Charts in characters, and what they have in common with drawn ones.
@Suite struct ChartTests {
  private let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  private func buckets(_ count: Int, tickEvery distance: Int) -> [Timeline.Bucket] {
    (0..<count).map { step in
      Timeline.Bucket(
        since: Int64(step) * 10, until: Int64(step) * 10 + 10, label: "step \(step)",
        tick: step.isMultiple(of: distance) ? "t\(step)" : nil)
    }
  }

  private func text(
    _ form: Chart.Form, as format: Format = .table, width: Int? = nil, isColored: Bool = false
  ) -> String {
    let answer = Answer(
      title: "", sections: [Section(.chart(Chart("A chart", summary: "What it shows.", form)))],
      value: nil)
    return rendered(answer, as: format, terminal: Terminal(width: width, isColored: isColored))
  }

  @Test func `a timeline has a line for each series, with ticks and marks`() {
    var buckets = buckets(12, tickEvery: 4)
    buckets[9].isMissing = true
    let timeline = Timeline(
      buckets: buckets,
      series: [
        .init("server", counts: [0, 0, 7, 0, 0, 0, 1, 0, 0, 5]),
        .init("auth", counts: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
        .init("timeout", counts: []),
      ],
      marks: [
        .init(.spike, since: 60, until: 75, label: "zof: one"),
        .init(.burst, since: 20, until: 30, label: "zof: seven"),
        .init(.burst, since: 400, until: 500, label: "later"),
      ])
    #expect(
      text(.timeline(timeline)) == """
        A chart
        What it shows.

                t0  t4  t8    total  peak
        all     ▂▂█▂▂▂▃▂▂░▂▂     19     8
        auth    █████████░██     11     1
        server  ▁▁█▁▁▁▂▁▁░▁▁      8     7
        marks     1   2
        Each line has a scale of its own. ░ where nothing is known.

        1  Burst, step 2, zof: seven
        2  Spike, step 6 to 8, zof: one

        """)
  }

  @Test func `steps that are too many for a line are counted together, as ticks divide them`() {
    let timeline = Timeline(
      buckets: buckets(96, tickEvery: 24),
      series: [.init("all", counts: (0..<96).map { $0 == 50 ? 6 : $0 == 49 ? 3 : 0 })])
    let lines = text(.timeline(timeline), width: 42).split(separator: "\n")
    // There is room for 22 characters: five steps in each would do, but six divide 24.
    #expect(lines[2] == "       t0  t24 t48 t72   total  peak")
    #expect(lines[3] == "all    ▁▁▁▁▁▁▁▁█▁▁▁▁▁▁▁      9     6")
  }

  @Test func `each mark stands where it begins, below those that it would touch`() {
    let timeline = Timeline(
      buckets: buckets(8, tickEvery: 4),
      series: [.init("all", counts: Array(repeating: 1, count: 8))],
      marks: [(0, 80), (20, 30), (30, 40), (30, 80), (70, 75)].map {
        .init(.incident, since: $0.0, until: $0.1, label: "")
      })
    let lines = text(.timeline(timeline)).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.filter { $0.hasPrefix("marks") } == ["marks  1 2    5"])
    #expect(lines.contains("          3") && lines.contains("          4"))
  }

  @Test func `few steps are drawn so wide that their ticks can be read`() {
    let timeline = Timeline(
      buckets: zip(days, buckets(7, tickEvery: 1)).map { day, bucket in
        Timeline.Bucket(since: bucket.since, until: bucket.until, label: day, tick: day)
      }, series: [.init("errors", counts: [1, 2, 3, 4, 5, 6, 7])])
    let lines = text(.timeline(timeline), width: 80).split(separator: "\n")
    #expect(lines[2].hasPrefix("        Mon     Tue     Wed     Thu"))
    #expect(lines[3].hasPrefix("errors  ▂▂▂▂▂▂▂▂▃▃▃▃▃▃▃▃▄▄▄▄▄▄▄▄"))
  }

  @Test func `of more than eight series the smallest are one`() throws {
    let timeline = Timeline(
      buckets: buckets(2, tickEvery: 1),
      series: (1...12).map { .init("kind \($0)", counts: [Int64($0), 1]) })
    let lines = text(.timeline(timeline)).split(separator: "\n").map(String.init)
    #expect(lines.count == 2 + 1 + 1 + 8 + 1)
    #expect(lines[4].hasPrefix("5 others") && lines[4].hasSuffix(" 20    15"))
    #expect(lines[5].hasPrefix("kind 12"))
    let page = try Page(text(.timeline(timeline), as: .html))
    #expect(page.elements.filter { $0.attributes["class"]?.hasPrefix("swatch") == true }.count == 8)
  }

  @Test func `a heat map is darker where there is more`() {
    let map = HeatMap(
      rows: ["Mon", "Sunday"], columns: ["00", "06", "12", "18"],
      counts: [[0, 1, 5, 20], [100, nil, 40]])
    #expect(
      text(.heatMap(map)) == """
        A chart
        What it shows.

                00  12
        Mon     · ░░░░▒▒
        Sunday  ██  ▓▓
        · none  ░ 1–7  ▒ 8–25  ▓ 26–60  █ 61–100  blank: not known

        """)
    #expect(text(.heatMap(map), width: 13).contains("Mon     ·░░▒\nSunday  █ ▓\n"))
  }

  @Test func `a comparison has bars where there is room, and its names are never cut`() {
    let comparison = Comparison(
      [
        .init("a long name of something", before: 10, now: 40, change: "up, 4×", tone: .bad),
        .init("b", before: 20, now: 1, change: "down, 20×", tone: .good),
      ], now: "now", before: "before")
    #expect(
      text(.comparison(comparison), width: 66) == """
        A chart
        What it shows.

                                  now  before                  change
        ────────────────────────  ───  ──────  ──────────────  ─────────
        a long name of something   40      10  ████▓▓▓▓▓▓▓▓▓▓  up, 4×
        b                           1      20  █░░░░░░         down, 20×

        █ as before  ▓ more than before  ░ fewer

        """)
    #expect(
      text(.comparison(comparison), width: 40).hasSuffix(
        """
                        now  before  change
        ──────────────  ───  ──────  ─────────
        a long name of   40      10  up, 4×
        something
        b                 1      20  down, 20×

        """))
    let colored = text(.comparison(comparison), isColored: true)
    #expect(colored.contains("\u{1B}[31mup, 4×\u{1B}[0m"))
    #expect(colored.contains("\u{1B}[32mdown, 20×\u{1B}[0m"))
  }

  @Test func `in Markdown pictures stand in fences and marks in a list`() {
    let timeline = Timeline(
      buckets: buckets(3, tickEvery: 1), series: [.init("all", counts: [1, 2, 3])],
      marks: [.init(.incident, since: 0, until: 30, label: "*all*")])
    #expect(
      text(.timeline(timeline), as: .md) == """
        **A chart**

        What it shows.

        ```
               t0      t1      t2        total  peak
        all    ▄▄▄▄▄▄▄▄▆▆▆▆▆▆▆▆████████      6     3
        marks  1
        ```

        1. Incident, from step 0 on, \\*all\\*

        """)
  }

  @Test func `of many marks the first are named, and all of them in a page`() throws {
    let timeline = Timeline(
      buckets: buckets(40, tickEvery: 10), series: [.init("all", counts: [1])],
      marks: (0..<40).map {
        .init(.burst, since: $0 * 10, until: $0 * 10 + 5, label: "number \($0 + 1)")
      })
    let text = text(.timeline(timeline))
    #expect(text.contains("12  Burst, step 11, number 12\nand 28 more\n"))
    let page = try Page(self.text(.timeline(timeline), as: .html))
    #expect(page.text.contains("32 more marks"))
    #expect((1...40).allSatisfy { page.text.contains("number \($0)") })
  }

  @Test func `a trend stands beside the words of its cell, or alone`() {
    var errors = Cell(1234, shown: "1,234")
    errors.trend = [0, 1, 100]
    let table = Table(
      columns: [Column("errors", .trailing), "by day"], rows: [[errors, Cell(trend: [5, 5, 0])]])
    let answer = Answer(title: "", sections: [Section(.table(table))], value: nil)
    #expect(rendered(answer, as: .table).contains("1,234 ▁▂█  ██▁\n"))
    #expect(rendered(answer, as: .md).contains("| 1,234 ▁▂█ | ██▁ |"))
    #expect(rendered(answer, as: .html).contains("<title>0, 1, 100</title>"))
    // It is not cut where the line is too short.
    #expect(rendered(answer, as: .table, terminal: Terminal(width: 4)).contains("██▁"))
  }

  @Test func `figures and facts are coloured where colour is wanted`() {
    let answer = Answer(
      title: "",
      sections: [
        Section(
          .figures([Figure("errors", "7", note: "5 before", tone: .bad)]),
          .facts([Fact("retry", Cell("yes", tone: .good))]))
      ], value: nil)
    #expect(rendered(answer, as: .table) == "errors  7 (5 before)\n\nretry  yes\n")
    let colored = rendered(answer, as: .table, terminal: Terminal(isColored: true))
    #expect(colored.contains("  \u{1B}[31m7 (5 before)\u{1B}[0m\n"))
    #expect(colored.contains("  \u{1B}[32myes\u{1B}[0m\n"))
  }

  static let odd: [Chart.Form] = [
    .timeline(Timeline(buckets: [], series: [])),
    .timeline(
      Timeline(buckets: [.init(since: 5, until: 5, label: "")], series: [.init("", counts: [-1])])),
    .timeline(
      Timeline(
        buckets: [.init(since: .min, until: .max, label: "all", tick: "all")],
        series: [.init("a", counts: [.max, .max]), .init("b", counts: [.max])],
        marks: [
          .init(.burst, since: .max, until: .min, label: "x"),
          .init(.spike, since: .min, until: .max, label: "y"),
        ])),
    .timeline(
      Timeline(
        buckets: [.init(since: 0, until: 1, label: "a", isMissing: true)], series: [],
        marks: (0..<99).map { .init(.burst, since: 0, until: 1, label: "\($0)") })),
    .heatMap(HeatMap(rows: [], columns: ["a"], counts: [])),
    .heatMap(HeatMap(rows: ["a"], columns: [], counts: [[1]])),
    .heatMap(HeatMap(rows: ["a", "b"], columns: ["c"], counts: [[.max, 1], [-5]])),
    .comparison(Comparison([], now: "", before: "")),
    .comparison(
      Comparison(
        [.init("", before: .min, now: .max, change: "", tone: .bad)], now: "now", before: "")),
  ]

  @Test(arguments: odd.indices, Format.allCases)
  func `odd numbers do no harm`(_ place: Int, _ format: Format) throws {
    for width in [nil, 1, 7, 40] {
      let text = text(Self.odd[place], as: format, width: width)
      if format == .html { _ = try Page(text) }
    }
  }

  @Test(arguments: [
    (1, ["0", "1"]), (3, ["0", "1", "2", "3"]), (7, ["0", "2", "4", "6", "8"]),
    (87, ["0", "50", "100"]), (1204, ["0", "500", "1,000", "1,500"]),
    (38_000, ["0", "10k", "20k", "30k", "40k"]), (5_500_000, ["0", "2M", "4M", "6M"]),
  ])
  func `an axis has few and round numbers`(_ most: Int, _ ticks: [String]) {
    let timeline = Timeline(
      buckets: buckets(1, tickEvery: 2), series: [.init("a", counts: [Int64(most)])])
    let html = text(.timeline(timeline), as: .html)
    let found = html.matches(of: /<text x="-8" y="[^"]*" text-anchor="end">([^<]*)</).map {
      String($0.1)
    }
    #expect(found == ticks)
  }

  @Test func `labels below an axis do not touch, and fewer stand there on a phone`() {
    let timeline = Timeline(
      buckets: buckets(168, tickEvery: 4), series: [.init("a", counts: [1])])
    let html = text(.timeline(timeline), as: .html)
    let labels = html.matches(of: /<text x="([0-9.]+)%" y="[0-9]+" dx="4"( class="roomy")?>t/)
    let places = labels.map { Double($0.1) ?? 0 }
    let phone = labels.filter { $0.2 == nil }.map { Double($0.1) ?? 0 }
    #expect(phone.count > 3 && places.count > phone.count)
    // Four letters of seven pixels and a gap of eight, on 640 and on 300 pixels.
    #expect(zip(places, places.dropFirst()).allSatisfy { ($1 - $0) * 6.4 >= 28 })
    #expect(zip(phone, phone.dropFirst()).allSatisfy { ($1 - $0) * 3 >= 28 })
  }
}
