internal import Batches
internal import Files
internal import SQLite

/// The index of cut-off ids: which events' main ids begin or end with eight characters, by the hash of
/// these.
///
/// As in `IdentifierPages` the entries of a run are sorted by their hashes and cut into pages. There
/// are as many pages as the run's events ask for, so an entry needs four bytes: with 7 bits of a hash
/// in a page's number, 17 are left, and 15 tell the event.
///
///     id        run's number << 20 | the first bits of the page's hashes
///     entries   ┌──────────────────────────────────────┬───
///               │ rest of the hash | place in the run  │ …       4 bytes, big-endian
///               └──────────────────────────────────────┴───
struct EdgePages {
  private let run: Int64
  /// Bits of a page's number.
  private let bits: Int

  /// Of a run with more events nothing is kept: no batch is so large.
  private static let mostEvents: Int64 = 1 << 22
  private static let mostBits = 20
  private static let ofRun = "id >= ?1 << \(mostBits) AND id < (?1 + 1) << \(mostBits)"

  static let add = "INSERT INTO id_edge VALUES(?, ?)"
  /// Of a row of `id_edge`: it belongs to no run.
  static let isStray = "id >> \(mostBits) NOT IN (SELECT batch FROM run)"

  /// Nil for a run that is too large.
  init?(_ run: Run) {
    guard (0..<EdgePages.mostEvents).contains(run.events) else { return nil }
    self.run = run.batch
    bits = Int64.bitWidth - (run.events / 128).leadingZeroBitCount
  }

  /// A run of so many pages has fewer than half as many events as this tells apart.
  private var placeBits: Int { 8 + bits }

  private func key(_ hash: UInt32) -> Int64 {
    run << Int64(EdgePages.mostBits) | Int64(hash >> UInt32(IDEdge.bits - bits))
  }

  private func entry(_ item: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: item >> 32) << UInt32(placeBits) | UInt32(truncatingIfNeeded: item)
  }

  /// Writes the edges of the run, which are sorted.
  func write(_ edges: EdgeList, with insert: Statement) throws {
    let items = edges.items
    try withUnsafeTemporaryAllocation(byteCount: items.count * 4, alignment: 4) { bytes in
      var start = 0
      while start < items.count {
        let key = key(UInt32(truncatingIfNeeded: items[start] >> 32))
        var end = start
        while end < items.count, self.key(UInt32(truncatingIfNeeded: items[end] >> 32)) == key {
          bytes.storeBytes(of: entry(items[end]).bigEndian, toByteOffset: end * 4, as: UInt32.self)
          end += 1
        }
        insert.bind(key, at: 1)
        insert.bind(blob: UnsafeRawBufferPointer(rebasing: bytes[start * 4..<end * 4]), at: 2)
        try insert.run()
        start = end
      }
    }
  }

  /// Appends the edges of the run as they are kept, each event's place moved.
  func read(on connection: Connection, shift: UInt32 = 0, into edges: inout EdgeList) throws {
    let pages = try connection.prepare(
      "SELECT id, entries FROM id_edge WHERE \(EdgePages.ofRun) ORDER BY id")
    pages.bind(run, at: 1)
    while try pages.step() {
      let page = UInt32(truncatingIfNeeded: pages.integer(0) & (1 << Int64(EdgePages.mostBits) - 1))
      for (rest, place) in entries(pages.blob(1)) {
        edges.append(page << UInt32(IDEdge.bits - bits) | rest, place: place &+ shift)
      }
    }
  }

  /// The places of events with an edge of this hash.
  func places(of hash: UInt32, with look: Statement) throws -> [UInt32] {
    look.bind(key(hash), at: 1)
    defer { look.reset() }
    guard try look.step() else { return [] }
    let rest = hash & (1 << UInt32(IDEdge.bits - bits) - 1)
    let bytes = look.blob(0)
    var places: [UInt32] = []
    for offset in stride(from: 0, to: bytes.count - 3, by: 4) {
      let entry = entry(bytes, at: offset)
      if entry.rest == rest { places.append(entry.place) }
    }
    return places
  }

  static let look = "SELECT entries FROM id_edge WHERE id = ?"

  private func entries(_ bytes: UnsafeRawBufferPointer) -> [(rest: UInt32, place: UInt32)] {
    stride(from: 0, to: bytes.count - 3, by: 4).map { entry(bytes, at: $0) }
  }

  @inline(__always)
  private func entry(
    _ bytes: UnsafeRawBufferPointer, at offset: Int
  ) -> (rest: UInt32, place: UInt32) {
    let entry = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    return (entry >> UInt32(placeBits), entry & (1 << UInt32(placeBits) - 1))
  }

  static func remove(of run: Int64, on connection: Connection) throws {
    try connection.prepare("DELETE FROM id_edge WHERE \(ofRun)").run(binding: [run])
  }

  /// Whether what is kept of a run is what its events tell.
  static func areKept(of run: Run, on connection: Connection) throws -> Bool {
    var kept = EdgeList()
    let pages = EdgePages(run)
    try pages?.read(on: connection, into: &kept)
    return try kept == (pages == nil ? EdgeList() : EdgeList(of: run, on: connection))
  }
}
