import Analysis
import Testing

private let monday: Int64 = 1_772_409_600_000  // 2026-03-02T00:00:00Z

/// A quiet series: an error every so many minutes.
private func quiet(days: Int, every minutes: Int = 10) -> [Int32] {
  (0..<days * 1440).map { $0 % minutes == 0 ? 1 : 0 }
}

private func time(_ minute: Int) -> Int64 { monday + Int64(minute) * 60_000 }

@Suite struct SpikeTests {
  @Test func `nothing has no spikes`() {
    #expect(spikes(in: [], from: monday).spikes.isEmpty)
    #expect(spikes(in: [0, 0, 0], from: monday).silences.isEmpty)
    #expect(spikes(in: quiet(days: 14), from: monday).spikes.isEmpty)
  }

  @Test(arguments: [(4, 0), (5, 1)])
  func `five errors out of nothing are a spike and four are not`(errors: Int32, found: Int) {
    var counts = [Int32](repeating: 0, count: 7 * 1440)
    counts[5000] = errors
    #expect(spikes(in: counts, from: monday).spikes.count == found)
  }

  @Test func `a spike has its minutes, its errors and its worst minute`() throws {
    var counts = quiet(days: 14)
    for minute in 5001..<5020 { counts[minute] = 8 }
    counts[5012] = 30
    let findings = spikes(in: counts, from: monday)
    #expect(findings.spikes.count == 1)
    #expect(findings.silences.isEmpty)
    let spike = try #require(findings.spikes.first)
    #expect(spike.start == time(5001))
    #expect(spike.end == time(5020))
    #expect(spike.detectedAt > spike.start && spike.detectedAt <= time(5004))
    #expect(spike.count == 18 * 8 + 30)
    #expect(abs(spike.expected - 1.9) < 0.2)
    #expect(spike.ratio == Double(spike.count) / spike.expected)
    #expect(spike.excess == Double(spike.count) - spike.expected)
    #expect(spike.peak == time(5012))
    #expect(spike.shape == .spike)
    #expect(!spike.ongoing)
    #expect(!spike.provisional)
  }

  @Test(arguments: [(10, 1), (200, 2)])
  func `spikes a few minutes apart are one`(apart: Int, found: Int) {
    var counts = quiet(days: 14)
    for minute in 5001..<5005 { counts[minute] = 30 }
    for minute in 5005 + apart..<5009 + apart { counts[minute] = 30 }
    #expect(spikes(in: counts, from: monday).spikes.count == found)
  }

  @Test(arguments: [(40, 1), (100, 2)])
  func `an hour without an error ends a spike where none are usual`(apart: Int, found: Int) {
    var counts = [Int32](repeating: 0, count: 7 * 1440)
    counts[5000] = 10
    counts[5000 + apart] = 10
    #expect(spikes(in: counts, from: monday).spikes.count == found)
  }

  @Test func `a busy vendor's spike ends within minutes`() {
    var counts = [Int32](repeating: 5, count: 7 * 1440)
    for minute in 5001..<5004 { counts[minute] = 200 }
    for minute in 5040..<5044 { counts[minute] = 100 }
    let found = spikes(in: counts, from: monday).spikes
    #expect(found.map(\.start) == [time(5001), time(5040)])
    #expect(found.map(\.end) == [time(5004), time(5044)])
  }

  @Test func `a spike only three times as high has its minutes`() {
    var counts = quiet(days: 14, every: 1)
    for minute in 5001..<5041 { counts[minute] = 2 + Int32(minute % 3) }
    let found = spikes(in: counts, from: monday).spikes
    #expect(found.map(\.start) == [time(5001)])
    #expect(found.map(\.end) == [time(5041)])
  }

  @Test func `a spike that has not ended is ongoing and provisional`() throws {
    var counts = quiet(days: 14)
    for minute in counts.indices.suffix(20) { counts[minute] = 8 }
    let spike = try #require(spikes(in: counts, from: monday).spikes.first)
    #expect(spike.end == time(counts.count))
    #expect(spike.ongoing)
    #expect(spike.provisional)
  }

  @Test(arguments: [(3 * 1440 - 1, true), (3 * 1440, false)])
  func `a spike is provisional for three days`(after: Int, provisional: Bool) {
    var counts = quiet(days: 14)
    let end = counts.count - after
    for minute in end - 15..<end { counts[minute] = 8 }
    #expect(spikes(in: counts, from: monday).spikes.map(\.end) == [time(end)])
    #expect(spikes(in: counts, from: monday).spikes.map(\.provisional) == [provisional])
  }

  @Test(arguments: [30 * 60, 40 * 60, 3 * 1440, 6 * 1440])
  func `what stays for more than a day and comes back is a change of level`(length: Int) throws {
    var counts = quiet(days: 30)
    for minute in 14_401..<14_401 + length { counts[minute] = 2 }
    let found = spikes(in: counts, from: monday).spikes
    #expect(found.map(\.shape) == [.levelChange])
    let change = try #require(found.first)
    #expect(abs(change.start - time(14_401)) <= 600_000)
    #expect(abs(change.end - time(14_401 + length)) <= 600_000)
    #expect(abs(change.expected - Double(length) / 10) < Double(length) / 50)
    #expect(!change.ongoing)
  }

