internal import Answers

/// Stacked columns over time, with a scale, a key, and stretches marked and numbered.
struct TimelineDrawing {
  private let timeline: Timeline
  private let layers: [Timeline.Layer]
  private let sums: [Int64]
  private let axis: Axis
  private let marks: [PlacedMark]
  /// Pixels.
  private static let height = 190
  private static let lane = 21
  /// The stretched part is this many units high, and two a step wide.
  private static let units = 1000.0

  init(_ timeline: Timeline) {
    self.timeline = timeline
    layers = timeline.layers
    sums = timeline.sums
    axis = Axis(upTo: sums.max() ?? 0)
    marks = timeline.placedMarks
  }

  func write(in frame: ChartFrame, into page: inout Markup) {
    frame.write(into: &page) { page in
      if timeline.buckets.isEmpty {
        return page.element(.p, [.class: "empty"], "nothing to show")
      }
      writeKey(into: &page)
      let lanes = (marks.compactMap(\.lane).max() ?? -1) + 1
      let top = lanes > 0 ? lanes * Self.lane + 4 : 8
      frame.draw("timeline", height: top + Self.height + 24, into: &page) { page in
        drawAxis(top: top, into: &page)
        drawUnknown(top: top, fill: frame.unknown, into: &page)
        drawColumns(top: top, into: &page)
        drawBadges(into: &page)
      }
      writeMarks(into: &page)
      frame.writeNumbers(into: &page) { page in
        if let stretches = timeline.tableByTick { page.write(stretches) }
        page.element(.div, [.class: timeline.tableByTick == nil ? nil : "fine"]) { page in
          page.write(timeline.table)
        }
      }
    }
  }

  private func writeKey(into page: inout Markup) {
    page.element(.ul, [.class: "key"]) { page in
      // As they are stacked: what is on top comes first.
      for (place, layer) in layers.enumerated().reversed() {
        page.element(.li) { page in
          page.element(.span, [.class: "swatch layer-\(place + 1)"], "")
          page.text(layer.name + " ")
          page.element(.b, grouped(layer.total))
        }
      }
      if timeline.buckets.contains(where: \.isMissing) {
        page.element(.li) { page in
          page.element(.span, [.class: "swatch unknown"], "")
          page.text("not known")
        }
      }
    }
  }

  private func drawAxis(top: Int, into page: inout Markup) {
    for tick in axis.ticks {
      let y = Double(top) + Double(Self.height) * (1 - Double(tick) / Double(axis.top))
      page.element(
        .line,
        [
          .x2: "100%", .y1: coordinate(y), .y2: coordinate(y), .class: tick == 0 ? "base" : "grid",
        ])
      page.element(
        .letters, [.x: "-8", .y: coordinate(y + 4), .anchor: "end"], compact(tick))
    }
    let steps = Double(timeline.buckets.count)
    let labels = timeline.axisLabels
    let bottom = top + Self.height
    // A label stands under its step, or from the beginning of its stretch on.
    let isCentred = timeline.hasTickEverywhere
    if !isCentred {
      for label in labels where label.place > 0 {
        let x = percentage(label.place / steps)
        page.element(
          .line, [.x1: x, .x2: x, .y1: String(top), .y2: String(bottom + 6), .class: "grid"])
      }
    }
    for label in placed(labels, steps: timeline.buckets.count, isCentred: isCentred) {
      page.element(
        .letters,
        [
          .x: percentage((label.place + (isCentred ? 0.5 : 0)) / steps), .y: String(bottom + 17),
          .dx: isCentred ? nil : "4", .anchor: isCentred ? "middle" : nil,
          .class: label.isForPhones ? nil : "roomy",
        ], label.text)
    }
  }

  private func drawUnknown(top: Int, fill: String, into page: inout Markup) {
    let steps = Double(timeline.buckets.count)
    for stretch in timeline.missingStretches {
      page.element(
        .rect,
        [
          .x: percentage(Double(stretch.lowerBound) / steps), .y: String(top),
          .width: percentage(Double(stretch.count) / steps), .height: String(Self.height),
          .fill: fill,
        ])
    }
  }

