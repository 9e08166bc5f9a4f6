/// Whether a search by minutes may find anything in a series, told from sums over its half hours.
func mayHaveSpikes(_ counts: [Int32], _ layout: SeriesLayout, policy: SpikePolicy) -> Bool {
  guard let outline = SeriesOutline(of: counts, layout) else { return true }
  let search = SpikeSearch(
    counts, hours: layout.hours, exposure: nil, policy: policy, outline: outline)
  return search.mayFindAny
}

/// A series as sums over its half hours: as what is expected is a straight line in each part of one,
/// these tell nearly all that the minutes do, and take a thirtieth of the time to go through.
struct SeriesOutline {
  /// What the minutes of a part add up to: their errors, these times their places in it, and the
  /// squares of their errors.
  struct Sums {
    var errors = 0
    var moment = 0
    var squares = 0
  }

  let layout: SeriesLayout
  /// The longest run of minutes without an error is no longer than that; nearly always hardly longer.
  let mostNothing: Int
  /// By part.
  let sums: [Sums]
  /// The most errors of a minute, and those of all, by half hour.
  let peaks: [Int32]
  let totals: [Int]
  /// The counts of eight half hours side by side, minute by minute; zero beyond the end.
  let columns: [Float]
  /// The errors that 999 of 1000 minutes do not exceed, in a straight line between two counts.
  let highest: Double
  /// The minutes with more, each with the place of its part.
  let outliers: [(minute: Int, part: Int)]

  /// Of more errors in a minute no sum is certain to be in range.
  private static let most: Int32 = 1 << 24

  /// Nil where there are too many errors in a minute, or not as many minutes as in the layout.
  ///
  /// - Parameter counts: none below zero.
  init?(of counts: [Int32], _ layout: SeriesLayout) {
    guard counts.count == layout.count, !counts.isEmpty else { return nil }
    var sums: [Sums] = []
    sums.reserveCapacity(layout.parts.count)
    var peaks = [Int32](repeating: 0, count: layout.halfHours)
    var totals = [Int](repeating: 0, count: layout.halfHours)
    var (total, squares) = (0, 0.0)
    counts.withUnsafeBufferPointer { counts in
      for part in layout.parts {
        let (own, peak) = Sums.of(UnsafeBufferPointer(rebasing: counts[part.minutes]))
        sums.append(own)
        total &+= own.errors
        squares += Double(own.squares)
        let halfHour = Int(part.first) / HalfHour.length
        peaks[halfHour] = max(peaks[halfHour], peak)
        totals[halfHour] &+= own.errors
      }
    }
    guard let peak = peaks.max(), peak <= Self.most else { return nil }
    self.layout = layout
    mostNothing = Self.mostNothing(in: counts)
    self.sums = sums
    self.peaks = peaks
    self.totals = totals
    columns = Self.columns(of: counts, layout.halfHours)
    let mean = Double(total) / Double(counts.count)
    let scatter = max(0, squares / Double(counts.count) - mean * mean).squareRoot()
    (highest, outliers) = Self.outliers(
      of: counts, layout, peaks, above: [mean + 2.5 * scatter, mean + scatter, -1])
  }

  private static func columns(of counts: [Int32], _ halfHours: Int) -> [Float] {
    let length = HalfHour.length
    var columns = [Float](repeating: 0, count: (halfHours + 7) / 8 * 8 * length)
    columns.withUnsafeMutableBufferPointer { columns in
      counts.withUnsafeBufferPointer { counts in
        for halfHour in 0..<halfHours {
          var place = halfHour / 8 * 8 * length + halfHour % 8
          for minute in HalfHour.minutes(of: halfHour, in: counts.count) {
            columns[place] = Float(counts[minute])
            place &+= 8
          }
        }
      }
    }
    return columns
  }

