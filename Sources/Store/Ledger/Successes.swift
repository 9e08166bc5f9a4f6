internal import Batches
internal import Files
internal import Questions
internal import SQLite
internal import Times

/// The successes of one batch as they stand in `minute`, `quarter` and `undated`.
///
/// Packed: how many minutes there are; of each the time in minutes since the one before, the vendor,
/// the gateway and the count; then of each sort of traffic 1 and the time in quarters of an hour, or 0
/// where it has none, the vendor, the gateway, the status and the count.
struct Successes {
  struct Minute {
    /// Since the epoch.
    var minute: Int64
    var vendor: Int64
    var gateway: Int64
    var count: Int64
  }

  /// Those that can be told, since the epoch.
  private static let minutes = 0...Domain.time.range.upperBound / Milliseconds.minute
  private static let quarters = 0...Domain.time.range.upperBound / Grain.quarter.length

  private(set) var minutes: [Minute] = []
  /// By the quarter of an hour, of whose minutes they are not told to be.
  private(set) var traffic: [Responses] = []

  init() {}

  init(of batch: Batch, words: StoredWords) {
    for (key, counts) in batch.minutes where counts.successes != 0 {
      minutes.append(
        Minute(
          minute: key.minute, vendor: words.id(of: key.vendor, in: .vendor),
          gateway: words.id(of: key.gateway, in: .gateway), count: counts.successes))
    }
    minutes.sort { ($0.minute, $0.vendor, $0.gateway) < ($1.minute, $1.vendor, $1.gateway) }
    for (key, count) in batch.traffic where key.kind == nil {
      traffic.append(
        Responses(
          time: key.quarter.map { $0 * Grain.quarter.length },
          vendor: words.id(of: key.vendor, in: .vendor),
          gateway: words.id(of: key.gateway, in: .gateway), status: Int64(key.status),
          count: count))
    }
  }

  var isEmpty: Bool { traffic.isEmpty }

  /// The earliest time among them, in milliseconds; nil where none has one.
  var start: Int64? { minutes.first.map { $0.minute * Milliseconds.minute } }

  var packed: [UInt8] {
    var numbers = PackedNumbers(capacity: minutes.count * 5 + traffic.count * 9)
    numbers.append(Int64(minutes.count))
    var last: Int64 = 0
    for minute in minutes {
      for number in [minute.minute &- last, minute.vendor, minute.gateway, minute.count] {
        numbers.append(number)
      }
      last = minute.minute
    }
    for sort in traffic {
      numbers.append(sort.time == nil ? 0 : 1)
      if let time = sort.time { numbers.append(time / Grain.quarter.length) }
      for number in [sort.vendor, sort.gateway, sort.status, sort.count] { numbers.append(number) }
    }
    return numbers.bytes
  }

  /// Nil where the bytes are not such as are written here.
  init?(_ bytes: UnsafeRawBufferPointer) {
    var numbers = PackedNumbers.Reader(bytes)
    var last: Int64 = 0
    let count = numbers.next()
    guard count <= bytes.count else { return nil }
    for _ in 0..<max(0, count) {
      last &+= numbers.next()
      guard Successes.minutes.contains(last) else { return nil }
      minutes.append(
        Minute(
          minute: last, vendor: numbers.next(.number), gateway: numbers.next(.number),
          count: numbers.next(.count)))
    }
    while !numbers.isAtEnd {
      let quarter = numbers.next() == 0 ? nil : numbers.next()
      if let quarter, !Successes.quarters.contains(quarter) { return nil }
      traffic.append(
        Responses(
          time: quarter.map { $0 * Grain.quarter.length }, vendor: numbers.next(.number),
          gateway: numbers.next(.number), status: numbers.next(.status),
          count: numbers.next(.count)))
    }
    if numbers.isDamaged { return nil }
  }

  /// Those of a batch, which has no row where there are none.
  init(ofBatch batch: Int64, on connection: Connection) throws {
    let counts = try connection.prepare("SELECT counts FROM success WHERE batch = ?")
    counts.bind(batch, at: 1)
    guard try counts.step() else { return }
    guard let successes = Successes(counts.blob(0)) else {
      throw counts.impossible("the successes of batch \(batch) are damaged")
    }
    self = successes
  }

  /// Writes them as those of a batch; nothing where there are none.
  func write(of batch: Int64, on connection: Connection) throws {
    if isEmpty { return }
    let insert = try connection.prepare("INSERT INTO success VALUES(?, ?)")
    insert.bind(batch, at: 1)
    packed.withUnsafeBytes { insert.bind(blob: $0, at: 2) }
    try insert.run()
  }
}
