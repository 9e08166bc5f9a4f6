import Answers
import JSON
import Rendering

private nonisolated(unsafe) let parser = JSONParser()

/// Text in every place of an answer, in every format: nothing in it reaches a terminal, and JSON
/// and CSV say what it was.
func fuzzRendering(_ input: UnsafeBufferPointer<UInt8>) {
  let text = String(decoding: input, as: UTF8.self)
  let table = Table(
    text, columns: [Column(text)], rows: [[Cell(.text(text))], [Cell(1, shown: text)]],
    whenEmpty: text)
  let answer = Answer(
    title: text, notes: [text],
    sections: [
      Section(
        text, .paragraph(text), .bullets([text]), .facts([Fact(text, Cell(.text(text)))]),
        .table(table), .verbatim(text), .figures([Figure(text, text, note: text)])),
      Section(heading: nil, blocks: charts(text).map { .chart(Chart(text, summary: text, $0)) }),
    ],
    value: ["rows": [["text": .text(text)]]], rows: "rows")
  for format in Format.allCases {
    for terminal in [Terminal(), Terminal(width: max(1, input.count % 80), isColored: false)] {
      let isFile = terminal.width == nil
      var output = Output()
      format.renderer(for: terminal).render(answer, into: &output)
      if !isFile || format != .csv {
        require(!output.text.unicodeScalars.contains(where: acts), "\(format): nothing acts")
      }
      if format == .ndjson { requireSame(output, text) }
      if format == .csv, isFile {
        let quoted = text.replacingQuotes
        let shown = String(decoding: output.bytes.dropFirst(5).dropLast(), as: UTF8.self)
        require(
          [text, "'" + text, "\"\(quoted)\"", "\"'\(quoted)\""].contains {
            $0.utf8.elementsEqual(shown.utf8)
          }, "CSV is exact")
      }
    }
  }
}

/// Charts whose words are the text, and whose numbers are its bytes.
private func charts(_ text: String) -> [Chart.Form] {
  let counts = text.utf8.prefix(64).map { Int64($0) - 16 }
  let buckets = counts.enumerated().map { step, count in
    Timeline.Bucket(
      since: Int64(step), until: Int64(step) + max(0, count), label: text,
      tick: count.isMultiple(of: 3) ? text : nil, isMissing: count.isMultiple(of: 7))
  }
  return [
    .timeline(
      Timeline(
        buckets: buckets, series: [.init(text, counts: counts), .init(text, counts: [1])],
        marks: counts.map { .init(.spike, since: $0, until: $0 + 3, label: text) })),
    .heatMap(HeatMap(rows: [text, text], columns: counts.map { _ in text }, counts: [counts])),
    .comparison(
      Comparison(
        counts.map { .init(text, before: $0, now: 40, change: text, tone: .bad) }, now: text,
        before: text)),
  ]
}

private func requireSame(_ output: Output, _ text: String) {
  output.bytes.withUnsafeBufferPointer { bytes in
    let value = try? parser.parse(bytes)
    require(value?["text"]?.text?.utf8.elementsEqual(text.utf8) == true, "JSON is exact")
  }
}

/// What must not reach a terminal.
private func acts(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x0A: false
  case 0x00..<0x20, 0x7F...0x9F, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF:
    true
  default: false
  }
}

extension String {
  fileprivate var replacingQuotes: String {
    String(decoding: utf8.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] }, as: UTF8.self)
  }
}
