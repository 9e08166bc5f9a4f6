package import Times

/// A long window and a short one, both of which must burn too fast, and how large a share of requests
/// may fail in them.
package struct BurnWindows: Sendable {
  package let long: Int64
  package let short: Int64
  private let threshold: Threshold

  /// - Parameters:
  ///   - long: milliseconds, whole minutes, as `short` is.
  ///   - limit: the share of requests.
  ///   - minimum: how many requests the long window needs to be judged.
  package init(long: Int64, short: Int64, limit: Amount, minimum: Int64) {
    self.long = long
    self.short = short
    threshold = Threshold(Bound(comparison: .above, amount: limit), minimum: minimum)
  }

  /// From when on enough of the long window is known, where something is from a time on: a tenth.
  package static func judged(_ window: Int64, from known: Int64) -> Int64 {
    known + (window / 10).rounded(downTo: Milliseconds.minute)
  }

  fileprivate func runs(of samples: [Sample], _ ends: TimeRange) -> [[WindowRun]] {
    // The short window only says whether it goes on: there, few requests will do.
    var anyway = threshold
    anyway.minimum = 1
    return [(long, threshold), (short, anyway)].map { window, threshold in
      windowRuns(of: samples, window: window, ends: ends, threshold: threshold, isRate: true)
    }
  }

  /// How many failures of the short window show that it goes on: one may be chance.
  package static let leastFailures: Int64 = 2

  /// Where both stand together: as the better of them.
  fileprivate func level(_ long: WindowRun, _ short: WindowRun, known: Int64) -> Threshold.Level {
    if long.ends.lowerBound < BurnWindows.judged(self.long, from: known) { return .clear }
    if long.level == .crossed, short.level == .crossed {
      return short.counted < BurnWindows.leastFailures ? .near : .crossed
    }
    return long.level == .clear || short.level == .clear ? .clear : .near
  }
}

/// Windows that hold the same counts: those of the long window that says most.
package struct BurnRun: Sendable, Equatable {
  package var run: WindowRun
  /// The long window's length.
  package var window: Int64

  package init(_ run: WindowRun, window: Int64) {
    self.run = run
    self.window = window
  }
}

/// Judges every pair of windows, one for each minute at which they may end: what burns too fast by one
/// of them does.
///
/// - Parameters:
///   - known: from when on anything is known.
///   - ends: of the windows: after `since`, up to and with `until`, both full minutes.
/// - Returns: the windows in order of time, none left out.
package func burnRuns(
  of samples: [Sample], _ windows: [BurnWindows], known: Int64, ends: TimeRange
) -> [BurnRun] {
  let lists = windows.flatMap { $0.runs(of: samples, ends) }
  return sideBySide(lists, cut: windows.map { BurnWindows.judged($0.long, from: known) })
    .compactMap { runs in
      var worst: BurnRun?
      for (place, pair) in windows.enumerated() {
        var run = runs[2 * place]
        run.level = pair.level(run, runs[2 * place + 1], known: known)
        if worst.map({ run.isWorse(than: $0.run) }) ?? true {
          worst = BurnRun(run, window: pair.long)
        }
      }
      return worst
    }
}

/// Runs of several windows that end at the same times, cut where any of them is.
private func sideBySide(_ lists: [[WindowRun]], cut: [Int64]) -> [[WindowRun]] {
  let minute = Milliseconds.minute
  var places = lists.map { _ in 0 }
  var cuts = cut.sorted()[...]
  var found: [[WindowRun]] = []
  guard var start = lists.first?.first?.ends.lowerBound else { return [] }
  while true {
    var runs: [WindowRun] = []
    for (list, place) in zip(lists, places) where place < list.count { runs.append(list[place]) }
    guard runs.count == lists.count, var end = runs.map(\.ends.upperBound).min() else {
      return found
    }
    cuts = cuts.drop { $0 <= start }
    if let next = cuts.first { end = min(end, next - minute) }
    found.append(
      runs.map { run in
        var run = run
        run.ends = start...max(start, end)
        return run
      })
    for place in places.indices where runs[place].ends.upperBound <= end { places[place] += 1 }
    start = end + minute
  }
}

extension WindowRun {
  fileprivate func isWorse(than other: WindowRun) -> Bool {
    func rank(_ level: Threshold.Level) -> Int {
      switch level {
      case .crossed: 2
      case .near: 1
      case .clear: 0
      }
    }
    func share(_ run: WindowRun) -> Double { Double(run.counted) / Double(max(1, run.requests)) }
    return (rank(level), share(self)) > (rank(other.level), share(other))
  }
}
