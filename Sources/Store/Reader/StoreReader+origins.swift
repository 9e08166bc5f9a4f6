package import Batches
package import Events
internal import Files
internal import SQLite
internal import Times

// What is known of the logs, for whoever reads a line again.
extension StoreReader: LineOrigins {
  package var redactionKey: UInt64? { try? Setting.knownRedactionKey(connection) }

  package func origin(of event: Event) throws -> LineOrigin? {
    try reading {
      let place = try connection.prepare(
        """
        SELECT b.source, e."offset", b."offset", s.head_length, s.head_digest, s.place
          FROM event e JOIN batch b ON b.id = e.batch JOIN source s ON s.id = b.source
          WHERE e.id = ?
        """)
      place.bind(event.id, at: 1)
      guard try place.step(), let head = Digest(place.blob(4)) else { return nil }
      let source = try place.integer(0, .number)
      let batch = try place.integer(2, .bytes)
      let line = try connection.ancestry(of: source)
      return LineOrigin(
        source: source, head: ContentMark(offset: try place.integer(3, .bytes), digest: head),
        path: place.text(5),
        header: try connection.header(along: line, before: try place.integer(1, .bytes)),
        batch: batch, linesBefore: try connection.lines(along: line, before: batch))
    }
  }

  package func restart(
    in source: Int64, file: UInt64, upTo offset: Int64
  ) throws -> RestartPoint? {
    try reading { try connection.restart(in: source, file: file, upTo: offset) }
  }

  /// The same of a file whose source is not known.
  package func restart(file: UInt64, upTo offset: Int64) throws -> RestartPoint? {
    try reading { try connection.restart(in: nil, file: file, upTo: offset) }
  }
}

extension Connection {
  /// How many lines of a source precede one of its batches.
  fileprivate func lines(
    along line: [(source: Int64, limit: Int64)], before offset: Int64
  ) throws -> Int64 {
    try line.reduce(0) { total, part in
      let lines = try prepare(
        "SELECT SUM(lines) FROM batch WHERE source = ? AND \"offset\" < ?")
      lines.bind(part.source, at: 1)
      lines.bind(min(part.limit, offset), at: 2)
      return try lines.step() ? total.addingClamped(try lines.integer(0, .total)) : total
    }
  }
}
