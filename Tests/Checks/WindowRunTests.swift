import Checks
import Testing
import Times

/// Windows of five minutes over counts of single minutes; minute 100 begins at 100 × 60,000 ms.
@Suite struct WindowRunTests {
  private let minute = Milliseconds.minute

  private func at(_ minutes: Int64) -> Int64 { minutes * minute }

  private func sample(_ minute: Int64, _ counted: Int64, of requests: Int64 = 0) -> Sample {
    Sample(minute: at(minute), counted: counted, requests: requests)
  }

  /// What is told of windows, with ends in minutes: `101-105: 3 clear`.
  private func told(
    _ samples: [Sample], _ rule: String, ends: ClosedRange<Int64>
  ) throws -> [String] {
    guard case .measure(let measure, let threshold, let per) = try Rule(rule).trigger else {
      return []
    }
    return windowRuns(
      of: samples, window: per.length,
      ends: TimeRange(since: at(ends.lowerBound - 1), until: at(ends.upperBound)),
      threshold: threshold, isRate: measure.isRate
    ).map { run in
      let (first, last) = (run.ends.lowerBound / minute, run.ends.upperBound / minute)
      let of = measure.isRate ? " of \(run.requests)" : ""
      return "\(first)-\(last): \(run.counted)\(of) \(run.level)"
    }
  }

  @Test func `a minute is in the windows that end with it and up to a length later`() throws {
    #expect(
      try told([sample(100, 3)], "errors > 2 per 5m", ends: 99...110) == [
        "99-100: 0 clear", "101-105: 3 crossed", "106-110: 0 clear",
      ])
  }

  @Test func `what straddles any grid is seen whole by some window`() throws {
    #expect(
      try told([sample(104, 10), sample(105, 11)], "errors > 20 per 5m", ends: 100...112) == [
        "100-104: 0 clear", "105-105: 10 clear", "106-109: 21 crossed", "110-110: 11 clear",
        "111-112: 0 clear",
      ])
  }

  @Test func `samples before the first window and after the last do not count`() throws {
    let samples = [sample(50, 9), sample(98, 1), sample(120, 9)]
    #expect(
      try told(samples, "errors > 0 per 5m", ends: 100...104) == [
        "100-103: 1 crossed", "104-104: 0 clear",
      ])
    #expect(try told([], "errors > 0 per 5m", ends: 100...104) == ["100-104: 0 clear"])
  }

  @Test func `silence crosses from below`() throws {
    #expect(
      try told([sample(100, 4), sample(107, 2)], "requests < 3 per 5m", ends: 101...108) == [
        "101-105: 4 clear", "106-107: 0 crossed", "108-108: 2 crossed",
      ])
  }

  @Test func `a rate with too few requests neither crosses nor clears`() throws {
    let samples = [sample(100, 1, of: 2), sample(110, 1, of: 20), sample(120, 0, of: 20)]
    #expect(
      try told(samples, "error_rate > 2% per 5m", ends: 101...121) == [
        "101-105: 1 of 2 near", "106-110: 0 of 0 near", "111-115: 1 of 20 crossed",
        "116-120: 0 of 0 near", "121-121: 0 of 20 clear",
      ])
    #expect(
      try told([sample(100, 1, of: 2)], "error_rate > 2% per 5m min=2", ends: 101...101) == [
        "101-101: 1 of 2 crossed"
      ])
  }

  static let margins: [(rule: String, levels: [(count: Int64, level: String)])] = [
    ("errors > 20 per 5m", [(21, "crossed"), (20, "near"), (17, "near"), (16, "clear")]),
    ("errors >= 20 per 5m", [(20, "crossed"), (19, "near"), (16, "clear")]),
    ("errors > 0 per 5m", [(1, "crossed"), (0, "clear")]),
    ("errors >= 1 per 5m", [(1, "crossed"), (0, "clear")]),
    ("errors > 1 per 5m", [(2, "crossed"), (1, "clear")]),
    ("errors > 20 per 5m until < 10", [(21, "crossed"), (10, "near"), (9, "clear")]),
    ("errors > 20 per 5m until <= 10", [(11, "near"), (10, "clear")]),
    ("requests < 1 per 5m", [(0, "crossed"), (1, "clear")]),
    ("requests <= 0 per 5m", [(0, "crossed"), (1, "clear")]),
    ("requests < 100 per 5m", [(99, "crossed"), (100, "near"), (124, "near"), (125, "clear")]),
    ("requests < 100 per 5m until 110", [(110, "near"), (111, "clear")]),
  ]

  @Test(arguments: margins)
  func `between a threshold and what is over lies a margin`(
    _ rule: String, _ levels: [(Int64, String)]
  ) throws {
    for (count, level) in levels {
      let told = try told([sample(100, count)], rule, ends: 101...101)
      #expect(told == ["101-101: \(count) \(level)"])
    }
  }

  @Test func `a share on the threshold is not above it`() throws {
    for (errors, level) in [(3, "crossed"), (2, "near"), (1, "clear")] as [(Int64, String)] {
      let told = try told(
        [sample(100, errors, of: 100)], "error_rate > 2% per 5m", ends: 101...101)
      #expect(told == ["101-101: \(errors) of 100 \(level)"])
    }
  }

  @Test func `sums are those of every window taken by itself`() throws {
    var random = Random(seed: 7)
    for _ in 0..<200 {
      let window = Int64(1 + random.next(40))
      var samples: [Sample] = []
      var place = Int64(100)
      while place < 300 {
        place += Int64(1 + random.next(12))
        samples.append(sample(place, Int64(random.next(9)), of: 9))
      }
      let ends = TimeRange(since: at(150 + Int64(random.next(9))), until: at(250))
      let found = windowRuns(
        of: samples, window: at(window), ends: ends,
        threshold: try threshold("errors > 30 per 5m"), isRate: false)
      #expect(found.first?.ends.lowerBound == ends.since + minute)
      #expect(found.last?.ends.upperBound == ends.until)
      for (one, next) in zip(found, found.dropFirst()) {
        #expect(next.ends.lowerBound == one.ends.upperBound + minute)
      }
      for run in found {
        for end in [run.ends.lowerBound, run.ends.upperBound] {
          let inside = samples.filter { end - at(window) <= $0.minute && $0.minute < end }
          #expect(run.counted == inside.reduce(0) { $0 + $1.counted })
          #expect(run.requests == inside.reduce(0) { $0 + $1.requests })
        }
      }
    }
  }

  private func threshold(_ rule: String) throws -> Threshold {
    guard case .measure(_, let threshold, _) = try Rule(rule).trigger else {
      throw RuleError("no measure", at: 1)
    }
    return threshold
  }
}

/// Numbers that are the same in every run.
struct Random {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}
