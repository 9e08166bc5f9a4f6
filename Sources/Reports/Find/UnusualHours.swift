internal import Batches
internal import Events
internal import Files
internal import Questions
internal import Times

/// Whether around a time more failed than is usual, by counts of minutes alone: what is not so is no
/// incident. It says so rather once too often.
///
/// Usual is what was there at the same hours of the two weeks before. Where the log does not reach
/// back as far, it is the least of the days before and of as many behind as make two weeks.
struct UnusualHours {
  /// What failed, as far as incidents tell it apart.
  struct Error: Hashable {
    var vendor: String?
    var sort: MinuteSort

    /// Nil of what is no failure.
    init?(_ event: Event) {
      vendor = event.vendor
      sort = MinuteSort(status: Int64(event.status ?? 0), kind: event.kind)
      if sort == .cancelled { return nil }
    }
  }

  private let archive: any Archive
  private let texts: Texts
  private let time: Int64
  /// How many days before the time are compared, and how many behind it.
  private let before: Int
  private let after: Int

  private static let days = 14
  /// Of fewer days nobody knows what is usual.
  private static let fewest = 7
  /// How far around the time is looked: milliseconds.
  private static let reach = 12 * Milliseconds.hour
  /// How far around the time successes are looked for: as far as incidents are searched.
  private static let history = 49 * Milliseconds.day
  /// Stretches that are compared, each with the time somewhere in it: in minutes.
  private static let lengths = [20, 60, 180, 720]
  /// Less is no incident.
  private static let least: Int64 = 5

  /// - Parameter extent: from when to when something is known; nil for never.
  init(around time: Int64, in archive: any Archive, _ extent: TimeRange?) throws {
    self.archive = archive
    texts = Texts(archive)
    self.time = time.rounded(downTo: Milliseconds.minute)
    let known = extent ?? TimeRange(since: time, until: time)
    // The hours around the time on a day are known where the log has the earliest and the latest.
    func days(from start: Int64, to end: Int64) -> Int {
      guard start < end else { return 0 }
      let days = (start.distance(to: end) - UnusualHours.reach) / Milliseconds.day
      return Int(min(Int64(UnusualHours.days), max(0, days)))
    }
    before = days(from: known.since, to: self.time)
    after = min(UnusualHours.days - before, days(from: self.time, to: known.until))
  }

  /// Whether there was more of the same vendor's.
  func hasTrouble(_ error: Error) throws -> Bool {
    let own = try counts(of: error.sort, of: error.vendor)
    if isUnusual(own) { return true }
    // Few requests may all fail and be no more failures than usual.
    let all = try counts(of: .requests, of: error.vendor, onOtherDays: false)
    let isMostOfAll = UnusualHours.lengths.contains { length in
      let (failed, asked) = (own.most(of: length, day: 0), all.sum(of: length, day: 0))
      return failed >= UnusualHours.least && failed * 2 >= asked
    }
    return try isMostOfAll && knowsSuccesses(of: error.vendor)
  }

  /// Whether a vendor's successes may be in the log: of errors alone nobody knows how many requests they
  /// are of.
  private func knowsSuccesses(of vendor: String?) throws -> Bool {
    let around = TimeRange(
      since: time.addingClamped(-UnusualHours.history).rounded(downTo: Milliseconds.day),
      until: time.addingClamped(UnusualHours.history))
    return try archive.hasSuccesses(of: vendor, during: around)
  }

  /// Whether there was more of another vendor's.
  func hasTroubleElsewhere(than error: Error) throws -> Bool {
    for sort in MinuteSort.failures {
      let range = range(before, after)
      var counts: [Int64: MinutesAround] = [:]
      try archive.minuteCounts(of: sort, during: range) { hour, vendor, _, minutes in
        guard texts[vendor, .vendor] != error.vendor else { return }
        counts[vendor, default: MinutesAround(before, after, reach: UnusualHours.reach)]
          .add(minutes, from: hour - range.since)
      }
      if counts.values.contains(where: isUnusual) { return true }
    }
    return false
  }

  private func range(_ before: Int, _ after: Int) -> TimeRange {
    TimeRange(
      since: time.addingClamped(-Int64(before) * Milliseconds.day - UnusualHours.reach),
      until: time.addingClamped(Int64(after) * Milliseconds.day + UnusualHours.reach))
  }

  /// What one vendor had around the time, and on the days that it is compared with.
  private func counts(
    of sort: MinuteSort, of vendor: String?, onOtherDays: Bool = true
  ) throws -> MinutesAround {
    let (before, after) = onOtherDays ? (before, after) : (0, 0)
    let range = range(before, after)
    var counts = MinutesAround(before, after, reach: UnusualHours.reach)
    try archive.minuteCounts(of: sort, ofVendor: vendor, during: range) { hour, _, _, minutes in
      counts.add(minutes, from: hour - range.since)
    }
    return counts
  }

  private func isUnusual(_ minutes: MinutesAround) -> Bool {
    UnusualHours.lengths.contains { length in
      let most = minutes.most(of: length, day: 0)
      guard most >= UnusualHours.least else { return false }
      guard before + after >= UnusualHours.fewest else { return true }
      func counts(_ days: [Int]) -> [Double] {
        days.map { Double(minutes.most(of: length, day: $0)) }
      }
      let earlier = counts((0..<before).map { -1 - $0 })
      let usual: Double
      if before == UnusualHours.days {
        // Working days are not weekends.
        let week = (earlier[6] + earlier[13]) / 2
        usual = min(earlier.sorted()[earlier.count / 2], week)
      } else {
        // Trouble of the log's first days may have lasted for most of those that it has.
        usual = (earlier + counts((0..<after).map { $0 + 1 })).min() ?? 0
      }
      return Double(most) > usual * 1.2 + 2 * usual.squareRoot()
    }
  }
}

/// How much there was in each minute around a time, and around it on days before and behind it.
private struct MinutesAround {
  private let before: Int
  /// The minutes from the earliest day's on to the latest day's.
  private var counts: [Int64]
  /// How many minutes are looked at before the time, and as many behind it.
  private let reach: Int

  init(_ before: Int, _ after: Int, reach: Int64) {
    self.before = before
    self.reach = Int(reach / Milliseconds.minute)
    counts = Array(repeating: 0, count: (before + after) * 1440 + 2 * self.reach)
  }

  /// - Parameter start: of the hour, in milliseconds from the first minute on.
  mutating func add(_ minutes: [Int64], from start: Int64) {
    let first = Int(start / Milliseconds.minute)
    for (place, count) in minutes.enumerated() where counts.indices.contains(first + place) {
      counts[first + place] = counts[first + place].addingClamped(count)
    }
  }

  /// The most that any stretch of a length has that holds the time on a day: 0 for its own, -1 for
  /// the one before.
  func most(of length: Int, day: Int) -> Int64 {
    let time = (before + day) * 1440 + reach
    let first = max(0, time - length + 1)
    var sum = total(first..<min(first + length, counts.count))
    var most = sum
    for start in first..<time where start + length < counts.count {
      sum = sum.addingClamped(counts[start + length]).addingClamped(-counts[start])
      most = max(most, sum)
    }
    return most
  }

  /// All in as long a time around it.
  func sum(of length: Int, day: Int) -> Int64 {
    let time = (before + day) * 1440 + reach
    return total(max(0, time - length / 2)..<min(time + length / 2, counts.count))
  }

  private func total(_ minutes: Range<Int>) -> Int64 {
    counts[minutes].reduce(0) { (sum: Int64, count) in sum.addingClamped(count) }
  }
}
