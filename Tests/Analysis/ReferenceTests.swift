import Analysis
import Testing

@Suite struct ReferenceTests {
  @Test(arguments: [11, 12, 13])
  func `spikes are those of the reference, to the minute`(seed: Int) throws {
    let fixtures = try SpikeFixture.all(seed: seed)
    #expect(fixtures.map(\.name) == ["busy", "medium", "sparse", "nearzero", "shifty"])
    for fixture in fixtures {
      #expect(fixture.counts.count == 30 * 1440)
      let spikes = spikes(in: fixture.counts, from: fixture.start).spikes
      let found = spikes.map {
        SpikeFixture.Found(start: $0.start, end: $0.end, detectedAt: $0.detectedAt)
      }
      #expect(found == fixture.found, "\(fixture.name)")
      #expect(spikes.allSatisfy { $0.ratio >= 2 && $0.ratio.isFinite && $0.count >= 5 })
    }
  }

  @Test(arguments: [11, 12, 13])
  func `bursts are those of the reference, to the event`(seed: Int) throws {
    let fixtures = try BurstFixture.all(seed: seed)
    #expect(fixtures.map(\.name) == (0...7).map { "vendor\($0)" })
    #expect(fixtures.flatMap(\.found).contains { $0.honoured })
    for fixture in fixtures {
      let bursts = bursts(in: fixture.rejections, during: fixture.coverage)
      let found = bursts.map {
        BurstFixture.Found(indices: $0.indices, honoured: $0.retryAfter == .honoured)
      }
      #expect(found == fixture.found, "\(fixture.name)")
      for burst in bursts {
        #expect(burst.count == burst.indices.count)
        #expect(burst.start == fixture.rejections[burst.indices.lowerBound].time)
        #expect(burst.end == fixture.rejections[burst.indices.upperBound].time)
      }
    }
  }

  @Test func `the order of the input does not matter`() throws {
    let fixture = try #require(try BurstFixture.all(seed: 11).last)
    let shuffled = fixture.rejections.indices.map {
      fixture.rejections[$0 * 7919 % fixture.rejections.count]  // a prime: every one, once
    }
    #expect(shuffled != fixture.rejections)
    #expect(shuffled.inTimeOrder().map(\.time) == fixture.rejections.map(\.time))
    #expect(
      bursts(in: shuffled, during: fixture.coverage).map(\.indices)
        == fixture.found.map(\.indices))
  }
}
