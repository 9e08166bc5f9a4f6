internal import Events
internal import Files

/// A batch's errors by the hour, vendor, gateway, route, status, kind and who answered.
///
/// A hash table in plain memory, as every event is looked up in it. Its keys are the few sorts of
/// errors that a batch has; the hour is compared with that of the event before, as neighbouring
/// lines are mostly of one hour.
package final class RouteSums {
  /// Everything of an error that is counted apart, but for its time.
  package struct Sort: Equatable {
    private let texts: UInt64
    private let what: UInt64

    @inline(__always)
    fileprivate init(_ row: borrowing EventRow) {
      texts = UInt64(row.vendor) << 32 | UInt64(row.route)
      // There are few gateways.
      what =
        UInt64(row.gateway) << 48 | UInt64(UInt32(bitPattern: row.status)) << 16
        | UInt64(row.kind.rawValue) << 8 | UInt64(row.answeredBy.rawValue)
    }

    package var vendor: Word { Word(truncatingIfNeeded: texts >> 32) }
    package var route: Word { Word(truncatingIfNeeded: texts) }
    package var gateway: Word { Word(truncatingIfNeeded: what >> 48) }
    package var status: Int32 { Int32(truncatingIfNeeded: what >> 16) }
    /// The numbers of its kind and of who answered.
    package var kind: UInt8 { UInt8(truncatingIfNeeded: what >> 8) }
    package var answeredBy: UInt8 { UInt8(truncatingIfNeeded: what) }

    /// After Fibonacci hashing: the high bits are the good ones.
    @inline(__always)
    fileprivate var hash: Int {
      Int(
        truncatingIfNeeded: ((texts &* 0x9E37_79B9_7F4A_7C15 ^ what) &* 0xBF58_476D_1CE4_E5B9) >> 32
      )
    }
  }

  /// One hour of one sort. Where events do not come in order of time, several may be of the same.
  package struct Hour {
    /// Hours since the epoch.
    package let hour: Int64
    /// The place of its sort.
    package let sort: Int32
    /// Its own place, by which its counts are found.
    fileprivate let place: Int32
  }

  /// Where a sort stands in the table, with its newest hour.
  private struct Slot {
    var sort: Sort
    var hour: Int64
    var place: Int32
    /// -1 where the slot is free.
    var number: Int32
  }

  package private(set) var sorts: ContiguousArray<Sort> = []
  package private(set) var hours: ContiguousArray<Hour> = []
  /// A power of two, half of them free at least.
  private var slots: UnsafeMutableBufferPointer<Slot>
  /// How many errors each quarter of each hour had.
  private var counts: UnsafeMutableBufferPointer<SIMD4<Int64>>

  init() {
    slots = RouteSums.freeSlots(1024)
    counts = .allocate(capacity: 1024)
  }

  deinit {
    slots.deallocate()
    counts.deallocate()
  }

  private static func freeSlots(_ count: Int) -> UnsafeMutableBufferPointer<Slot> {
    let slots = UnsafeMutableBufferPointer<Slot>.allocate(capacity: count)
    slots.initialize(repeating: free)
    return slots
  }

  private static let free = Slot(sort: Sort(EventRow()), hour: 0, place: 0, number: -1)

  /// How many errors each quarter of an hour had.
  package func quarters(of hour: Hour) -> SIMD4<Int64> { counts[Int(hour.place)] }

  /// Adds an error. `quarter` is its time in quarters of an hour since the epoch.
  @inline(__always)
  func add(_ row: borrowing EventRow, quarter: Int64) {
    let sort = Sort(row)
    var slot = slot(of: sort)
    if slots[slot].number < 0 { slot = append(sort, at: slot) }
    if slots[slot].hour != quarter >> 2 { append(hour: quarter >> 2, at: slot) }
    counts[Int(slots[slot].place)][Int(quarter & 3)] &+= 1
  }

  /// Where a sort stands, or belongs.
  @inline(__always)
  private func slot(of sort: Sort) -> Int {
    var slot = sort.hash & (slots.count - 1)
    while slots[slot].number >= 0, slots[slot].sort != sort {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  @inline(never)
  private func append(_ sort: Sort, at slot: Int) -> Int {
    var slot = slot
    if (sorts.count + 1) * 2 > slots.count {
      let smaller = slots
      slots = RouteSums.freeSlots(smaller.count * 2)
      for old in smaller where old.number >= 0 { slots[self.slot(of: old.sort)] = old }
      smaller.deallocate()
      slot = self.slot(of: sort)
    }
    slots[slot] = Slot(
      sort: sort, hour: .min, place: 0, number: Int32(truncatingIfNeeded: sorts.count))
    sorts.append(sort)
    return slot
  }

  @inline(never)
  private func append(hour: Int64, at slot: Int) {
    if hours.count == counts.count {
      let larger = UnsafeMutableBufferPointer<SIMD4<Int64>>.allocate(capacity: hours.count * 2)
      _ = larger.moveInitialize(fromContentsOf: counts)
      counts.deallocate()
      counts = larger
    }
    let place = Int32(truncatingIfNeeded: hours.count)
    counts.initializeElement(at: hours.count, to: .zero)
    hours.append(Hour(hour: hour, sort: slots[slot].number, place: place))
    slots[slot].hour = hour
    slots[slot].place = place
  }

  /// Makes it empty again and keeps its memory.
  func clear() {
    sorts.removeAll(keepingCapacity: true)
    hours.removeAll(keepingCapacity: true)
    slots.update(repeating: RouteSums.free)
  }
}
