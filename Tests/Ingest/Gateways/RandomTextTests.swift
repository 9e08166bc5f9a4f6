import Events
import Ingest
import Testing

/// Lines of every layout, damaged at random, and bytes that were never a line.
@Suite struct RandomTextTests {
  private static let lines =
    (TextVariantTests.haproxy + TextVariantTests.envoy + TextVariantTests.commonLog
    + TextVariantTests.pairs + TextVariantTests.others).map { Array($0.text.utf8) }

  @Test(arguments: 0..<20)
  func `no bytes trap, and whatever is read is whole`(seed: Int) throws {
    var random = Random(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
    for _ in 0..<100 {
      var line = Self.lines[Int(random.next() % UInt64(Self.lines.count))]
      for _ in 0..<1 + random.next() % 8 where !line.isEmpty {
        let place = Int(random.next() % UInt64(line.count))
        switch random.next() % 4 {
        case 0: line[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: line.remove(at: place)
        case 2: line.insert(contentsOf: "\"\\[]{} -:,".utf8, at: place)
        default: line.removeSubrange(place...)
        }
      }
      let explanation = try explain(String(decoding: line, as: UTF8.self))
      if let status = explanation.event?.status { #expect((100...999).contains(status)) }
      if let latency = explanation.event?.latency { #expect(latency >= 0) }
      #expect(!explanation.outcome.isEmpty)
    }
  }

  /// Marsaglia's xorshift.
  private struct Random {
    var state: UInt64

    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }
}
