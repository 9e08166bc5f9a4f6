/// An id found on an event's line.
package struct Identifier {
  /// XXH3-64 of its lower-cased bytes, seeded for the store.
  package var hash: UInt64
  /// The event's place in its batch.
  package var row: UInt32

  package init(hash: UInt64, row: UInt32) {
    self.hash = hash
    self.row = row
  }
}

/// The ids of a batch, in memory that is used again.
package struct IdentifierList {
  private var items: ContiguousArray<Identifier> = []
  /// Where sorting puts them.
  private var sorted: ContiguousArray<Identifier> = []
  private var starts: ContiguousArray<UInt32> = []

  package init() {}

  package var count: Int { items.count }

  package subscript(place: Int) -> Identifier { items[place] }

  package subscript(places: Range<Int>) -> ArraySlice<Identifier> { ArraySlice(items[places]) }

  package mutating func append(_ identifier: Identifier) {
    items.append(identifier)
  }

  /// Appends all ids of one event.
  package mutating func append(_ hashes: UnsafeBufferPointer<UInt64>, row: UInt32) {
    for hash in hashes { items.append(Identifier(hash: hash, row: row)) }
  }

  /// Gives rows other numbers; the ids of one that has none are left out.
  package mutating func renumber(_ number: (UInt32) -> UInt32?) {
    var kept: ContiguousArray<Identifier> = []
    for item in items {
      if let row = number(item.row) { kept.append(Identifier(hash: item.hash, row: row)) }
    }
    items = kept
  }

  package mutating func removeAll() {
    items.removeAll(keepingCapacity: true)
  }

  /// Brings them into the order of their hashes; equal ones stay in the order of their rows.
  ///
  /// Hashes are evenly spread, so about as many buckets as ids leave next to nothing to do: a
  /// counting sort by the first bits, then one pass of insertion. Equal hashes do not move.
  package mutating func sort() {
    guard items.count > 1 else { return }
    let shift = items.count.leadingZeroBitCount
    starts.removeAll(keepingCapacity: true)
    starts.append(contentsOf: repeatElement(0, count: (1 << (64 - shift)) + 1))
    if sorted.count < items.count { sorted = items }
    items.withUnsafeMutableBufferPointer { items in
      starts.withUnsafeMutableBufferPointer { starts in
        sorted.withUnsafeMutableBufferPointer { sorted in
          for item in items { starts[Int(item.hash >> UInt64(shift)) + 1] += 1 }
          for bucket in 1..<starts.count { starts[bucket] += starts[bucket - 1] }
          for item in items {
            let bucket = Int(item.hash >> UInt64(shift))
            sorted[Int(starts[bucket])] = item
            starts[bucket] += 1
          }
          items[0] = sorted[0]
          for place in 1..<items.count {
            var gap = place
            while gap > 0, items[gap - 1].hash > sorted[place].hash {
              items[gap] = items[gap - 1]
              gap -= 1
            }
            items[gap] = sorted[place]
          }
        }
      }
    }
  }
}
