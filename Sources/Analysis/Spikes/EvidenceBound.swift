/// A sum that is never below that of the evidence for a factor, and zero only where that is: it tells where
/// the evidence cannot suffice, and takes little time.
///
/// Eight half hours are summed up at once, each from zero on. What one begins with is added afterwards:
/// its sum is the larger of what it is from zero on, and of what it begins with and all evidence since.
struct EvidenceBound {
  private struct HalfHour {
    /// What an error adds, at most, and what a minute takes off, at least.
    var gain: Float
    var loss: Float
    /// The sum at its end, and the most that it is, from zero on.
    var last: Float = 0
    var most: Float = 0
    /// All evidence of it, and the most up to one of its minutes; none below zero.
    var all: Float = 0
    var highest: Float = 0
    /// Where it was begun, and with which sum.
    var minute = 0
    var sum: Float = 0
  }

  private var halfHours: [HalfHour] = []
  /// Evidence that may suffice.
  private let threshold: Float
  /// From here on nothing is known yet.
  private var minute = 0
  /// The minute at which it was last begun with zero.
  private var start = 0
  private var sum: Float = 0

  /// - Parameter floors: the least that is expected of a minute of each half hour.
  init(_ floors: [Double], _ outline: SeriesOutline, _ table: RateTable, _ policy: SpikePolicy) {
    threshold = Float(policy.suspicion) - 0.01
    halfHours.reserveCapacity(floors.count)
    for floor in floors {
      let weights = table.weights(at: floor)
      // More than what rounding takes off.
      halfHours.append(
        HalfHour(
          gain: Float(weights.gain) * (1 + 1e-6), loss: Float(weights.loss) * (1 - 1e-6) - 1e-6))
    }
    for group in 0..<(floors.count + 7) / 8 { sumUp(group, outline) }
  }

  /// Sums up eight half hours.
  private mutating func sumUp(_ group: Int, _ outline: SeriesOutline) {
    let places = group * 8..<min(group * 8 + 8, halfHours.count)
    var gain = SIMD8<Float>.zero
    var loss = gain
    var isQuiet = true
    for (lane, place) in places.enumerated() {
      gain[lane] = halfHours[place].gain
      loss[lane] = halfHours[place].loss
      if Float(outline.peaks[place]) * gain[lane] > loss[lane] { isQuiet = false }
    }
    if isQuiet {
      // No minute adds anything: no more is left than what all take off.
      for place in places {
        let minutes = Analysis.HalfHour.minutes(of: place, in: outline.layout.count).count
        halfHours[place].all =
          Float(outline.totals[place]) * halfHours[place].gain
          - Float(minutes) * halfHours[place].loss
      }
      return
    }
    var (sum, most) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
    var (all, highest) = (sum, sum)
    outline.columns.withUnsafeBytes { columns in
      for row in group * Analysis.HalfHour.length..<(group + 1) * Analysis.HalfHour.length {
        let counts = columns.loadUnaligned(fromByteOffset: row * 32, as: SIMD8<Float>.self)
        let evidence = counts * gain - loss
        all += evidence
        highest.replace(with: all, where: highest .< all)
        sum += evidence
        sum.replace(with: SIMD8<Float>.zero, where: sum .< 0)
        most.replace(with: sum, where: most .< sum)
      }
    }
    for (lane, place) in places.enumerated() {
      (halfHours[place].last, halfHours[place].most) = (sum[lane], most[lane])
      (halfHours[place].all, halfHours[place].highest) = (all[lane], highest[lane])
    }
  }

  mutating func resume(at minute: Int) {
    (self.minute, start, sum) = (minute, minute, 0)
  }

  /// The next minutes in which the evidence may suffice, from the one on after which it was last zero;
  /// nil if there are none.
  mutating func next(in counts: UnsafeBufferPointer<Int32>) -> Range<Int>? {
    let length = Analysis.HalfHour.length
    let threshold = threshold
    var (minute, sum) = (minute, sum)
    let crossing: Int? = halfHours.withUnsafeMutableBufferPointer { halfHours in
      while minute < counts.count {
        let place = minute / length
        let end = min(counts.count, (place + 1) * length)
        (halfHours[place].minute, halfHours[place].sum) = (minute, sum)
        if minute == place * length,
          max(halfHours[place].most, sum + halfHours[place].highest) < threshold
        {
          (minute, sum) = (end, max(halfHours[place].last, sum + halfHours[place].all))
          continue
        }
        let (gain, loss) = (halfHours[place].gain, halfHours[place].loss)
        while minute < end {
          sum = max(0, sum + Float(counts[minute]) * gain - loss)
          minute += 1
          if sum >= threshold { return minute }
        }
      }
      return nil
    }
    (self.minute, self.sum) = (minute, sum)
    return crossing.map { zero(before: $0, in: counts)..<$0 }
  }

  /// The first minute after the sum was zero last.
  private func zero(before crossing: Int, in counts: UnsafeBufferPointer<Int32>) -> Int {
    var end = crossing
    var place = (crossing - 1) / Analysis.HalfHour.length
    while true {
      let halfHour = halfHours[place]
      var zero = halfHour.sum == 0 ? halfHour.minute : nil
      var sum = halfHour.sum
      for minute in halfHour.minute..<end {
        sum = max(0, sum + Float(counts[minute]) * halfHour.gain - halfHour.loss)
        if sum == 0 { zero = minute + 1 }
      }
      if let zero { return zero }
      if halfHour.minute <= start || place == 0 { return start }
      place -= 1
      end = halfHour.minute
    }
  }
}
