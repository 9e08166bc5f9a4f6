import Foundation
import Testing

@testable import Analysis

/// A search by sums over half hours stands in for one by minutes: it must see all that this sees.
@Suite struct SpikeOutlineTests {
  private struct Series {
    var counts: [Int32]
    var start: Int64
    var offset: Int

    var hours: [LocalHour] {
      localHours(
        of: counts.count, at: { start.adding(minutes: $0) }, localMinutes: { _ in offset })
    }
    var layout: SeriesLayout { SeriesLayout(of: hours, count: counts.count) }

    func search(_ policy: SpikePolicy, bySums: Bool) throws -> SpikeSearch {
      guard bySums else {
        return SpikeSearch(counts, hours: hours, exposure: nil, policy: policy)
      }
      let outline = try #require(SeriesOutline(of: counts, layout))
      return SpikeSearch(counts, hours: hours, exposure: nil, policy: policy, outline: outline)
    }
  }

  /// Errors around a rate with a season, that may wander, step, burst or be silent.
  private func series(_ number: Int, _ chance: inout Chance) -> Series {
    let rate = [0.02, 0.1, 0.4, 1.2, 3, 10, 60][number % 7]
    let days = [3, 9, 28, 36][number / 7 % 4]
    let swing = [0.0, 0.0, 0.5, 0.9][number / 3 % 4]
    let shape = number / 2 % 3 == 2 ? 3.0 : nil
    var counts: [Int32] = (0..<days * 1440 + Int.random(in: -700...0, using: &chance)).map {
      let season = 1 + swing * cos(Double($0) / 720 * .pi)
      let factor = shape.map { chance.factor(shape: $0) } ?? 1
      return chance.poisson(rate * season * factor)
    }
    let first = Int.random(in: 0..<counts.count - 1000, using: &chance)
    switch number % 5 {
    case 1:
      for minute in first..<first + Int.random(in: 1...90, using: &chance) {
        counts[minute] += chance.poisson(rate * Double.random(in: 0.5...8, using: &chance) + 0.3)
      }
    case 2 where number % 3 == 0:
      for minute in first..<counts.count { counts[minute] += chance.poisson(rate) }
    case 3 where number % 3 == 0:
      for minute in first..<first + 300 { counts[minute] = 0 }
    default: break
    }
    let start: Int64 = 1_772_409_600_000 + Int64.random(in: 0..<3000, using: &chance) * 60_000
    return Series(counts: counts, start: start, offset: [0, 330, -300, 45][number / 11 % 4])
  }

  @Test func `sums over half hours see every candidate that minutes do`() throws {
    var chance = Chance(seed: 31)
    var (compared, clear) = (0, 0)
    for number in 0..<140 {
      let series = series(number, &chance)
      var policy = SpikePolicy.standard
      (policy.threshold, policy.doubt) = number % 2 == 0 ? (14, 1) : (11, 3)
      let byMinutes = try series.search(policy, bySums: false)
      let bySums = try series.search(policy, bySums: true)
      let findings = byMinutes.findings(goingOn: number % 2 == 0)
      if !bySums.mayFindAny {
        clear += 1
        #expect(findings.isEmpty && byMinutes.silences.isEmpty, "series \(number)")
      }
      guard byMinutes.silences.isEmpty, byMinutes.changes.isEmpty, !bySums.isGivenUp else {
        continue
      }
      compared += 1
      let (one, other) = (byMinutes.candidates, bySums.candidates)
      #expect(one.map(\.minutes) == other.map(\.minutes), "series \(number)")
      for (one, other) in zip(one, other) {
        #expect(abs(one.score - other.score) < 1e-6 * max(1, one.score), "series \(number)")
        #expect(one.open == other.open)
      }
    }
    #expect(compared > 60)
    #expect(clear > 30)
  }

  @Test func `what half hours expect is what their minutes do`() throws {
    var chance = Chance(seed: 32)
    for number in 0..<28 {
      let series = series(number, &chance)
      let (counts, layout) = (series.counts, series.layout)
      let outline = try #require(SeriesOutline(of: counts, layout))
      var byMinutes = Baseline(count: counts.count, hours: series.hours)
      var bySums = Baseline(count: counts.count, hours: series.hours, outline: outline)
      let first = counts.count / 3
      let out = MinuteMarks(number % 2 == 0 ? [first..<first + 95] : [], of: counts.count)
      byMinutes.adapt(to: counts, leavingOut: out)
      bySums.adapt(to: counts, leavingOut: out)
      for tamed in [false, true] {
        let one = dispersion(
          of: counts, around: byMinutes.expected, leavingOut: out, tamed: tamed)
        let other = bySums.dispersion(of: counts, outline, leavingOut: out, tamed: tamed)
        #expect(abs(one - other) < 1e-9)
      }
      let halfHours = zip(
        byMinutes.halfHours(of: counts, leavingOut: out),
        bySums.halfHours(of: counts, outline, leavingOut: out))
      for (one, other) in halfHours {
        #expect(one.errors == other.errors && one.minutes == other.minutes)
        #expect(abs(one.usual - other.usual) <= 1e-9 * one.usual)
        #expect(abs(one.flat - other.flat) <= 1e-9 * one.flat)
      }
      let factors = (0..<layout.halfHours).map { _ in Double.random(in: 0.3...2, using: &chance) }
      byMinutes.follow(factors, blocksOf: HalfHour.length)
      bySums.follow(factors, blocksOf: HalfHour.length)
      bySums.spread(over: counts.indices)
      #expect(byMinutes.expected == bySums.expected)
      #expect(byMinutes.bounds == bySums.bounds)
      for halfHour in 0..<layout.halfHours {
        let minutes = HalfHour.minutes(of: halfHour, in: counts.count)
        let least = bySums.least(in: halfHour, layout)
        #expect(bySums.expected[minutes].allSatisfy { least <= $0 })
        #expect(outline.peaks[halfHour] == counts[minutes].max())
      }
      let rises = Set(byMinutes.rises(of: counts, dispersion: 0.02, policy: .standard))
      #expect(
        rises == Set(bySums.rises(of: counts, outline, dispersion: 0.02, policy: .standard)))
    }
  }
}
