// What minutes tell, told by sums over half hours: as what is expected of a part is a straight line, its sum,
// that of its squares, and that of its products with the counts follow from the two ends. (By another order
// of adding up, so that the last digits differ.)
extension Baseline {
  /// What is expected of a part, as a straight line over the places in it.
  private struct Straight {
    var first: Double
    var slope: Double
    var count: Double

    /// The sum of 0, 1, 2… below the count.
    var places: Double { count * (count - 1) / 2 }
    var sum: Double { first * count + slope * places }
    var squares: Double {
      first * first * count + 2 * first * slope * places
        + slope * slope * (count - 1) * count * (2 * count - 1) / 6
    }
    func products(_ sums: SeriesOutline.Sums) -> Double {
      first * Double(sums.errors) + slope * Double(sums.moment)
    }
  }

  /// Nil where the least that may be expected bends it.
  private func straight(_ part: SeriesLayout.Part) -> Straight? {
    let level = levels[Int(part.dayPart)]
    let first = line.curve[Int(part.usual)] * level
    let last = line.curve[Int(part.usual + part.count - 1)] * level
    guard min(first, last) > line.least * (1 + 1e-9) else { return nil }
    let steps = max(1, Double(part.count - 1))
    return Straight(first: first, slope: (last - first) / steps, count: Double(part.count))
  }

  /// What is expected of a minute of a part before the rate is followed.
  private func usual(_ minute: Int, in part: SeriesLayout.Part) -> Double {
    max(
      line.curve[Int(part.usual) + minute - Int(part.first)] * levels[Int(part.dayPart)],
      line.least)
  }

  /// The least that is expected of a minute of a half hour.
  func least(in halfHour: Int, _ layout: SeriesLayout) -> Double {
    var least = Double.infinity
    for part in layout.parts[layout.parts(of: halfHour)] {
      let ends = min(
        line.curve[Int(part.usual)], line.curve[Int(part.usual + part.count - 1)])
      least = min(least, max(ends * levels[Int(part.dayPart)], line.least))
    }
    return least * (line.factors.isEmpty ? 1 : line.factors[halfHour]) * (1 - 1e-12)
  }

  /// As ``dispersion(of:around:leavingOut:tamed:)``, of a rate that is not followed yet.
  func dispersion(
    of counts: [Int32], _ outline: SeriesOutline, leavingOut out: MinuteMarks, tamed: Bool
  ) -> Double {
    var (excess, squares) = (0.0, 0.0)
    for (part, sums) in zip(outline.layout.parts, outline.sums) {
      guard let straight = straight(part), !out.mayTouch(part.minutes) else {
        let isTouched = out.mayTouch(part.minutes)
        for minute in part.minutes where !isTouched || !out.isOut[minute] {
          let mean = usual(minute, in: part)
          let difference = Double(counts[minute]) - mean
          excess += difference * difference - mean
          squares += mean * mean
        }
        continue
      }
      let own = straight.squares
      excess += Double(sums.squares) - 2 * straight.products(sums) + own - straight.sum
      squares += own
    }
    if tamed {
      for (minute, place) in outline.outliers where out.isOut.isEmpty || !out.isOut[minute] {
        let mean = usual(minute, in: outline.layout.parts[place])
        let (whole, cut) = (Double(counts[minute]) - mean, outline.highest - mean)
        excess += cut * cut - whole * whole
      }
    }
    return Analysis.dispersion(excess: excess, squares: squares)
  }

  /// As ``halfHours(of:leavingOut:)``, of a rate that is not followed yet.
  func halfHours(
    of counts: [Int32], _ outline: SeriesOutline, leavingOut out: MinuteMarks
  ) -> [HalfHour] {
    let layout = outline.layout
    return (0..<layout.halfHours).map { number in
      var halfHour = HalfHour()
      for place in layout.parts(of: number) {
        let part = layout.parts[place]
        var (errors, minutes, usual) = (0, Int(part.count), 0.0)
        if let straight = straight(part), !out.mayTouch(part.minutes) {
          errors = outline.sums[place].errors
          usual = straight.sum
        } else {
          let isTouched = out.mayTouch(part.minutes)
          for minute in part.minutes {
            if isTouched, out.isOut[minute] {
              minutes -= 1
              continue
            }
            errors &+= Int(counts[minute])
            usual += self.usual(minute, in: part)
          }
        }
        halfHour.errors += Double(errors)
        halfHour.minutes += Double(minutes)
        halfHour.usual += usual
        halfHour.flat += usual / levels[Int(part.dayPart)]
      }
      return halfHour
    }
  }
}
