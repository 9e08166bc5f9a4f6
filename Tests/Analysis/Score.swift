/// How well reported stretches match true ones.
struct Score {
  private var hits = 0
  private var misses = 0
  private var falseAlarms = 0
  private var overlaps: [Double] = []
  /// How many true ones are in a report that has another one already.
  private(set) var merged = 0

  /// A report is of a true stretch that it overlaps or nearly touches, by milliseconds. One that has a part in what is ignored
  /// is neither right nor wrong.
  mutating func add(
    _ reports: [Range<Int64>], truth: [Range<Int64>], ignoring ignored: [Range<Int64>],
    slack: Int64 = 120_000
  ) {
    var truths = Array(repeating: 0, count: reports.count)
    for spike in truth {
      let near = reports.indices.filter {
        reports[$0].lowerBound < spike.upperBound + slack
          && spike.lowerBound - slack < reports[$0].upperBound
      }
      for place in near { truths[place] += 1 }
      hits += near.isEmpty ? 0 : 1
      misses += near.isEmpty ? 1 : 0
      if let best = near.map({ overlap(reports[$0], spike) }).max() { overlaps.append(best) }
    }
    for (report, count) in zip(reports, truths) {
      merged += max(0, count - 1)
      if count == 0 && !ignored.contains(where: report.overlaps) { falseAlarms += 1 }
    }
  }

  var precision: Double { Double(hits) / Double(max(1, hits + falseAlarms)) }
  var recall: Double { Double(hits) / Double(max(1, hits + misses)) }
  var f1: Double { 2 * precision * recall / max(1e-9, precision + recall) }
  /// The mean of intersection over union of those found.
  var overlap: Double { overlaps.reduce(0, +) / Double(max(1, overlaps.count)) }

  private func overlap(_ one: Range<Int64>, _ other: Range<Int64>) -> Double {
    let common = one.clamped(to: other).count
    return Double(common) / Double(one.count + other.count - common)
  }
}
