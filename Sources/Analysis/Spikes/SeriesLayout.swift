/// Where the hours of the local clock lie in the half hours of a series: the same for all series of one
/// stretch of time.
struct SeriesLayout: Sendable {
  /// Neighbouring minutes of a half hour of the series, and of a half hour of the local clock: in these
  /// what a profile of hours expects is a straight line.
  struct Part: Sendable {
    /// The index of the first minute.
    var first: Int32
    var count: Int32
    /// Its first minute in a profile of 48 hours.
    var usual: Int32
    /// Which local hour, and which part of a day it is of.
    var hour: Int32
    var dayPart: Int32

    var minutes: Range<Int> { Int(first)..<Int(first + count) }
  }

  /// In order of time.
  let parts: [Part]
  let hours: [LocalHour]
  /// The minutes of the series.
  let count: Int
  /// By half hour: the place of its first part, and at last where all end.
  private let starts: [Int32]

  /// - Parameter count: the minutes of the series, all of which are in `hours`.
  init(of hours: [LocalHour], count: Int) {
    let length = HalfHour.length
    var parts: [Part] = []
    var starts: [Int32] = []
    parts.reserveCapacity(count / length + hours.count + 1)
    starts.reserveCapacity(count / length + 2)
    for (number, hour) in hours.enumerated() {
      var minute = hour.minutes.lowerBound
      while minute < hour.minutes.upperBound {
        let phase = hour.phase + minute - hour.minutes.lowerBound
        let end = min(
          hour.minutes.upperBound, (minute / length + 1) * length,
          minute + (phase < 30 ? 30 : 60) - phase)
        if minute % length == 0 { starts.append(Int32(parts.count)) }
        parts.append(
          Part(
            first: Int32(minute), count: Int32(end - minute), usual: Int32(hour.cell * 60 + phase),
            hour: Int32(number), dayPart: Int32(hour.dayPart)))
        minute = end
      }
    }
    starts.append(Int32(parts.count))
    (self.parts, self.starts, self.hours, self.count) = (parts, starts, hours, count)
  }

  /// How many half hours the series has.
  var halfHours: Int { starts.count - 1 }

  /// The places of the parts of a half hour.
  @inline(__always)
  func parts(of halfHour: Int) -> Range<Int> {
    Int(starts[halfHour])..<Int(starts[halfHour + 1])
  }
}