  /// Bands of marks, columns, and over them what names each step's counts under a pointer.
  private func drawColumns(top: Int, into page: inout Markup) {
    let steps = timeline.buckets.count
    page.element(
      .svg,
      [
        .y: String(top), .width: "100%", .height: String(Self.height),
        .viewBox: "0 0 \(steps * 2) \(coordinate(Self.units))", .aspect: "none",
      ]
    ) { page in
      for mark in marks {
        page.element(
          .rect,
          [
            .class: "band \(mark.mark.sort.rawValue)", .x: coordinate(mark.start * 2),
            .width: coordinate(max((mark.end - mark.start) * 2, Double(steps) / 150)),
            .height: coordinate(Self.units),
          ])
      }
      var heights = [Double](repeating: 0, count: steps)
      for (place, layer) in layers.enumerated() {
        let path = columns(of: layer, on: &heights)
        if !path.isEmpty { page.element(.path, [.class: "layer-\(place + 1)", .d: path]) }
      }
      for (step, bucket) in timeline.buckets.enumerated() {
        page.element(.rect, [.class: "hit", .x: String(step * 2)]) { page in
          page.element(.title, "\(bucket.label): \(words(for: step))")
        }
      }
    }
  }

  /// The layer's part of each column: upright strokes, as wide as the style sheet says.
  private func columns(of layer: Timeline.Layer, on heights: inout [Double]) -> String {
    var path = ""
    for (step, count) in layer.counts.enumerated() where count > 0 {
      // Something is never drawn as nothing; a hair parts it from what is below.
      let height = max(4, Double(count) / Double(axis.top) * Self.units)
      let start = Self.units - heights[step]
      let end = max(0, start - height)
      let hair = height > 16 && heights[step] > 0 ? 5.0 : 0
      path += "M\(step * 2 + 1) \(Int((start - hair).rounded()))V\(Int(end.rounded()))"
      heights[step] += height
    }
    return path
  }

  private func words(for step: Int) -> String {
    if timeline.buckets[step].isMissing { return "not known" }
    let parts = layers.filter { $0.counts[step] > 0 }.reversed()
      .map { "\($0.name) \(grouped($0.counts[step]))" }
    return grouped(sums[step]) + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
  }

  private func drawBadges(into page: inout Markup) {
    let steps = Double(timeline.buckets.count)
    for mark in marks {
      guard let lane = mark.lane else { continue }
      let middle = lane * Self.lane + 10
      page.element(
        .svg,
        [
          .class: badge(of: mark), .x: percentage(min(max(mark.middle / steps, 0.02), 0.98)),
          .y: String(middle),
        ]
      ) { drawBadge(of: mark, into: &$0) }
    }
  }

  private func badge(of mark: PlacedMark) -> String { "badge \(mark.mark.sort.rawValue)" }

  /// A number in a shape that tells sorts of marks apart without colour.
  private func drawBadge(of mark: PlacedMark, into page: inout Markup) {
    switch mark.mark.sort {
    case .burst: page.element(.circle, [.r: "8.5"])
    case .spike: page.element(.rect, [.x: "-8", .y: "-8", .width: "16", .height: "16"])
    case .incident: page.element(.path, [.d: "M0 -10.5L10.5 0L0 10.5L-10.5 0z"])
    case .gap: page.element(.path, [.d: "M-8 -8h16M-8 8h16"])
    }
    page.element(.letters, [.y: "4", .anchor: "middle"], String(mark.number))
  }

  /// What is marked; the first of many at once.
  private func writeMarks(into page: inout Markup) {
    let most = 8
    let shown = marks.count > most + 1 ? Array(marks.prefix(most)) : marks
    if !shown.isEmpty { write(shown, into: &page) }
    let rest = Array(marks.dropFirst(shown.count))
    if rest.isEmpty { return }
    page.element(.details) { page in
      page.element(.summary, "\(rest.count) more marks")
      write(rest, into: &page)
    }
  }

  private func write(_ marks: [PlacedMark], into page: inout Markup) {
    page.element(.ol, [.class: "marks"]) { page in
      for mark in marks {
        page.element(.li) { page in
          page.element(
            .svg,
            [
              .class: badge(of: mark), .width: "22", .height: "22", .viewBox: "-11 -11 22 22",
              .hidden: "true",
            ]
          ) { drawBadge(of: mark, into: &$0) }
          page.element(.div) { page in
            page.words(.b, "\(mark.mark.title), \(timeline.words(for: mark))")
            page.prose(mark.mark.label)
          }
        }
      }
    }
  }
}
