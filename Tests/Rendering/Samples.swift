import Answers
import Rendering

/// The answer in a format, as text.
func rendered(_ answer: Answer, as format: Format, terminal: Terminal = Terminal()) -> String {
  var output = Output()
  format.renderer(for: terminal).render(answer, into: &output)
  return output.text
}

/// Error rates of two vendors.
let rates = Answer(
  title: "Error rates",
  notes: ["2026-11-13 00:00 to 2026-11-20 00:00, Europe/Berlin"],
  sections: [
    Section(
      .table(
        Table(
          columns: ["vendor", Column("errors", .trailing), Column("rate", .trailing)],
          rows: [
            ["flowestate", 1_204_331, Cell(.number(0.031), shown: "3.1 %")],
            ["zof", 7, nil],
          ])))
  ],
  value: [
    "since": .time(1_763_647_320_000), "tz": "Europe/Berlin",
    "rows": [
      ["vendor": "flowestate", "errors": 1_204_331, "error_rate": 0.031],
      ["vendor": "zof", "errors": 7, "error_rate": nil],
    ],
  ],
  rows: "rows")

/// A report: everything a section can hold.
let report = Answer(
  title: "Week 47",
  notes: ["2026-11-16 to 2026-11-23", "UTC"],
  sections: [
    Section(
      "New", .paragraph("Two codes were not seen before."), .bullets(["quota_exceeded", "gone"])),
    Section(
      "Bursts", .table(Table("Of 429s", columns: ["start"], rows: [], whenEmpty: "no bursts"))),
    Section(
      "An event", .facts([Fact("id", "req_8f2"), Fact("status", 429)]),
      .verbatim("{\"a\": 1}\n```")),
  ],
  value: ["week": "2026-W47"])

/// An answer with the text in every place that can hold one, of every block there is.
func everywhere(_ text: String) -> Answer {
  Answer(
    title: text, notes: [text],
    sections: [
      Section(
        text, .paragraph(text), .bullets([text]), .facts([Fact(text, Cell(text))]),
        .table(
          Table(
            text, columns: [Column(text, unit: text)],
            rows: [[Cell(text)], [Cell(1, shown: text)], [Cell(["\(text)": .text(text)])]])),
        .table(Table(text, columns: [Column(text)], rows: [], whenEmpty: text)),
        .figures([Figure(text, text, note: text, tone: .bad), Figure(text, text)]),
        .chart(Chart(text, summary: text, .timeline(timeline(text)))),
        .chart(
          Chart(
            text, summary: text,
            .heatMap(
              HeatMap(rows: [text, text], columns: [text, text], counts: [[1, nil], [0]])))),
        .chart(
          Chart(
            text, summary: text,
            .comparison(
              Comparison(
                [.init(text, before: 3, now: 1, change: text, tone: .good)], now: text,
                before: text)))),
        .verbatim(text))
    ],
    value: [
      "rows": [["text": .text(text), "\(text)": 1, "nested": ["\(text)": [.text(text)]]]]
    ],
    rows: "rows", header: [text])
}

private func timeline(_ text: String) -> Timeline {
  Timeline(
    buckets: (0..<4).map { step in
      Timeline.Bucket(
        since: step, until: step + 1, label: text, tick: step % 2 == 0 ? text : nil,
        isMissing: step == 3)
    },
    series: [.init(text, counts: [1, 0, 2]), .init(text, counts: [0, 5])],
    marks: [.init(.burst, since: 0, until: 1, label: text)])
}
