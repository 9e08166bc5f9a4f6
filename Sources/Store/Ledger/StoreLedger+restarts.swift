package import Batches
internal import Files
internal import SQLite
internal import Times

// From where gzip files can be unpacked, for whoever reads a line again.
extension StoreLedger {
  package func keep(_ restarts: [RestartPoint], of source: Int64) throws {
    let news = try questions.news(restarts, of: source)
    if !news.isEmpty { try write { try addRestarts(Array(news), to: source) } }
  }

  func addRestarts(_ restarts: [RestartPoint], to source: Int64) throws {
    let news = try connection.news(restarts, of: source)
    guard let file = news.first?.file else { return }
    try connection.prepare("DELETE FROM restart WHERE source = ? AND file <> ?").run(binding: [
      source, Int64(bitPattern: file),
    ])
    let insert = try connection.prepare(
      """
      INSERT OR IGNORE INTO restart(source, "offset", file, packed, bits, proof, window)
        VALUES(?, ?, ?, ?, ?, ?, ?)
      """)
    for point in news {
      insert.bind(source, at: 1)
      insert.bind(point.offset, at: 2)
      insert.bind(Int64(bitPattern: point.file), at: 3)
      insert.bind(point.packed, at: 4)
      insert.bind(Int64(point.bits), at: 5)
      insert.bind(Int64(bitPattern: point.proof), at: 6)
      point.window.withUnsafeBytes { insert.bind(blob: $0, at: 7) }
      try insert.run()
    }
  }
}

extension Connection {
  /// Those of one file's points that are not in the store: none where a file that goes on further
  /// has some, nor where some stand there or near.
  fileprivate func news(
    _ restarts: [RestartPoint], of source: Int64
  ) throws -> ArraySlice<RestartPoint> {
    guard let file = restarts.last?.file, let end = restarts.last?.offset else { return [] }
    let last = try prepare(
      "SELECT \"offset\", file FROM restart WHERE source = ? ORDER BY \"offset\" DESC LIMIT 1")
    last.bind(source, at: 1)
    guard try last.step() else { return restarts[...] }
    let known = try last.integer(0, .bytes)
    guard last.integer(1) == Int64(bitPattern: file) else {
      return known > end ? [] : restarts[...]
    }
    return restarts.drop { $0.offset <= known.addingClamped(RestartPoint.distance(at: known) / 4) }
  }

  /// The last point of a file that is not behind an offset.
  ///
  /// - Parameter source: the source whose file it is; nil for any.
  func restart(in source: Int64?, file: UInt64, upTo offset: Int64) throws -> RestartPoint? {
    let point = try prepare(
      """
      SELECT "offset", packed, bits, proof, window FROM restart
        WHERE \(source == nil ? "" : "source = ?3 AND") "offset" <= ?1 AND file = ?2
        ORDER BY "offset" DESC LIMIT 1
      """)
    point.bind(offset, at: 1)
    point.bind(Int64(bitPattern: file), at: 2)
    if let source { point.bind(source, at: 3) }
    guard try point.step() else { return nil }
    return RestartPoint(
      file: file, offset: try point.integer(0, .bytes), packed: try point.integer(1, .bytes),
      bits: Int(try point.integer(2, .bits)), proof: UInt64(bitPattern: point.integer(3)),
      window: Array(point.blob(4)))
  }
}