  @Test func `what stays for good is told once, as its first day`() throws {
    var counts = quiet(days: 30)
    for minute in 14_401..<counts.count { counts[minute] = 2 }
    let found = spikes(in: counts, from: monday).spikes
    #expect(found.map(\.shape) == [.levelChange])
    let change = try #require(found.first)
    #expect(abs(change.start - time(14_401)) <= 600_000)
    #expect(change.end == change.start + 86_400_000)
  }

  @Test func `errors that become few and are as ever later have no change to tell`() {
    var counts = quiet(days: 30, every: 1)
    for minute in 14_401..<20_161 { counts[minute] = minute % 5 == 0 ? 1 : 0 }
    #expect(spikes(in: counts, from: monday).spikes.isEmpty)
  }

  @Test func `a spike on top of a new level is one`() throws {
    var counts = quiet(days: 30, every: 2)
    for minute in 14_401..<counts.count { counts[minute] = 2 + Int32(minute % 2) }
    for minute in 30_000..<30_020 { counts[minute] = 12 }
    let found = spikes(in: counts, from: monday).spikes
    #expect(found.map(\.shape) == [.levelChange, .spike])
    #expect(found.last?.start == time(30_000))
    #expect(found.last?.end == time(30_020))
  }

  @Test(arguments: [(0.3, 6), (0.5, 18)])
  func `a rate that wanders makes few spikes in ninety days`(deviation: Double, most: Int) {
    var found = 0
    for seed in 1...3 {
      var chance = Chance(seed: UInt64(seed))
      let counts = chance.wandering(days: 30, around: 2, deviation: deviation, memory: 90)
      found += spikes(in: counts, from: monday).spikes.count
    }
    #expect(found <= most)
  }

  @Test(arguments: [0.001, 0.05, 5])
  func `chance alone makes hardly a spike in ninety days`(rate: Double) {
    var chance = Chance(seed: 7)
    let counts = chance.wandering(days: 90, around: rate, deviation: 0, memory: 90)
    #expect(spikes(in: counts, from: monday).spikes.count <= 1)
  }

  @Test func `where many errors are missing the log is silent`() {
    var counts = quiet(days: 14, every: 2)
    for minute in 6001..<6602 { counts[minute] = 0 }
    let findings = spikes(in: counts, from: monday)
    #expect(findings.silences == [time(6001)..<time(6602)])
    #expect(findings.spikes.isEmpty)
    counts.append(contentsOf: repeatElement(0, count: 200))
    #expect(spikes(in: counts, from: monday).silences.last?.upperBound == time(counts.count))
  }

  @Test func `an hour of the day is one by the local clock, across the change to summer`() {
    let start: Int64 = 1_771_200_000_000  // 2026-02-16T00:00:00Z, a Monday
    let change: Int64 = 1_772_953_200_000  // 2026-03-08T07:00:00Z, in New York
    let newYork = { (time: Int64) in time < change ? -300 : -240 }
    let counts: [Int32] = (0..<28 * 1440).map { minute in
      let local = minute + newYork(start + Int64(minute) * 60_000)
      return local / 60 % 24 == 9 ? 6 : minute % 10 == 0 ? 1 : 0
    }
    #expect(spikes(in: counts, from: start, localMinutes: newYork).spikes.isEmpty)
    #expect(spikes(in: counts, from: start, localMinutes: { _ in -300 }).spikes.count >= 5)
  }

  @Test func `the local clock is asked once an hour`() {
    var asked: [Int64] = []
    _ = spikes(
      in: quiet(days: 2), from: monday + 30 * 60_000,
      localMinutes: {
        asked.append($0)
        return 345
      })
    #expect(asked.first == monday + 30 * 60_000)
    #expect(asked.dropFirst() == ArraySlice((1...48).map { monday + $0 * 3_600_000 }))
  }

  @Test(arguments: [Int64.min, -1, 0, 59_999, Int64.max])
  func `any start and any counts do no harm`(start: Int64) {
    let wild: [[Int32]] = [
      [.max], [.min, .max, -5, 9], Array(repeating: .max, count: 3000),
      Array(repeating: 7, count: 2000), (0..<3000).map { $0 % 2 == 0 ? .max : 0 },
      quiet(days: 3) + [.max], Array(repeating: 0, count: 5000) + [100],
    ]
    for counts in wild {
      #expect(spikes(in: counts, from: start).spikes.allSatisfy { $0.count > 4 })
      for offset in [Int.min, -300, 0, 845, Int.max] {
        let found = spikes(in: counts, from: start, localMinutes: { _ in offset }).spikes
        #expect(found.allSatisfy { $0.ratio.isFinite && $0.start <= $0.end })
      }
    }
    #expect(spikes(in: quiet(days: 3) + [.max], from: start).spikes.count == 1)
  }
}
