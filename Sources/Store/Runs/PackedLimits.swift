internal import SQLite

/// A run's limits as `limited` has them: a third of the room of an index on them, and read at a
/// hundredth of the cost of their events.
struct PackedLimits {
  private(set) var bytes: [UInt8] = []
  /// The times of the first and the last; nil where there is none.
  private(set) var times: ClosedRange<Int64>?

  private struct Flags {
    static let rejection: UInt64 = 1
    static let planLimit: UInt64 = 2
    static let retryAfter: UInt64 = 4
  }

  /// Those of one time stay in the order they have.
  init(_ limits: [Limit]) {
    let limits = limits.inTimeOrder()
    guard let first = limits.first, let last = limits.last else { return }
    times = first.time...last.time
    bytes.reserveCapacity(limits.count * 12)
    var time = first.time
    for limit in limits {
      append(UInt64(bitPattern: limit.time &- time))
      time = limit.time
      append(
        (limit.isRejection ? Flags.rejection : 0) | (limit.isPlanLimit ? Flags.planLimit : 0)
          | (limit.isRejection && limit.retryAfter != nil ? Flags.retryAfter : 0))
      append(limit.vendor)
      append(limit.consumer)
      if limit.isRejection { append(limit.route) }
      if limit.isPlanLimit {
        append(limit.code)
        append(limit.details)
      }
      if limit.isRejection, let retryAfter = limit.retryAfter { append(retryAfter) }
    }
  }

  private mutating func append(_ value: Int64) { append(UInt64(bitPattern: value)) }

  private mutating func append(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Hands over packed limits, in their order. Returns whether the bytes are such as are written
  /// here, to their end: what comes before damage is handed over all the same.
  static func read(
    _ bytes: UnsafeRawBufferPointer, from first: Int64, _ body: (Limit) throws -> Void
  ) rethrows -> Bool {
    var numbers = Numbers(bytes)
    var time = first
    while !numbers.isAtEnd {
      time &+= numbers.next()
      let flags = UInt64(bitPattern: numbers.next())
      var limit = Limit(
        time: time, vendor: numbers.next(), consumer: numbers.next(),
        isRejection: flags & Flags.rejection != 0, isPlanLimit: flags & Flags.planLimit != 0)
      if limit.isRejection { limit.route = numbers.next() }
      if limit.isPlanLimit {
        limit.code = numbers.next()
        limit.details = numbers.next()
      }
      if flags & Flags.retryAfter != 0 { limit.retryAfter = numbers.next() }
      if numbers.isCutShort { return false }
      try body(limit)
    }
    return true
  }
}

/// Numbers of 7 bits a byte, one after the other.
private struct Numbers {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0
  private(set) var isCutShort = false

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { position >= bytes.count }

  /// 0 where there is none.
  @inline(__always)
  mutating func next() -> Int64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int64(bitPattern: value) }
      shift += 7
    }
    isCutShort = true
    return 0
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
