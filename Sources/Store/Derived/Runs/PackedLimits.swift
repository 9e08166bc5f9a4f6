internal import Questions
internal import SQLite

/// The 429s and plan limits of a run, as a row of `limited` has them: smaller than an index on them
/// would be, and read at a hundredth of what it costs to read their events.
///
/// Its blob is a list of numbers, each written as `PackedNumbers` says; of each limit, in order of
/// time:
///
///     ┌──────┬───────┬────────┬─────────┬──────────┬─────────┬────────┬───────────┬─────────┐
///     │ time │ flags │ vendor │ gateway │ consumer │ (route) │ (code) │ (details) │ (delay) │
///     └──────┴───────┴────────┴─────────┴──────────┴─────────┴────────┴───────────┴─────────┘
///
///     time     milliseconds since the limit before; of the first since the run's `first_ms`
///     flags    1: status 429, with a route; 2: plan limit, with code and details;
///              4: with a delay, the retry_after in milliseconds
///
/// Texts are the numbers of their rows in the store; 0 stands for none.
struct PackedLimits {
  private var numbers: PackedNumbers
  /// The times of the first and the last; nil where there is none.
  private(set) var times: ClosedRange<Int64>?

  var bytes: [UInt8] { numbers.bytes }

  private enum Flags {
    static let rejection: Int64 = 1
    static let planLimit: Int64 = 2
    static let retryAfter: Int64 = 4
  }

  /// Limits of the same time stay in the order they have.
  init(_ limits: [Limit]) {
    let limits = limits.inTimeOrder()
    numbers = PackedNumbers(capacity: limits.count * 12)
    guard let first = limits.first, let last = limits.last else { return }
    times = first.time...last.time
    var time = first.time
    for limit in limits {
      let retryAfter = limit.isRejection ? limit.retryAfter : nil
      numbers.append(limit.time &- time)
      time = limit.time
      numbers.append(
        (limit.isRejection ? Flags.rejection : 0) | (limit.isPlanLimit ? Flags.planLimit : 0)
          | (retryAfter != nil ? Flags.retryAfter : 0))
      numbers.append(limit.vendor)
      numbers.append(limit.gateway)
      numbers.append(limit.consumer)
      if limit.isRejection { numbers.append(limit.route) }
      if limit.isPlanLimit {
        numbers.append(limit.code)
        numbers.append(limit.details)
      }
      if let retryAfter { numbers.append(retryAfter) }
    }
  }

  /// Hands over the limits of a blob before a time, in order. Returns false where the blob is damaged; what
  /// comes before the damage is handed over all the same.
  @inline(__always)
  static func read(
    _ bytes: UnsafeRawBufferPointer, from first: Int64, until end: Int64 = .max,
    _ body: (Limit) throws -> Void
  ) rethrows -> Bool {
    var numbers = PackedNumbers.Reader(bytes)
    let times = Domain.time.range
    // One for all: of a million, making each anew takes as long as reading it.
    var limit = Limit(
      time: first, vendor: 0, gateway: 0, consumer: 0, isRejection: false, isPlanLimit: false)
    while !numbers.isAtEnd {
      limit.time &+= numbers.next()
      guard times.contains(limit.time) else { return false }
      if limit.time >= end { return true }
      let flags = numbers.next()
      limit.vendor = numbers.next()
      limit.gateway = numbers.next()
      limit.consumer = numbers.next()
      limit.isRejection = flags & Flags.rejection != 0
      limit.isPlanLimit = flags & Flags.planLimit != 0
      limit.route = limit.isRejection ? numbers.next() : 0
      limit.code = limit.isPlanLimit ? numbers.next() : 0
      limit.details = limit.isPlanLimit ? numbers.next() : 0
      limit.retryAfter = flags & Flags.retryAfter != 0 ? numbers.next() : nil
      if numbers.isDamaged { return false }
      try body(limit)
    }
    return true
  }
}

extension [Limit] {
  /// Oldest first; those of one time keep their order.
  func inTimeOrder() -> [Limit] {
    if zip(self, dropFirst()).allSatisfy({ $0.time <= $1.time }) { return self }
    return enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element)
  }
}
