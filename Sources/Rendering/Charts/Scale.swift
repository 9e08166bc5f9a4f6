internal import Answers

/// Counts in steps, from one to the most. Most counts are small and few are large, so steps grow.
struct Scale {
  /// The largest count of each step, ascending.
  let ends: [Int64]

  init(upTo most: Int64, steps: Int) {
    var ends: [Int64] = []
    for place in 1...max(1, steps) where most > 0 {
      let share = Double(place * place) / Double(steps * steps)
      let end = place == steps ? most : Scale.rounded(Double(most) * share)
      if end > ends.last ?? 0, end < most || place == steps { ends.append(end) }
    }
    self.ends = ends
  }

  /// Zero for none, then one to as many as there are ends.
  func step(of count: Int64) -> Int {
    if count <= 0 { return 0 }
    return (ends.firstIndex { count <= $0 } ?? ends.count - 1) + 1
  }

  /// What each step holds, such as `6–20`.
  var ranges: [String] {
    ends.enumerated().map { place, end in
      let start = place == 0 ? 1 : ends[place - 1] + 1
      return start == end ? grouped(end) : "\(grouped(start))–\(grouped(end))"
    }
  }

  /// Up to a number with one digit and a half: 7, 45, 350.
  private static func rounded(_ number: Double) -> Int64 {
    var unit = 1.0
    while unit * 20 <= number { unit *= 10 }
    let half = unit > 1 ? unit / 2 : 1
    return Int64(exactly: ((number / half).rounded(.up) * half).rounded()) ?? .max
  }
}
