/// How fast work goes, as it went in the last ten seconds: what was passed over before, as a log's
/// part that is known already, says nothing of what is to come.
package struct Pace {
  /// Times in seconds, and how much was done by then; the first is where the pace is measured from.
  private var samples: [(time: Double, done: Int64)] = []

  private static let span = 10.0
  private static let distance = 0.1
  private static let least = 0.2

  package init() {}

  /// Notes how much is done, all in all.
  package mutating func note(_ done: Int64, at time: Double) {
    if let last = samples.last, time - last.time < Pace.distance { return }
    samples.append((time, done))
    while samples.count > 2, time - samples[1].time >= Pace.span { samples.removeFirst() }
  }

  /// How much a second; nil where it is too early to tell, or nothing was done.
  package var perSecond: Double? {
    guard let first = samples.first, let last = samples.last,
      last.time - first.time >= Pace.least, last.done > first.done
    else { return nil }
    return Double(last.done - first.done) / (last.time - first.time)
  }

  /// How many seconds it takes until all is done; nil where that cannot be told.
  package func seconds(until total: Int64) -> Double? {
    guard let perSecond, let last = samples.last, total > last.done else { return nil }
    return Double(total - last.done) / perSecond
  }
}
