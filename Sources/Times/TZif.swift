internal import Files

/// The changes of one zone's clocks, as zic(8) compiled them: a TZif file, RFC 8536.
struct TZif: Sendable {
  /// When clocks changed, in seconds since the epoch, ascending.
  private let changes: [Int64]
  /// Seconds east of UTC: before the first change, then after each.
  private let offsets: [Int]
  /// What holds after the last change.
  private let rule: DaylightRule?

  /// Nil for what is no TZif file, is damaged, or counts leap seconds (`right/…`).
  init?(_ file: Bytes) {
    guard var header = Header(file) else { return nil }
    if header.version >= 2 {
      // The first block is for readers with 32 bits; the real one follows it.
      let start = header.end(timeSize: 4)
      guard start < file.count, let second = Header(file.part(start..<file.count)) else {
        return nil
      }
      header = second
    }
    let timeSize = header.version >= 2 ? 8 : 4
    let bytes = header.bytes
    let end = header.end(timeSize: timeSize)
    guard header.leaps == 0, header.types > 0, end <= bytes.count else { return nil }

    let indexes = Header.size + header.times * timeSize
    let types = indexes + header.times
    let utoffs = (0..<header.types).map { Int(bytes.bigEndian(at: types + $0 * 6, size: 4)) }
    var changes: [Int64] = []
    var offsets = [utoffs[0]]
    for index in 0..<header.times {
      let type = Int(bytes[indexes + index])
      let time = bytes.bigEndian(at: Header.size + index * timeSize, size: timeSize)
      guard type < utoffs.count, changes.last.map({ $0 < time }) ?? true else { return nil }
      changes.append(time)
      offsets.append(utoffs[type])
    }
    guard offsets.allSatisfy({ -93_600...93_600 ~= $0 }) else { return nil }
    self.changes = changes
    self.offsets = offsets
    rule = header.version >= 2 ? DaylightRule(bytes.part(end..<bytes.count).trimmed) : nil
  }

  /// A zone that always had one rule.
  init(rule: DaylightRule) {
    changes = []
    offsets = [rule.standard]
    self.rule = rule
  }

  var isUTC: Bool {
    offsets == [0] && rule.map { $0.standard == 0 && !$0.hasDaylightTime } ?? true
  }

  /// Seconds east of UTC at `time`, in seconds since the epoch.
  func offset(at time: Int64) -> Int {
    if let rule, changes.last.map({ $0 <= time }) ?? true { return rule.offset(at: time) }
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return offsets[low]
  }
}

/// How much of everything one block of a TZif file holds.
private struct Header {
  static let size = 44
  /// From the header to the end of the file.
  let bytes: Bytes
  let version: Int
  private let isUTs: Int
  private let isStandards: Int
  let leaps: Int
  let times: Int
  let types: Int
  private let characters: Int

  init?(_ bytes: Bytes) {
    guard bytes.count >= Self.size, bytes.part(0..<4).isEqual(to: "TZif") else { return nil }
    self.bytes = bytes
    version = bytes[4] == 0 ? 1 : bytes[4].digit ?? 1
    let counts = (0..<6).map { Int(bytes.bigEndian(at: 20 + $0 * 4, size: 4)) }
    guard counts.allSatisfy({ 0...bytes.count ~= $0 }) else { return nil }
    (isUTs, isStandards, leaps) = (counts[0], counts[1], counts[2])
    (times, types, characters) = (counts[3], counts[4], counts[5])
  }

  /// Where the block ends: perhaps beyond the file, if that is damaged.
  func end(timeSize: Int) -> Int {
    Self.size + times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4)
      + isStandards + isUTs
  }
}

extension UnsafeBufferPointer where Element == UInt8 {
  /// The signed integer of 4 or 8 bytes at `index`.
  fileprivate func bigEndian(at index: Int, size: Int) -> Int64 {
    var value: UInt64 = 0
    for byte in self[index..<index + size] { value = value << 8 | UInt64(byte) }
    return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
  }
}
