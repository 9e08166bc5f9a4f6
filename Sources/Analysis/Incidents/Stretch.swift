internal import Glibc

/// Minutes in which a series does worse than usual.
struct Stretch {
  /// Indices of minutes; the first and the last have an error.
  var minutes: Range<Int>
  /// How much better a higher rate explains them, at most.
  var score: Double
  /// Whether the counts ended before it did.
  var open: Bool
}

/// A higher rate against the usual one, minute by minute.
struct StretchTest {
  /// How many times the usual rate.
  var factor = 4.0
  /// Where requests are known: the share that fails, in place of a factor.
  var share: Double?
  /// The evidence to open or to close a stretch.
  var threshold = 12.0
  /// Minutes without an error that close one where requests are not known.
  var quiet = 360

  /// What an error adds, and what each of the exposure takes off, at a usual rate.
  func weights(at usual: Double, isShare: Bool) -> (gain: Double, loss: Double) {
    guard isShare else { return (log(factor), usual * (factor - 1)) }
    let usual = min(max(usual, 0.002), 0.5)
    let raised = share ?? min(max(usual * factor, 0.02), (1 + usual) / 2)
    let loss = -log((1 - raised) / (1 - usual))
    return (log(raised / usual) + loss, loss)
  }

  /// The fewest errors of a minute that counts for one whole that add evidence.
  static func least(_ weights: (gain: Double, loss: Double)) -> Int32 {
    let ratio = weights.loss / weights.gain
    guard ratio < 1e6 else { return 1 }
    var least = Int32(max(1, ratio))
    while Double(least) * weights.gain - weights.loss <= 0 { least += 1 }
    while least > 1, Double(least - 1) * weights.gain - weights.loss > 0 { least -= 1 }
    return least
  }
}

extension TroubleSeries {
  /// The stretches in which the raised rate explains the counts better than the usual one: a
  /// cumulative sum of log-likelihood ratios that opens where it leaves zero and closes at its
  /// maximum. (Kleinberg's automaton of two states, where going up costs the threshold.) Minutes in
  /// which nothing was asked for tell nothing.
  func stretches(above usual: UsualRate, _ test: StretchTest) -> [Stretch] {
    var found: [Stretch] = []
    var (first, last) = (0, 0)
    var (sum, most) = (0.0, 0.0)
    let quiet = isShare ? Int.max : test.quiet
    counts.withUnsafeBufferPointer { counts in
      exposure.withUnsafeBufferPointer { exposure in
        for (hour, rate) in zip(hours, usual.rates) {
          let (gain, loss) = test.weights(at: rate, isShare: isShare)
          // A first minute that adds nothing begins nothing.
          let least = isEven ? StretchTest.least((gain, loss)) : 1
          let end = hour.minutes.upperBound
          var next = hour.minutes.lowerBound
          while true {
            if sum <= 0 {
              while next < end, counts[next] < least { next &+= 1 }
              (first, last, sum, most) = (next, next, 0, 0)
            }
            if next >= end { break }
            let (minute, count) = (next, counts[next])
            next &+= 1
            sum += Double(count) * gain - exposure[minute] * loss
            if count > 0 && sum >= most { (most, last) = (sum, minute) }
            if sum <= 0 || most - sum >= test.threshold || minute - last > quiet {
              if most >= test.threshold {
                found.append(Stretch(minutes: first..<last + 1, score: most, open: false))
              }
              (sum, most) = (0, 0)
            }
          }
        }
      }
    }
    if sum > 0, most >= test.threshold {
      found.append(Stretch(minutes: first..<last + 1, score: most, open: most - sum < 3))
    }
    return found
  }

  /// The edges of a stretch for its own rate rather than the one looked for: the part of it and of an
  /// hour around that speaks most for that. Other edges have another rate, so it is asked again.
  func sharpened(_ stretch: Stretch, above usual: UsualRate) -> Stretch {
    var sharp = stretch
    for _ in 0..<4 {
      let next = edges(of: sharp, above: usual)
      if next.minutes == sharp.minutes { break }
      sharp = next
    }
    sharp.open = stretch.open && sharp.minutes.upperBound + 60 >= stretch.minutes.upperBound
    return sharp
  }

  private func edges(of stretch: Stretch, above usual: UsualRate) -> Stretch {
    let sums = sums(of: stretch.minutes, usual: usual)
    guard sums.exposure > 0, sums.expected > 0 else { return stretch }
    let share = isShare ? min(0.97, sums.errors / sums.exposure) : nil
    let test = StretchTest(factor: max(1.5, sums.errors / sums.expected), share: share)
    let limits =
      max(0, stretch.minutes.lowerBound - 60)..<min(counts.count, stretch.minutes.upperBound + 60)
    var best = stretch
    var (sum, most, low, first) = (0.0, 0.0, 0.0, limits.lowerBound)
    for (hour, rate) in usual.hours(of: limits) {
      if let share, share <= rate { continue }
      let (gain, loss) = test.weights(at: rate, isShare: isShare)
      for minute in hour {
        if sum <= 0 {
          if counts[minute] == 0 { continue }
          sum = 0
          first = minute
        }
        sum += Double(counts[minute]) * gain - exposure[minute] * loss
        low = min(low, sum)
        // One more failure after a success is no reason to go on.
        if counts[minute] > 0, sum > most + (low < most ? Self.doubt : 0) {
          most = sum
          low = sum
          best.minutes = first..<minute + 1
        }
      }
    }
    return best
  }

  /// How much more evidence it takes to go on beyond minutes that speak against it.
  private static let doubt = 1.5
}
