internal import Answers

/// A field of coloured cells, and what the colours mean.
struct HeatMapDrawing {
  private let map: HeatMap
  private let scale: Scale
  /// Steps of colour there are in the style sheet.
  private static let colors = 6
  private static let rowHeight = 24

  init(_ map: HeatMap) {
    self.map = map
    scale = Scale(upTo: map.most, steps: Self.colors)
  }

  func write(in frame: ChartFrame, into page: inout Markup) {
    frame.write(into: &page) { page in
      if map.rows.isEmpty || map.columns.isEmpty {
        return page.element(.p, [.class: "empty"], "nothing to show")
      }
      let plot = map.rows.count * Self.rowHeight
      let isWide = map.rows.contains { displayWidth(visible($0)) > 6 }
      frame.draw(isWide ? "heat named" : "heat", height: plot + 20, into: &page) { page in
        drawNames(below: plot, isWide: isWide, into: &page)
        drawCells(height: plot, unknown: frame.unknown, into: &page)
      }
      writeKey(into: &page)
      frame.writeNumbers(into: &page) { $0.write(map.table) }
    }
  }

  private func drawNames(below height: Int, isWide: Bool, into page: inout Markup) {
    for (row, name) in map.rows.enumerated() {
      let middle = row * Self.rowHeight + Self.rowHeight / 2 + 3
      page.element(
        .letters, [.x: "-8", .y: String(middle), .anchor: "end"],
        clipped(visible(name), to: isWide ? 16 : 6))
    }
    let labels = map.columns.enumerated().map { AxisLabel($1, at: Double($0)) }
    for label in placed(labels, steps: map.columns.count, isCentred: true) {
      page.element(
        .letters,
        [
          .x: percentage((label.place + 0.5) / Double(map.columns.count)),
          .y: String(height + 14), .anchor: "middle", .class: label.isForPhones ? nil : "roomy",
        ], label.text)
    }
  }

  /// Cells are 100 units wide and high, and stretched to their place.
  private func drawCells(height: Int, unknown: String, into page: inout Markup) {
    let (rows, columns) = (map.rows.count, map.columns.count)
    for row in 0..<rows {
      for column in 0..<columns where map.count(row, column) == nil {
        page.element(
          .rect,
          [
            .x: percentage(Double(column) / Double(columns)), .y: String(row * Self.rowHeight),
            .width: percentage(1 / Double(columns)), .height: String(Self.rowHeight),
            .fill: unknown,
          ])
      }
    }
    page.element(
      .svg,
      [
        .width: "100%", .height: String(height), .viewBox: "0 0 \(columns)00 \(rows)00",
        .aspect: "none",
      ]
    ) { page in
      for row in 0..<rows {
        for column in 0..<columns {
          let count = map.count(row, column)
          let level = count.map { scale.step(of: $0) } ?? 0
          page.element(
            .rect,
            [
              .class: count == nil ? "hit" : color(level), .x: "\(column * 100 + 5)",
              .y: "\(row * 100 + 5)", .width: "90", .height: "90",
            ]
          ) { page in
            let words = count.map { grouped($0) } ?? "not known"
            page.element(.title, "\(map.rows[row]) \(map.columns[column]): \(words)")
          }
        }
      }
    }
  }

  private func writeKey(into page: inout Markup) {
    page.element(.ul, [.class: "key steps"]) { page in
      page.element(.li) { page in
        page.element(.span, [.class: "swatch \(color(0))"], "")
        page.text("none")
      }
      for (place, range) in scale.ranges.enumerated() {
        page.element(.li) { page in
          page.element(.span, [.class: "swatch \(color(place + 1))"], "")
          page.text(range)
        }
      }
      if map.hasUnknown {
        page.element(.li) { page in
          page.element(.span, [.class: "swatch unknown"], "")
          page.text("not known")
        }
      }
    }
  }

  /// A scale of few steps still reaches the strongest colour.
  private func color(_ step: Int) -> String {
    let steps = max(1, scale.ends.count)
    return "heat-\(step == 0 ? 0 : (step * Self.colors + steps - 1) / steps)"
  }
}
