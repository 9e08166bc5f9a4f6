/// A batch's errors by the hour, vendor, route, status, kind and who answered.
///
/// A hash table over the few sorts of errors that a batch has, not over its hours: neighbouring
/// lines are of one hour.
package struct RouteSums {
  /// Errors that differ in their times alone.
  package struct Sort: Equatable {
    private let texts: UInt64
    private let what: UInt64

    init(_ row: EventRow) {
      texts = UInt64(row.vendor) << 32 | UInt64(row.route)
      what =
        UInt64(UInt32(bitPattern: row.status)) << 16 | UInt64(row.kind.rawValue) << 8
        | UInt64(row.answeredBy.rawValue)
    }

    package var vendor: Word { Word(truncatingIfNeeded: texts >> 32) }
    package var route: Word { Word(truncatingIfNeeded: texts) }
    package var status: Int32 { Int32(truncatingIfNeeded: what >> 16) }
    /// The numbers of its kind and of who answered.
    package var kind: UInt8 { UInt8(truncatingIfNeeded: what >> 8) }
    package var answeredBy: UInt8 { UInt8(truncatingIfNeeded: what) }

    /// After Fibonacci hashing: the high bits are the good ones.
    fileprivate var hash: UInt64 {
      (texts &* 0x9E37_79B9_7F4A_7C15 ^ what) &* 0xBF58_476D_1CE4_E5B9 >> 32
    }
  }

  /// Errors of one sort in one hour. Where events do not come in order of time, several may be of the
  /// same.
  package struct Hour {
    /// The place of its sort.
    package let sort: Int
    /// Hours since the epoch.
    package let hour: Int64
    /// How many each quarter had.
    package fileprivate(set) var quarters: SIMD4<Int64>
  }

  package private(set) var sorts: ContiguousArray<Sort> = []
  package private(set) var hours: ContiguousArray<Hour> = []
  /// The place of the newest hour of each sort.
  private var newest: ContiguousArray<Int32> = []
  /// Which sort stands where; -1 for none. A power of two, half of them free at least.
  private var slots = ContiguousArray<Int32>(repeating: -1, count: 2048)

  /// Adds an error. `quarter` is its time in quarters of an hour since the epoch.
  @inline(__always)
  mutating func add(_ row: EventRow, quarter: Int64) {
    let sort = number(of: Sort(row))
    let hour = quarter >> 2
    var place = Int(newest[sort])
    if place < 0 || hours[place].hour != hour {
      place = hours.count
      newest[sort] = Int32(truncatingIfNeeded: place)
      hours.append(Hour(sort: sort, hour: hour, quarters: .zero))
    }
    hours[place].quarters[Int(quarter & 3)] &+= 1
  }

  @inline(__always)
  private mutating func number(of sort: Sort) -> Int {
    let slot = slot(of: sort)
    let number = Int(slots[slot])
    return number >= 0 ? number : append(sort, at: slot)
  }

  /// Where a sort stands, or belongs.
  @inline(__always)
  private func slot(of sort: Sort) -> Int {
    var slot = Int(truncatingIfNeeded: sort.hash) & (slots.count - 1)
    while slots[slot] >= 0, sorts[Int(slots[slot])] != sort {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func append(_ sort: Sort, at slot: Int) -> Int {
    let number = sorts.count
    slots[slot] = Int32(truncatingIfNeeded: number)
    sorts.append(sort)
    newest.append(-1)
    if sorts.count * 2 > slots.count {
      slots = ContiguousArray(repeating: -1, count: slots.count * 2)
      for (number, sort) in sorts.enumerated() {
        slots[self.slot(of: sort)] = Int32(truncatingIfNeeded: number)
      }
    }
    return number
  }

  /// Makes it empty again and keeps its memory.
  mutating func clear() {
    sorts.removeAll(keepingCapacity: true)
    hours.removeAll(keepingCapacity: true)
    newest.removeAll(keepingCapacity: true)
    for slot in slots.indices { slots[slot] = -1 }
  }
}
