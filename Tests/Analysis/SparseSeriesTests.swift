import Analysis
import Testing

@Suite struct SparseSeriesTests {
  /// So many errors of a series, anywhere or close together.
  private func series(
    days: Int, errors: Int, within minutes: Int?, _ chance: inout Chance
  ) -> [Int32] {
    var counts = [Int32](repeating: 0, count: days * 1440)
    let first = Int.random(in: 0..<counts.count, using: &chance)
    for _ in 0..<errors {
      let place =
        minutes.map { min(counts.count - 1, first + Int.random(in: 0..<$0, using: &chance)) }
        ?? Int.random(in: 0..<counts.count, using: &chance)
      counts[place] += 1
    }
    return counts
  }

  @Test func `what is not looked at by the minute has no spikes`() {
    var chance = Chance(seed: 5)
    var passed = 0
    for round in 0..<400 {
      let within = [nil, 20_000, 6000, 1500, 400, 100][round % 6]
      let counts = series(
        days: [2, 7, 14, 28][round % 4], errors: Int.random(in: 3..<22, using: &chance),
        within: within, &chance)
      let minutes = counts.enumerated().filter { $0.element > 0 }
        .map { MinuteCount(minute: Int32($0.offset), errors: Int64($0.element)) }
      if mayHaveSpikes(minutes, of: counts.count) { continue }
      passed += 1
      let found = spikes(in: counts, from: 1_772_409_600_000).spikes
      #expect(found.isEmpty, "\(minutes) of \(counts.count)")
    }
    #expect(passed > 50)
  }

  @Test func `five errors of a minute are looked at`() {
    #expect(mayHaveSpikes([MinuteCount(minute: 70, errors: 5)], of: 20_160))
    #expect(!mayHaveSpikes([MinuteCount(minute: 70, errors: 4)], of: 20_160))
  }
}
