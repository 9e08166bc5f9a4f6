internal import Answers

extension Timeline {
  /// A series as it is drawn: with a count for each step.
  struct Layer {
    var name: String
    var counts: [Int64]

    var total: Int64 { sum(counts) }
  }

  /// The series that have something, the lowest first. Of more than eight the largest seven stay;
  /// the rest is one, on top: no more can be told apart.
  var layers: [Layer] {
    let all = series.map { series in
      Layer(
        name: series.name,
        counts: buckets.indices.map { step in
          step < series.counts.count && !buckets[step].isMissing ? max(0, series.counts[step]) : 0
        })
    }
    let some = all.filter { $0.total > 0 }
    let most = 8
    if some.count <= most { return some.isEmpty ? Array(all.prefix(1)) : some }
    let large = Set(
      some.indices.sorted { (some[$1].total, $0) < (some[$0].total, $1) }.prefix(most - 1))
    let rest = some.indices.filter { !large.contains($0) }
    let other = Layer(
      name: "\(rest.count) others",
      counts: buckets.indices.map { step in sum(rest.map { some[$0].counts[step] }) })
    return some.indices.filter(large.contains).map { some[$0] } + [other]
  }

  /// All series together, for each step.
  var sums: [Int64] {
    let layers = layers
    return buckets.indices.map { step in sum(layers.map { $0.counts[step] }) }
  }

  /// Steps next to each other of which nothing is known.
  var missingStretches: [Range<Int>] {
    var stretches: [Range<Int>] = []
    for (step, bucket) in buckets.enumerated() where bucket.isMissing {
      if let last = stretches.last, last.upperBound == step {
        stretches[stretches.count - 1] = last.lowerBound..<step + 1
      } else {
        stretches.append(step..<step + 1)
      }
    }
    return stretches
  }

  var axisLabels: [AxisLabel] {
    buckets.enumerated().compactMap { step, bucket in
      bucket.tick.map { AxisLabel($0, at: Double(step)) }
    }
  }

  var hasTickEverywhere: Bool { buckets.allSatisfy { $0.tick != nil } }

  /// A row for each step in which there is something.
  var table: Table {
    let layers = layers
    let sums = sums
    let steps = buckets.indices.filter { buckets[$0].isMissing || sums[$0] > 0 }
    let rows = steps.map { step in
      row(buckets[step].label, buckets[step].isMissing ? nil : layers.map { $0.counts[step] })
    }
    return Table(
      steps.count < buckets.count ? "Step by step, those without any left out" : nil,
      columns: tableColumns, rows: rows, whenEmpty: "none")
  }

  /// A row from each tick to the next, such as a day; nil where that says no more, or says it at no
  /// less length.
  var tableByTick: Table? {
    let starts = buckets.indices.filter { $0 == 0 || buckets[$0].tick != nil }
    guard starts.count > 1, starts.count * 2 <= buckets.count else { return nil }
    let layers = layers
    let rows = zip(starts, starts.dropFirst() + [buckets.count]).map { start, end in
      let isKnown = !buckets[start..<end].allSatisfy(\.isMissing)
      return row(
        buckets[start].tick ?? buckets[start].label,
        isKnown ? layers.map { sum($0.counts[start..<end]) } : nil)
    }
    return Table(columns: tableColumns, rows: rows)
  }

  private var tableColumns: [Column] {
    let names = layers.map(\.name)
    let columns = names.count > 1 ? names + ["all"] : names
    return ["from"] + columns.map { Column($0, .trailing) }
  }

  /// Without counts where nothing is known.
  private func row(_ name: String, _ counts: [Int64]?) -> [Cell] {
    let unknown = Cell(.null, shown: "not known")
    guard let counts else {
      return [Cell(name)] + Array(repeating: unknown, count: tableColumns.count - 1)
    }
    return [Cell(name)] + (counts.count > 1 ? counts + [sum(counts)] : counts).map { Cell($0) }
  }
}

/// The sum, or the largest number there is where it would be larger.
func sum(_ counts: some Sequence<Int64>) -> Int64 {
  counts.reduce(0) { sum, count in
    let (next, isOver) = sum.addingReportingOverflow(count)
    return isOver ? .max : next
  }
}
