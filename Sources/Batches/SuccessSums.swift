internal import Times

/// The successes counted last, outside of the dictionaries of their batch: neighbouring lines are of few minutes,
/// vendors and statuses, and to hash a key costs more than to add to its count.
struct SuccessSums: ~Copyable {
  private struct Entry {
    var minute: Int64
    var vendor: Word
    var gateway: Word
    var status: Int32
    var count: Int64
  }

  private let entries: UnsafeMutablePointer<Entry>

  private static let room = 256

  init() {
    entries = .allocate(capacity: SuccessSums.room)
    entries.initialize(
      repeating: Entry(minute: 0, vendor: 0, gateway: 0, status: 0, count: 0),
      count: SuccessSums.room)
  }

  deinit { entries.deallocate() }

  /// Counts a success of a minute. Where another is counted in its place, that is handed to `move` first.
  @inline(__always)
  func add(
    minute: Int64, vendor: Word, gateway: Word, status: Int32,
    move: (_ minute: Int64, _ vendor: Word, _ gateway: Word, _ status: Int32, _ count: Int64) ->
      Void
  ) {
    let mixed =
      Int(truncatingIfNeeded: minute &* 31) &+ Int(vendor) &* 7 &+ Int(gateway) &* 3 &+ Int(status)
    let entry = entries + (mixed & (SuccessSums.room - 1))
    if entry.pointee.count > 0 {
      if entry.pointee.minute == minute, entry.pointee.vendor == vendor,
        entry.pointee.gateway == gateway, entry.pointee.status == status
      {
        entry.pointee.count += 1
        return
      }
      let old = entry.pointee
      move(old.minute, old.vendor, old.gateway, old.status, old.count)
    }
    entry.pointee = Entry(
      minute: minute, vendor: vendor, gateway: gateway, status: status, count: 1)
  }

  /// Hands all of them to `move` and forgets them.
  func flush(
    _ move: (_ minute: Int64, _ vendor: Word, _ gateway: Word, _ status: Int32, _ count: Int64) ->
      Void
  ) {
    for place in 0..<SuccessSums.room where entries[place].count > 0 {
      let old = entries[place]
      entries[place].count = 0
      move(old.minute, old.vendor, old.gateway, old.status, old.count)
    }
  }
}
