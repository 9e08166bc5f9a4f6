internal import Answers
internal import Files
internal import Questions
internal import Times

/// The responses of a range by something that tells them apart: in all, in short steps for a chart, and
/// by day.
struct SteppedCounts<Key: Hashable> {
  struct Line {
    var counts = Counts()
    /// Errors by step.
    var steps: [Int64]
  }

  let every: Every
  let steps: [TimeRange]
  private(set) var lines: [Key: Line] = [:]
  /// Those of no line, as there are too many.
  private(set) var others = Counts()
  private(set) var all = Counts()
  /// All responses of each step.
  private(set) var responses: [Int64]
  /// The day of each step, from 0.
  private let days: [Int]

  /// So many are told apart: their steps take some 30 MB.
  private static var most: Int { 1 << 16 }

  /// - Parameter key: nil of what belongs to no line.
  init(_ question: Question, by key: (ResponseCount) -> Key?) throws {
    let (range, zone) = (question.range, question.zone)
    every = stepOfChart(of: range)
    steps = range.isEmpty ? [] : try every.buckets(covering: range, zone: zone)
    let dayRanges = range.isEmpty ? [] : try Every.day.buckets(covering: range, zone: zone)
    var day = 0
    days = steps.map { step in
      while day + 1 < dayRanges.count, dayRanges[day].until <= step.since { day += 1 }
      return day
    }
    responses = Array(repeating: 0, count: steps.count)
    let grain =
      Grain.allCases.last { grain in steps.allSatisfy { $0.since % grain.length == 0 } } ?? .quarter
    var step = 0
    try question.eachResponse(by: grain) { response in
      guard let place = place(of: response.time, near: step) else { return }
      step = place
      all.add(response)
      responses[step] = responses[step].addingClamped(response.count)
      guard let key = key(response) else { return }
      if lines.count >= Self.most, lines[key] == nil { return others.add(response) }
      let none = Line(steps: Array(repeating: 0, count: steps.count))
      lines[key, default: none].counts.add(response)
      if response.isError { lines[key]?.steps[step] += response.count }
    }
  }

  /// The step of a time: as a rule that of the one before.
  private func place(of time: Int64, near last: Int) -> Int? {
    if last < steps.count, steps[last].contains(time) { return last }
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].until <= time { low = middle + 1 } else { high = middle }
    }
    return low < steps.count && steps[low].contains(time) ? low : nil
  }

  /// Errors by day.
  func byDay(_ line: Line) -> [Int64] {
    var sums = [Int64](repeating: 0, count: (days.last ?? -1) + 1)
    for (step, day) in days.enumerated() { sums[day] += line.steps[step] }
    return sums
  }

  /// The steps as a chart has them.
  func buckets(of question: Question) -> [Timeline.Bucket] {
    let (range, zone) = (question.range, question.zone)
    return zip(steps, responses).map { step, responses in
      Timeline.Bucket(
        since: max(step.since, range.since), until: min(step.until, range.until),
        label: every.length < Milliseconds.day
          ? formatLocal(step.since, zone: zone, style: .weekday)
            + formatLocal(step.since, zone: zone).suffix(6)
          : formatLocal(step.since, zone: zone, style: .weekday),
        tick: tick(of: step, zone),
        isMissing: responses == 0 && question.covered(step).isEmpty)
    }
  }

  /// Midnights, or of days the Mondays.
  private func tick(of step: TimeRange, _ zone: Zone) -> String? {
    guard zone.isMidnight(step.since) else { return nil }
    let words = formatLocal(step.since, zone: zone, style: .weekday)
    if every.length < Milliseconds.day { return words }
    return zone.weekHour(of: step.since).weekday == 0
      ? words.split(separator: " ").dropFirst().joined(separator: " ") : nil
  }
}

/// Some sixty to a hundred steps: what a page can show and an eye can count.
private func stepOfChart(of range: TimeRange) -> Every {
  switch range.length {
  case ...(3 * Milliseconds.day): .hour
  case ...(15 * Milliseconds.day): .threeHours
  case ...(120 * Milliseconds.day): .day
  default: .week
  }
}
