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

/// An answer with the text in every place that can hold one.
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
        .verbatim(text))
    ],
    value: [
      "rows": [["text": .text(text), "\(text)": 1, "nested": ["\(text)": [.text(text)]]]]
    ],
    rows: "rows", header: [text])
}
