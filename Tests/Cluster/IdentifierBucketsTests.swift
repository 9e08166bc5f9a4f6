import Testing

@testable import Cluster

@Suite struct IdentifierBucketsTests {
  @Test func `each hash comes in its bucket, in the order of events, and none is lost`() {
    var buckets = IdentifierBuckets()
    var hashes: [UInt64: Int] = [:]
    for place in 0..<5000 {
      // Small numbers and large ones.
      let hash = UInt64(place) &* (place % 2 == 0 ? 1 : 0x1234_5678_9ABC_DEF1)
      buckets.add(.whole, hash, event: (place * 7) % 1000)
      hashes[hash] = (place * 7) % 1000
    }
    buckets.add(.end, 5, event: 999)
    var found: [UInt64: Int] = [:]
    var seen: [UInt16] = []
    buckets.each(events: 1000) { sort, bucket, entries in
      guard sort == .whole else {
        #expect(sort == .end && entries.map(\.hash) == [5])
        return
      }
      #expect(entries.allSatisfy { IdentifierBuckets.bucket(of: $0.hash) == bucket })
      #expect(entries.map(\.event) == entries.map(\.event).sorted())
      seen.append(bucket)
      for entry in entries { found[entry.hash] = Int(entry.event) }
    }
    #expect(found == hashes)
    #expect(seen == seen.sorted() && Set(seen).count == seen.count && seen.count > 900)
  }

  @Test func `events are found whether or not some are missing`() {
    var events = BatchEvents()
    for number in [7, 8, 9, 20, 21, 40] as [Int64] { events.add(number, time: number * 60_000) }
    let places = [6, 7, 9, 10, 20, 21, 22, 40, 41, .min, .max].map { events.place(of: $0) }
    #expect(places == [nil, 0, 2, nil, 3, 4, nil, 5, nil, nil, nil])
    #expect(events.minutes == [7, 8, 9, 20, 21, 40])
    #expect(BatchEvents().place(of: 1) == nil)
  }

  @Test func `the more stores send, the less often each does`() {
    #expect(
      [1, 50, 100, 2000, 4_000_000].map { Push.pause(among: $0) }
        == [1000, 1000, 2000, 40_000, 60_000])
  }
}
