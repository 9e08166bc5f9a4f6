/// The hashes of a batch's ids, put in order of the buckets that a cluster keeps them in, and in each of
/// their events: so neighbours have much in common.
struct IdentifierBuckets {
  /// What a hash is of. Their numbers never change.
  enum Sort: UInt8, CaseIterable {
    /// All of an id.
    case whole = 0
    /// How an event's main id begins, and how it ends.
    case beginning = 1
    case end = 2
  }

  struct Entry {
    var hash: UInt64
    /// The event's place among those of the batch.
    var event: Int32
  }

  private static let bits: UInt64 = 10
  private static let count = 1 << Int(bits)

  /// Where a hash is kept, by its bits in no order: hashes of parts are small numbers.
  static func bucket(of hash: UInt64) -> UInt16 {
    UInt16(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> (64 - bits))
  }

  private var entries = Sort.allCases.map { _ in [Entry]() }

  mutating func add(_ sort: Sort, _ hash: UInt64, event: Int) {
    entries[Int(sort.rawValue)].append(Entry(hash: hash, event: Int32(clamping: event)))
  }

  /// Hands over each bucket that has something.
  ///
  /// - Parameter events: how many the batch has.
  func each(events: Int, _ body: (Sort, UInt16, ArraySlice<Entry>) -> Void) {
    for sort in Sort.allCases {
      let ordered = IdentifierBuckets.ordered(
        IdentifierBuckets.ordered(entries[Int(sort.rawValue)], keys: events) { Int($0.event) },
        keys: IdentifierBuckets.count
      ) { Int(IdentifierBuckets.bucket(of: $0.hash)) }
      var rest = ordered[...]
      while let first = rest.first {
        let bucket = IdentifierBuckets.bucket(of: first.hash)
        let own = rest.prefix { IdentifierBuckets.bucket(of: $0.hash) == bucket }
        body(sort, bucket, own)
        rest = rest[own.endIndex...]
      }
    }
  }

  /// In the order of their keys, from 0 on, those of one key as they were: by counting these.
  private static func ordered(
    _ entries: [Entry], keys: Int, _ key: (Entry) -> Int
  ) -> [Entry] {
    var places = [Int](repeating: 0, count: max(keys, 1))
    for entry in entries { places[min(key(entry), places.count - 1)] += 1 }
    var sum = 0
    for place in places.indices {
      (places[place], sum) = (sum, sum + places[place])
    }
    return [Entry](unsafeUninitializedCapacity: entries.count) { ordered, count in
      for entry in entries {
        let own = min(key(entry), places.count - 1)
        ordered.initializeElement(at: places[own], to: entry)
        places[own] += 1
      }
      count = entries.count
    }
  }
}
