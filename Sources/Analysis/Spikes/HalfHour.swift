/// Half an hour of a series, without the minutes left out.
struct HalfHour {
  /// How many minutes it has at most.
  static let length = 30

  var errors = 0.0
  var minutes = 0.0
  /// How many errors the baseline expects.
  var usual = 0.0
  /// The same at the mean level, whatever the levels of its days are.
  var flat = 0.0
}

extension Baseline {
  /// The counts and what is expected of them by half hours, from the start of the series.
  func halfHours(of counts: [Int32], leavingOut out: [Bool]) -> [HalfHour] {
    let length = HalfHour.length
    var halfHours = Array(repeating: HalfHour(), count: (counts.count + length - 1) / length)
    counts.withUnsafeBufferPointer { counts in
      expected.withUnsafeBufferPointer { expected in
        out.withUnsafeBufferPointer { out in
          for (dayPart, level) in zip(dayParts, levels) {
            var first = dayPart.minutes.lowerBound
            while first < dayPart.minutes.upperBound {
              let place = first / length
              let end = min((place + 1) * length, dayPart.minutes.upperBound)
              var halfHour = HalfHour()
              for minute in first..<end where !out[minute] {
                halfHour.errors += Double(counts[minute])
                halfHour.usual += expected[minute]
                halfHour.minutes += 1
              }
              halfHours[place].errors += halfHour.errors
              halfHours[place].usual += halfHour.usual
              halfHours[place].flat += halfHour.usual / level
              halfHours[place].minutes += halfHour.minutes
              first = end
            }
          }
        }
      }
    }
    return halfHours
  }
}
