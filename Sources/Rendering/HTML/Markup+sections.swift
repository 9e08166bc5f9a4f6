internal import Answers

extension Markup {
  /// - Parameter charts: how many charts the page has so far: parts of each are named after its number.
  mutating func write(_ section: Section, charts: inout Int) {
    element(.section) { page in
      if let heading = section.heading { page.element(.h2, heading) }
      for block in section.blocks { page.write(block, charts: &charts) }
    }
  }

  private mutating func write(_ block: Block, charts: inout Int) {
    switch block {
    case .paragraph(let text, let next):
      element(.p) { $0.write(text, next) }
    case .bullets(let bullets):
      element(.ul) { page in
        for bullet in bullets { page.words(.li, bullet) }
      }
    case .facts(let facts): write(facts)
    case .table(let table): write(table)
    case .figures(let figures): write(figures)
    case .verbatim(let text): element(.pre) { $0.lines(text) }
    case .chart(let chart):
      charts += 1
      let frame = ChartFrame(chart, number: charts)
      switch chart.form {
      case .timeline(let timeline): TimelineDrawing(timeline).write(in: frame, into: &self)
      case .heatMap(let map): HeatMapDrawing(map).write(in: frame, into: &self)
      case .comparison(let comparison):
        ComparisonDrawing(comparison).write(in: frame, into: &self)
      }
    }
  }

  /// A sentence, and where what comes next is asked.
  mutating func write(_ text: String, _ next: NextStep?) {
    prose(text)
    guard let next else { return }
    for (place, way) in links.next(next).enumerated() {
      self.text(place == 0 ? ": " : ", ")
      link(to: way.address, way.text)
    }
  }
}
