internal import Batches
internal import Files
internal import SQLite

/// The beginnings and the ends of the main ids of a run's events, in the order of their hashes.
struct EdgeList: Equatable {
  /// A hash above 32 bits of an event's place in the run.
  private(set) var items: [UInt64] = []

  mutating func append(_ id: UnsafeBufferPointer<UInt8>, place: UInt32) {
    guard let hashes = IDEdge.hashes(of: id) else { return }
    append(hashes.beginning, place: place)
    append(hashes.end, place: place)
  }

  mutating func append(_ hash: UInt32, place: UInt32) {
    items.append(UInt64(hash) << 32 | UInt64(place))
  }

  /// Brings them into order: by the lower half of a hash, then by the upper one. What is equal stays
  /// in the order of its places, in which it was appended.
  mutating func sort() {
    var other = items
    for shift in [UInt64(32), 32 + UInt64(IDEdge.bits / 2)] {
      items.withUnsafeBufferPointer { items in
        other.withUnsafeMutableBufferPointer { EdgeList.sort(items, by: shift, into: $0) }
      }
      swap(&items, &other)
    }
  }

  /// By half of the bits of a hash, those from `shift` on.
  private static func sort(
    _ items: UnsafeBufferPointer<UInt64>, by shift: UInt64,
    into sorted: UnsafeMutableBufferPointer<UInt64>
  ) {
    let digits = 1 << (IDEdge.bits / 2)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: digits + 1) { starts in
      starts.initialize(repeating: 0)
      for item in items { starts[Int(item >> shift) & (digits - 1) + 1] += 1 }
      for digit in 1...digits { starts[digit] += starts[digit - 1] }
      for item in items {
        let digit = Int(item >> shift) & (digits - 1)
        sorted[Int(starts[digit])] = item
        starts[digit] += 1
      }
    }
  }

  /// Those of the main ids of some rows, each by its place among them.
  init(_ rows: some Sequence<EventRow>, in batch: Batch) {
    batch.arena.withUnsafeBufferPointer { arena in
      for (place, row) in rows.enumerated() where !row.requestID.isEmpty {
        let start = Int(row.requestID.start)
        append(
          UnsafeBufferPointer(rebasing: arena[start..<start + Int(row.requestID.count)]),
          place: UInt32(truncatingIfNeeded: place))
      }
    }
    sort()
  }

  /// Those of the events of a run.
  init(of run: Run, on connection: Connection) throws {
    let events = try connection.prepare(
      """
      SELECT id - ?1, request_id FROM event WHERE id >= ?1 AND id < ?2
        AND request_id IS NOT NULL ORDER BY id
      """)
    events.bind(run.eventNumbers.lowerBound, at: 1)
    events.bind(run.eventNumbers.upperBound, at: 2)
    while try events.step() {
      guard let text = events.text(1) else { continue }
      let place = UInt32(truncatingIfNeeded: events.integer(0))
      Array(text.utf8).withUnsafeBufferPointer { append($0, place: place) }
    }
    sort()
  }

  init() {}
}
