import Analysis
import Testing

@Suite struct ScoreTests {
  @Test func `spikes are found where they were put`() throws {
    var score = Score()
    for seed in [371, 377] {
      let fixtures = try SpikeFixture.all(seed: seed)
      #expect(fixtures.map(\.name) == ["busy", "medium", "sparse", "nearzero", "shifty"])
      for fixture in fixtures {
        #expect(fixture.counts.count == 30 * 1440)
        #expect(fixture.spikes.count == 12)
        let spikes = spikes(in: fixture.counts, from: fixture.start).spikes
        score.add(
          spikes.map { $0.start..<$0.end }, truth: fixture.spikes, ignoring: fixture.ignored)
        #expect(spikes.allSatisfy { $0.ratio >= 1.7 && $0.ratio.isFinite && $0.count >= 5 })
        #expect(spikes.allSatisfy { $0.detectedAt > $0.start && $0.detectedAt <= $0.end })
      }
    }
    #expect(score.f1 >= 0.89)
    #expect(score.overlap >= 0.82)
    #expect(score.merged == 0)
  }

  @Test(arguments: [371, 377])
  func `where nothing was logged is silent`(seed: Int) throws {
    let fixture = try #require(try SpikeFixture.all(seed: seed).last)
    let silences = spikes(in: fixture.counts, from: fixture.start).silences
    for gap in fixture.gaps where gap.count >= 4 * 3_600_000 {
      #expect(silences.contains { gap.clamped(to: $0) == gap })
    }
    #expect(!fixture.gaps.isEmpty)
    #expect(silences.allSatisfy { silence in fixture.gaps.contains { $0.overlaps(silence) } })
  }

  @Test(arguments: [371, 377], [7, 90])
  func `bursts are found where they were put, however long the log is`(seed: Int, days: Int) throws
  {
    let fixtures = try BurstFixture.all(seed: seed)
    #expect(fixtures.map(\.name) == (0...7).map { "vendor\($0)" })
    var score = Score()
    var verdicts = 0
    for fixture in fixtures {
      #expect(fixture.bursts.count == 10)
      let start = fixture.coverage.lowerBound
      let bursts = bursts(in: fixture.rejections, during: start..<start + Int64(days) * 86_400_000)
      score.add(
        bursts.map { $0.start..<$0.end }, truth: fixture.bursts.map(\.time), ignoring: [], slack: 1)
      for burst in bursts {
        #expect(burst.count == burst.indices.count)
        #expect(burst.start == fixture.rejections[burst.indices.lowerBound].time)
        #expect(burst.end == fixture.rejections[burst.indices.upperBound].time)
        let truth = fixture.bursts.first { $0.time.overlaps(burst.start..<burst.end) }
        guard let honoured = truth?.honoured, burst.retryAfter != .unknown else { continue }
        #expect(honoured == (burst.retryAfter == .honoured), "\(fixture.name)")
        verdicts += 1
      }
    }
    #expect(score.f1 >= 0.995)
    #expect(score.overlap >= 0.94)
    #expect(score.merged == 0)
    #expect(verdicts > 30)
  }

  @Test func `the order of rejections does not matter`() throws {
    let fixture = try #require(try BurstFixture.all(seed: 371).last)
    let shuffled = fixture.rejections.indices.map {
      fixture.rejections[$0 * 7919 % fixture.rejections.count]  // a prime: every one, once
    }
    #expect(shuffled != fixture.rejections)
    #expect(shuffled.inTimeOrder().map(\.time) == fixture.rejections.map(\.time))
    #expect(
      bursts(in: shuffled, during: fixture.coverage).map(\.indices)
        == bursts(in: fixture.rejections, during: fixture.coverage).map(\.indices))
  }

  @Test func `a score is that of its reports`() {
    var score = Score()
    score.add(
      [0..<600_000, 1_000_000..<1_600_000, 9_000_000..<9_060_000],
      truth: [0..<600_000, 1_000_000..<1_300_000, 5_000_000..<5_060_000],
      ignoring: [9_000_000..<9_000_001])
    #expect(score.precision == 1)
    #expect(score.recall == 2 / 3.0)
    #expect(score.overlap == 0.75)
    #expect(score.merged == 0)
    score.add([0..<600_000], truth: [0..<60_000, 300_000..<360_000], ignoring: [])
    #expect(score.merged == 1)
    score.add([0..<60_000], truth: [], ignoring: [])
    #expect(score.precision == 0.8)
  }
}
