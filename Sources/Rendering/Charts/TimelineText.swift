internal import Answers

/// A timeline in characters: a line for each series, under what stands on the axis.
///
///                Mon 9    Tue 10                  all  peak
///     all        ▁▁▂▁▁▁█▇▁▁▁▁▂▁▁▁▁               1,204   212
///     server     ▁▁▁▁▁▁█▇▁▁▁▁▁▁▁▁▁                 530   201
struct TimelineText {
  let lines: [String]
  /// What is marked, by the numbers below the lines; the first of many.
  let marks: [(number: String, words: String)]
  /// That there are more, if there are.
  let more: String?
  /// What needs to be said of how it is drawn.
  let notes: [String]

  /// As wide as `width`, where there is a limit; else as wide as a letter.
  init(_ timeline: Timeline, width: Int?) {
    let layers = timeline.layers
    let sums = Timeline.Layer(name: "all", counts: timeline.sums)
    let rows = layers.count > 1 ? [sums] + layers.reversed() : layers
    let names = rows.map { clipped(visible($0.name), to: 24) }
    let nameWidth = max(5, names.map(displayWidth).max() ?? 0)
    let totals = ["total"] + rows.map { grouped($0.total) }
    let peaks = ["peak"] + rows.map { grouped($0.counts.max() ?? 0) }
    let totalWidth = totals.map(\.count).max() ?? 0
    let peakWidth = peaks.map(\.count).max() ?? 0
    let room = max(8, (width ?? 96) - nameWidth - totalWidth - peakWidth - 3 * 2)
    let spans = timeline.spans(atMost: room)
    let placed = timeline.placedMarks

    // So few steps that there is room for words below them.
    let size = timeline.hasTickEverywhere ? max(1, min(8, room / max(1, spans.count))) : 1

    func line(_ name: String, _ plot: String, _ total: String, _ peak: String) -> String {
      trimmed(
        name + spaces(nameWidth + 2 - displayWidth(name)) + plot
          + spaces(spans.count * size - displayWidth(plot)) + spaces(2 + totalWidth - total.count)
          + total + spaces(2 + peakWidth - peak.count) + peak)
    }

    let ticks = ruler(timeline.axisLabels.map(\.inText), spans, size, isEven: true)
    var lines = [line("", ticks, totals[0], peaks[0])]
    for (place, row) in rows.enumerated() {
      let counts = spans.map { span in
        timeline.buckets[span].allSatisfy(\.isMissing) ? nil : sum(row.counts[span])
      }
      let plot = sparkline(counts.flatMap { Array(repeating: $0, count: size) })
      lines.append(line(names[place], plot, totals[place + 1], peaks[place + 1]))
    }
    let starts = placed.map { (text: String($0.number), step: Int($0.start)) }
    for (place, row) in markRows(starts, spans, size).enumerated() {
      lines.append(line(place == 0 ? "marks" : "", row, "", ""))
    }
    self.lines = timeline.buckets.isEmpty ? ["nothing to show"] : lines

    let most = 12
    let shown = placed.prefix(placed.count > most + 1 ? most : placed.count)
    marks = shown.map { mark in
      let when = timeline.words(for: mark)
      return (String(mark.number), "\(mark.mark.title), \(when), \(mark.mark.label)")
    }
    more = shown.count < placed.count ? "and \(placed.count - shown.count) more" : nil
    notes =
      (rows.count > 1 ? ["Each line has a scale of its own."] : [])
      + (timeline.buckets.contains(where: \.isMissing) ? ["░ where nothing is known."] : [])
  }
}

extension AxisLabel {
  fileprivate var inText: (text: String, step: Int) { (text, Int(place)) }
}

/// Words over the spans their steps lie in, each `size` characters wide, as far as there is room;
/// at even distances or as they come.
private func ruler(
  _ labels: [(text: String, step: Int)], _ spans: [Range<Int>], _ size: Int, isEven: Bool = false
) -> String {
  let extents = labels.map { label in
    let start = (spans.firstIndex { $0.contains(label.step) } ?? spans.count) * size
    return (start: start, end: start + displayWidth(label.text))
  }
  let stride = isEven ? evenStride(extents, gap: 1) : 1
  var line = ""
  var used = -1
  for (place, label) in labels.enumerated() where place % stride == 0 {
    let (start, end) = extents[place]
    guard start > used, end <= spans.count * size else { continue }
    line += spaces(start - max(0, used)) + label.text
    used = end
  }
  return line
}

/// The numbers of marks below the spans that they begin in; those that would touch another one stand
/// in the next row, as far as there are rows for them.
private func markRows(
  _ marks: [(text: String, step: Int)], _ spans: [Range<Int>], _ size: Int
) -> [String] {
  let most = 4
  let width = spans.count * size
  var rows: [String] = []
  for mark in marks {
    guard let span = spans.firstIndex(where: { $0.contains(mark.step) }) else { continue }
    let start = max(0, min(span * size, width - mark.text.count))
    var row = rows.firstIndex { $0.count < start }
    if row == nil, rows.count < most {
      rows.append("")
      row = rows.count - 1
    }
    if let row { rows[row] += spaces(start - rows[row].count) + mark.text }
  }
  return rows
}

extension Timeline {
  /// The steps in equal spans, at most so many: with ticks at equal distances, as many as divide it.
  fileprivate func spans(atMost most: Int) -> [Range<Int>] {
    let least = max(1, (buckets.count + most - 1) / most)
    let ticks = buckets.indices.filter { buckets[$0].tick != nil }
    let distances = Set(zip(ticks, ticks.dropFirst()).map { $1 - $0 })
    var length = least
    if distances.count == 1, let distance = distances.first, distance >= least {
      length = (least...distance).first { distance.isMultiple(of: $0) } ?? least
    }
    return stride(from: 0, to: buckets.count, by: length).map {
      $0..<min($0 + length, buckets.count)
    }
  }
}
