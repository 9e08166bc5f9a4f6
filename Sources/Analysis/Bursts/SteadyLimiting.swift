/// A time of continuous rate limiting: no burst, as it never lets up, yet a vendor's client is
/// rejected all the time.
package struct SteadyLimiting: Sendable, Equatable {
  /// The time of its first rejection, in milliseconds since the epoch.
  package var start: Int64
  /// The time of its last rejection, in milliseconds since the epoch.
  package var end: Int64
  package var count: Int

  /// Its minutes, the first and the last included.
  package var minutes: Int {
    Int(end.floorDivided(by: 60_000) - start.floorDivided(by: 60_000)) + 1
  }

  /// Rejections a minute, on average.
  package var perMinute: Double { Double(count) / Double(minutes) }
}

/// The stretches of six hours or more with a rejection in at least half of their minutes, in time
/// order. An hour without one ends a stretch. What bursts cover more than half of is told as these.
///
/// A minute with a rejection counts one up, one without counts one down; a stretch ends where the
/// sum is highest. So neither its start nor its end is emptier than half.
///
/// - Parameters:
///   - rejections: those of one vendor, in time order.
///   - bursts: the bursts among them.
package func steadyLimiting(in rejections: [Rejection], besides bursts: [Burst]) -> [SteadyLimiting]
{
  var found: [SteadyLimiting] = []
  var first = 0  // the first rejection of the stretch
  var last = 0  // the last one up to where the sum is highest
  var sum = 0
  var most = 0
  func close() {
    guard first < rejections.count else { return }
    let stretch = SteadyLimiting(
      start: rejections[first].time, end: rejections[last].time, count: last - first + 1)
    if stretch.minutes >= 360, !covers(bursts, stretch) { found.append(stretch) }
  }

  var before = Int64.min
  var end = Int64.min
  for (index, rejection) in rejections.enumerated() {
    if rejection.time < end {
      if last == index - 1 { last = index }  // the same minute as the highest
      continue
    }
    let minute = rejection.time.floorDivided(by: 60_000)
    end = rejection.time.minuteEnd
    let quiet = index == 0 ? 0 : Int(minute - before - 1)
    if index == 0 || quiet >= 60 || sum < quiet {
      close()
      (first, last, sum, most) = (index, index, 1, 1)
    } else {
      sum += 1 - quiet
      if sum >= most { (most, last) = (sum, index) }
    }
    before = minute
  }
  close()
  return found
}

private func covers(_ bursts: [Burst], _ stretch: SteadyLimiting) -> Bool {
  let covered = bursts.reduce(0.0) {
    $0 + max(0, seconds(from: max($1.start, stretch.start), to: min($1.end, stretch.end)))
  }
  return covered * 2 > seconds(from: stretch.start, to: stretch.end)
}
