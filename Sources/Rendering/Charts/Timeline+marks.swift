internal import Answers

/// A mark as it is drawn: numbered in order of time, its place in steps from the left.
struct PlacedMark {
  var mark: Timeline.Mark
  var number: Int
  var start: Double
  var end: Double
  /// The row above the columns that its number stands in; nil where there was no room.
  var lane: Int?

  var middle: Double { (start + end) / 2 }
}

extension Timeline {
  /// The marks within the steps, the earliest first.
  var placedMarks: [PlacedMark] {
    guard let first = buckets.first, let last = buckets.last else { return [] }
    let inside = marks.filter { mark in
      mark.since < last.until && (mark.since >= first.since || mark.until > first.since)
    }.sorted { ($0.since, $0.until, $0.label) < ($1.since, $1.until, $1.label) }
    // A number takes 22 pixels of the 300 a phone has.
    let room = 22 / 300.0 * Double(buckets.count)
    var ends = [Double](repeating: -.infinity, count: 4)
    return inside.enumerated().map { place, mark in
      var placed = PlacedMark(
        mark: mark, number: place + 1, start: position(of: mark.since),
        end: position(of: max(mark.until, mark.since)))
      placed.lane = ends.firstIndex { $0 <= placed.middle - room / 2 }
      if let lane = placed.lane { ends[lane] = placed.middle + room / 2 }
      return placed
    }
  }

  /// When a mark is, in its own words or those of the steps it lies in.
  func words(for mark: PlacedMark) -> String {
    if let when = mark.mark.when { return when }
    let first = buckets[min(Int(mark.start), buckets.count - 1)].label
    let end = Int(mark.end.rounded(.up))
    if end <= Int(mark.start) + 1 { return first }
    if end >= buckets.count { return "from \(first) on" }
    // Of the second label only what is not said yet: Thu 12 Nov 09:00 to 11:00.
    var rest = buckets[end].label.split(separator: " ")[...]
    for word in first.split(separator: " ") where rest.count > 1 && rest.first == word {
      rest.removeFirst()
    }
    return "\(first) to \(rest.joined(separator: " "))"
  }

  /// Where a time is, in steps from the left.
  private func position(of time: Int64) -> Double {
    let step = buckets.firstIndex { time < $0.until } ?? buckets.count
    guard step < buckets.count, time > buckets[step].since else { return Double(step) }
    let length = Double(buckets[step].until) - Double(buckets[step].since)
    return Double(step) + (Double(time) - Double(buckets[step].since)) / length
  }
}

extension Timeline.Mark {
  /// What it is headed.
  var title: String { name ?? sort.name }
}

extension Timeline.Mark.Sort {
  fileprivate var name: String {
    switch self {
    case .burst: "Burst"
    case .spike: "Spike"
    case .incident: "Incident"
    case .gap: "Gap"
    }
  }
}
