import Checks
import Testing
import Times

/// Pairs of windows over counts of single minutes.
@Suite struct BurnRunTests {
  private let minute = Milliseconds.minute

  private func windows(_ long: Int64, _ short: Int64, _ limit: String) throws -> BurnWindows {
    // What an objective of this share leaves, over and over: a tenth of ten.
    let share = try #require(try Rule("budget \(limit) per 1d").budget?.share)
    return BurnWindows(
      long: long * minute, short: short * minute, limit: share.times(tenths: 10), minimum: 5)
  }

  /// What is told of windows, with ends in minutes: `103-105: crossed`.
  private func told(
    _ samples: [Sample], _ pair: BurnWindows, known: Int64, ends: ClosedRange<Int64>
  ) -> [String] {
    var stretches: [(ends: ClosedRange<Int64>, level: Threshold.Level)] = []
    let runs = burnRuns(
      of: samples, [pair], known: known * minute,
      ends: TimeRange(since: (ends.lowerBound - 1) * minute, until: ends.upperBound * minute))
    for run in runs.map(\.run) {
      if let last = stretches.last, last.level == run.level {
        stretches[stretches.count - 1].ends = last.ends.lowerBound...run.ends.upperBound
      } else {
        stretches.append((run.ends, run.level))
      }
    }
    return stretches.map {
      "\($0.ends.lowerBound / minute)-\($0.ends.upperBound / minute): \($0.level)"
    }
  }

  private func sample(_ minute: Int64, _ failed: Int64, of requests: Int64) -> Sample {
    Sample(minute: minute * self.minute, counted: failed, requests: requests)
  }

  @Test func `it burns while the long window shows it and the short one still does`() throws {
    // Half of what came in minutes 100 to 104 failed, where a tenth may. In the long window that is
    // a tenth from the third of them on; the short one is rid of it at once.
    let samples = (90..<Int64(130)).map { sample($0, (100..<105).contains($0) ? 5 : 0, of: 10) }
    #expect(
      told(samples, try windows(12, 1, "90%"), known: 0, ends: 100...120) == [
        "100-101: clear", "102-102: near", "103-105: crossed", "106-120: clear",
      ])
  }

  @Test func `a window of which little is known is not judged`() throws {
    let samples = (100..<Int64(130)).map { sample($0, 5, of: 10) }
    // A tenth of fifty minutes.
    let found = told(samples, try windows(50, 1, "90%"), known: 100, ends: 101...110)
    #expect(found == ["101-104: clear", "105-110: crossed"])
  }

  /// Every end by itself, from the samples.
  @Test func `however runs are put together, each end is judged as by itself`() throws {
    var random = Random(seed: 17)
    var crossed = 0
    for _ in 0..<200 {
      var samples: [Sample] = []
      var place: Int64 = 50
      while place < 260 {
        place += Int64(1 + random.next(6))
        let requests = Int64(1 + random.next(9))
        samples.append(
          sample(
            place, random.next(3) == 0 ? Int64(random.next(Int(requests) + 1)) : 0, of: requests))
      }
      let lengths: [(long: Int64, short: Int64, limit: String, share: Double)] = [
        (Int64(5 + random.next(20)), Int64(1 + random.next(4)), "70%", 0.3),
        (Int64(30 + random.next(60)), Int64(3 + random.next(9)), "85%", 0.15),
      ]
      let pairs = try lengths.map { try windows($0.long, $0.short, $0.limit) }
      let known: Int64 = 60
      let ends = Int64(70 + random.next(40))...200
      let found = burnRuns(
        of: samples, pairs, known: known * minute,
        ends: TimeRange(since: (ends.lowerBound - 1) * minute, until: ends.upperBound * minute))
      #expect(found.first?.run.ends.lowerBound == ends.lowerBound * minute)
      #expect(found.last?.run.ends.upperBound == ends.upperBound * minute)
      for (one, next) in zip(found, found.dropFirst()) {
        #expect(next.run.ends.lowerBound == one.run.ends.upperBound + minute)
      }
      func share(_ length: Int64, _ end: Int64, least: Int64) -> Double? {
        let inside = samples.filter { end - length * minute <= $0.minute && $0.minute < end }
        let requests = inside.reduce(0) { $0 + $1.requests }
        if requests < least { return nil }
        let failed = inside.reduce(0) { $0 + $1.counted }
        // A single failure does not show that it goes on.
        return least == 1 && failed < 2 ? 0 : Double(failed) / Double(requests)
      }
      for run in found {
        for end in stride(
          from: run.run.ends.lowerBound, through: run.run.ends.upperBound, by: Int64.Stride(minute))
        {
          let isCrossed = lengths.contains { pair in
            guard end >= (known + pair.long / 10) * minute,
              let long = share(pair.long, end, least: 5),
              let short = share(pair.short, end, least: 1)
            else { return false }
            return long > pair.share + 1e-12 && short > pair.share + 1e-12
          }
          if isCrossed { crossed += 1 }
          #expect((run.run.level == .crossed) == isCrossed)
        }
      }
    }
    #expect(crossed > 500)
  }
}
