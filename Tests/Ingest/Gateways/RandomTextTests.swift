import Batches
import Files
import JSON
import Testing

@testable import Ingest

/// Lines of every layout, damaged at random, and bytes that were never a line.
@Suite struct RandomTextTests {
  private static let lines =
    (TextVariantTests.haproxy + TextVariantTests.envoy + TextVariantTests.commonLog
    + TextVariantTests.pairs + TextVariantTests.others).map { Array($0.text.utf8) }

  @Test(arguments: 0..<8)
  func `no bytes trap, and whatever is read is whole`(seed: Int) throws {
    var random = Random(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
    let reader = try RecordReader(catalog: catalog(), options: .init(), ledger: EmptyLedger())
    let batch = Batch()
    reader.begin(batch)
    for count in 1...400 {
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
      let length = line.count
      line += [UInt8](repeating: 0, count: JSONParser.padding)
      line.withUnsafeBufferPointer { padded in
        let line = LineReader.Line(
          text: padded.part(0..<length), offset: 0, length: Int64(length), isTooLong: false,
          isTerminated: true)
        _ = reader.isComplete(line)
        reader.read(line, into: batch)
      }
      #expect(batch.tally.records == Int64(count))
    }
    #expect(batch.tally.events > 50)
    #expect(batch.tally.rejects > 0)
    for row in batch.rows {
      #expect(row.status == 0 || (100...999).contains(row.status))
      #expect(row.latency ?? 0 >= 0)
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
