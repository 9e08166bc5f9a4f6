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

  /// The minutes of one, by its place in a series of so many.
  static func minutes(of place: Int, in count: Int) -> Range<Int> {
    place * length..<min(count, (place + 1) * length)
  }
}

extension Baseline {
  /// The counts and what is expected of them by half hours, from the start of the series.
  func halfHours(of counts: [Int32], leavingOut out: MinuteMarks) -> [HalfHour] {
    let length = HalfHour.length
    var halfHours = Array(repeating: HalfHour(), count: (counts.count + length - 1) / length)
    counts.withUnsafeBufferPointer { counts in
      expected.withUnsafeBufferPointer { expected in
        for (dayPart, level) in zip(dayParts, levels) {
          var first = dayPart.minutes.lowerBound
          while first < dayPart.minutes.upperBound {
            let place = first / length
            let end = min((place + 1) * length, dayPart.minutes.upperBound)
            let minutes = first..<end
            var errors = 0
            var taken = minutes.count
            var usual = 0.0
            if out.mayTouch(minutes) {
              for minute in minutes {
                if out.isOut[minute] {
                  taken -= 1
                  continue
                }
                errors &+= Int(counts[minute])
                usual += expected[minute]
              }
            } else {
              for minute in minutes {
                errors &+= Int(counts[minute])
                usual += expected[minute]
              }
            }
            halfHours[place].errors += Double(errors)
            halfHours[place].usual += usual
            halfHours[place].flat += usual / level
            halfHours[place].minutes += Double(taken)
            first = end
          }
        }
      }
    }
    return halfHours
  }
}