  /// - Parameter levels: falling ones. Only what is above the first is looked at, where that is enough.
  private static func outliers(
    of counts: [Int32], _ layout: SeriesLayout, _ peaks: [Int32], above levels: [Double]
  ) -> (highest: Double, [(minute: Int, part: Int)]) {
    let place = 0.999 * Double(counts.count - 1)
    let fromTop = counts.count - 1 - Int(place)
    for level in levels {
      var large: [(minute: Int, part: Int)] = []
      for (halfHour, peak) in peaks.enumerated() where Double(peak) > level {
        for place in layout.parts(of: halfHour) {
          for minute in layout.parts[place].minutes where Double(counts[minute]) > level {
            large.append((minute, place))
          }
        }
      }
      guard large.count > fromTop else { continue }
      let ranked = large.map { counts[$0.minute] }.sorted(by: >)
      let (low, high) = (Double(ranked[fromTop]), Double(ranked[max(0, fromTop - 1)]))
      let highest = low + (high - low) * (place - place.rounded(.down))
      return (highest, large.filter { Double(counts[$0.minute]) > highest })
    }
    return (0, [])
  }

  /// Told by the minutes four by four.
  private static func mostNothing(in counts: [Int32]) -> Int {
    var (longest, run) = (0, 0)
    counts.withUnsafeBytes { bytes in
      for four in 0..<counts.count / 4 {
        let word = bytes.loadUnaligned(fromByteOffset: four &* 16, as: SIMD2<UInt64>.self)
        run = word[0] | word[1] == 0 ? run &+ 1 : 0
        longest = max(longest, run)
      }
    }
    // At either end are three more at most, and three that are left of the last four.
    return longest * 4 + 9
  }

  /// The longest run of minutes without an error.
  static func longestNothing(in counts: [Int32]) -> Int {
    var longest = 0
    var first = 0  // of the run
    counts.withUnsafeBufferPointer { counts in
      var minute = 0
      while minute < counts.count {
        if minute + 4 <= counts.count, counts[minute] != 0, counts[minute + 1] != 0,
          counts[minute + 2] != 0, counts[minute + 3] != 0
        {
          longest = max(longest, minute - first)
          minute += 4
          first = minute
          continue
        }
        if counts[minute] != 0 {
          longest = max(longest, minute - first)
          first = minute + 1
        }
        minute += 1
      }
    }
    return max(longest, counts.count - first)
  }
}

extension SeriesOutline.Sums {
  /// The sums of some minutes, and the most errors of one. Of a few errors a minute, four minutes are
  /// added up at once as fractions, which hold whole numbers of that size as they are.
  @inline(__always)
  static func of(
    _ minutes: UnsafeBufferPointer<Int32>
  ) -> (sums: SeriesOutline.Sums, peak: Int32) {
    var (errors, moment, squares) = (SIMD4<Float>.zero, SIMD4<Float>.zero, SIMD4<Float>.zero)
    var peaks = SIMD4<Float>.zero
    var places = SIMD4<Float>(0, 1, 2, 3)
    let whole = minutes.count & ~3
    for first in stride(from: 0, to: whole, by: 4) {
      let four = UnsafeRawBufferPointer(minutes)
        .loadUnaligned(fromByteOffset: first &* 4, as: SIMD4<Int32>.self)
      let counts = SIMD4<Float>(four)
      errors += counts
      moment += counts * places
      squares += counts * counts
      peaks.replace(with: counts, where: peaks .< counts)
      places += 4
    }
    let isExact = peaks.max() <= 512 && minutes.count <= 64
    var own = SeriesOutline.Sums()
    var peak: Int32 = 0
    if isExact {
      own.errors = Int(errors.sum())
      own.moment = Int(moment.sum())
      own.squares = Int(squares.sum())
      peak = Int32(peaks.max())
    }
    for place in (isExact ? whole : 0)..<minutes.count {
      let errors = Int(minutes[place])
      own.errors &+= errors
      own.moment &+= errors &* place
      own.squares &+= errors &* errors
      peak = max(peak, minutes[place])
    }
    return (own, peak)
  }
}
