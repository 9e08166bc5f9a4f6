internal import Batches
internal import Files
internal import SQLite
internal import Times

/// The smallest hashes of a set of ids, by which it is estimated how many ids two sets have in
/// common: a "bottom-k sketch" (<https://doi.org/10.1145/1281192.1281295>).
///
///     hashes   ┌──────────┬──────────┬───┐   up to 128, the smallest first,
///              │ 8 bytes  │ 8 bytes  │ … │   big-endian
///              └──────────┴──────────┴───┘
struct IdentifierSketch: Equatable {
  /// How many hashes are kept: with so many, an estimated share is off by some hundredths.
  static let most = 128

  /// In order, each once.
  private(set) var hashes: [UInt64] = []

  var isFull: Bool { hashes.count == IdentifierSketch.most }

  init() {}

  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count % 8 == 0, bytes.count <= IdentifierSketch.most * 8 else { return nil }
    hashes = stride(from: 0, to: bytes.count, by: 8).map {
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self))
    }
    guard zip(hashes, hashes.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
  }

  var packed: [UInt8] {
    hashes.flatMap { hash in withUnsafeBytes(of: hash.bigEndian) { Array($0) } }
  }

  /// Adds a hash, which must not be smaller than those before; a full sketch stays as it is.
  mutating func append(_ hash: UInt64) {
    if !isFull, hashes.last != hash { hashes.append(hash) }
  }

  mutating func formUnion(_ other: IdentifierSketch) {
    var union = IdentifierSketch()
    for hash in (hashes + other.hashes).sorted() { union.append(hash) }
    self = union
  }

  /// How many of its ids can be looked up in another sketch, and how many of these are in it.
  func shared(with other: IdentifierSketch) -> (known: Int, shared: Int) {
    // Above the last hash of a full sketch others may have been left out.
    let end = other.isFull ? other.hashes.last ?? 0 : .max
    let known = hashes.prefix { $0 <= end }
    let others = Set(other.hashes)
    return (known.count, known.count { others.contains($0) })
  }
}

/// Sketches of the ids of each gateway and UTC day.
///
/// Nothing is counted by them, they only serve an estimate: ids of single events that are pruned,
/// or read again, stay in them.
final class SketchTable: DerivedTable {
  static let tables = [
    StoredTable("id_sketch", ["time_ms": .start(Milliseconds.day), "gateway": .row(of: "gateway")])
  ]

  private struct Key: Hashable {
    /// Milliseconds since the epoch.
    var day: Int64
    var gateway: Int64
  }

  private let connection: Connection

  init(_ connection: Connection) throws {
    self.connection = connection
  }

  func add(_ placed: PlacedBatch) throws {
    let (rows, identifiers) = (placed.batch.rows, placed.batch.identifiers)
    var sketches: [Key: IdentifierSketch] = [:]
    // Neighbouring rows are mostly of one day and one gateway.
    var last: (day: Int64, gateway: Word)?
    for row in rows {
      guard let time = row.time else { continue }
      let day = time / Milliseconds.day
      if let last, last == (day, row.gateway) { continue }
      last = (day, row.gateway)
      sketches[
        Key(
          day: day * Milliseconds.day,
          gateway: placed.words.id(of: row.gateway, in: .gateway))] = IdentifierSketch()
    }
    var open = sketches.count
    // The smallest hashes come first.
    for place in 0..<identifiers.count where open > 0 {
      let identifier = identifiers[place]
      let row = rows[Int(identifier.row)]
      guard let time = row.time else { continue }
      let key = Key(
        day: time.rounded(downTo: Milliseconds.day),
        gateway: placed.words.id(of: row.gateway, in: .gateway))
      guard var sketch = sketches[key], !sketch.isFull else { continue }
      sketch.append(identifier.hash)
      if sketch.isFull { open -= 1 }
      sketches[key] = sketch
    }
    try add(sketches)
  }

  private func add(_ sketches: [Key: IdentifierSketch]) throws {
    let look = try connection.prepare(
      "SELECT hashes FROM id_sketch WHERE time_ms = ? AND gateway = ?")
    let replace = try connection.prepare("INSERT OR REPLACE INTO id_sketch VALUES(?, ?, ?)")
    for (key, added) in sketches where !added.hashes.isEmpty {
      var sketch = added
      look.bind(key.day, at: 1)
      look.bind(key.gateway, at: 2)
      if try look.step() {
        guard let stored = IdentifierSketch(look.blob(0)) else {
          throw look.impossible("the sketch of a day's ids is damaged")
        }
        sketch.formUnion(stored)
      }
      look.reset()
      replace.bind(key.day, at: 1)
      replace.bind(key.gateway, at: 2)
      sketch.packed.withUnsafeBytes { replace.bind(blob: $0, at: 3) }
      try replace.run()
    }
  }

  func remove(_ old: ReplacedBatches) throws {}

  /// Days that are gone as a whole.
  func removeTraces(before time: Int64, of share: PrunedShare) throws {
    guard share.isAll else { return }
    try connection.prepare("DELETE FROM id_sketch WHERE time_ms < ?").run(
      binding: [time.rounded(downTo: Milliseconds.day)])
  }

  func check(_ verification: inout Verification) throws {
    let damaged = try damagedDays().count
    if damaged > 0 { verification.problems.append("\(damaged) sketches of ids are damaged") }
  }

  /// What is damaged goes: it is made of ids to come.
  func repair(_ repair: inout Repair) throws {
    let damaged = try damagedDays()
    if damaged.isEmpty { return }
    let remove = try connection.prepare("DELETE FROM id_sketch WHERE time_ms = ? AND gateway = ?")
    for key in damaged { try remove.run(binding: [key.day, key.gateway]) }
    repair.done.append("\(damaged.count) sketches of ids were damaged, and are gone")
  }

  private func damagedDays() throws -> [Key] {
    let rows = try connection.prepare("SELECT time_ms, gateway, hashes FROM id_sketch")
    var keys: [Key] = []
    while try rows.step() {
      if IdentifierSketch(rows.blob(2)) != nil { continue }
      keys.append(Key(day: rows.integer(0), gateway: rows.integer(1)))
    }
    return keys
  }
}
