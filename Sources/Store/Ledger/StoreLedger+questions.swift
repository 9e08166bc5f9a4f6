package import Batches
internal import Files
internal import SQLite

// What an importer asks before it stores anything.
extension StoreLedger {
  package func headLengths() throws -> [Int64] {
    newestSource = try questions.integer("SELECT MAX(id) FROM source", in: .number) ?? 0
    let statement = try questions.prepare(
      "SELECT DISTINCT head_length FROM source ORDER BY head_length DESC")
    var lengths: [Int64] = []
    while try statement.step() { lengths.append(try statement.integer(0, .bytes)) }
    // An index that is damaged has no order.
    return lengths.sorted(by: >)
  }

  package func lineages(head: ContentMark) throws -> [Lineage] {
    try lineages("head_length = \(head.offset) AND head_digest = ?") { statement in
      head.digest.withBytes { statement.bind(blob: $0, at: 1) }
    }
  }

  package func lineages(firstLine: Digest) throws -> [Lineage] {
    try lineages("first_line = ?") { statement in
      firstLine.withBytes { statement.bind(blob: $0, at: 1) }
    }
  }

  package func lineages(at path: String) throws -> [Lineage] {
    try lineages("place = ?") { $0.bind(stored(path), at: 1) }
  }

  private func lineages(_ condition: String, _ bind: (Statement) -> Void) throws -> [Lineage] {
    let statement = try questions.prepare(
      "SELECT id, consumed, place, device, inode, size FROM source WHERE \(condition) ORDER BY id")
    bind(statement)
    var lineages: [Lineage] = []
    while try statement.step() {
      let place = try statement.text(2).map { path in
        Place(
          path: path, device: statement.integer(3), inode: statement.integer(4),
          size: try statement.optional(5, .bytes))
      }
      let source = try statement.integer(0, .number)
      lineages.append(
        Lineage(
          source: source, consumed: try statement.integer(1, .bytes), marks: try marks(of: source),
          place: place))
    }
    return lineages
  }

  package func lines(of source: Int64, after mark: Int64) throws -> [UInt32] {
    for (source, limit) in try ancestry(of: source) {
      let statement = try questions.prepare(
        """
        SELECT lines FROM mark WHERE source = ? AND "offset" > ? AND "offset" <= ?
          ORDER BY "offset" LIMIT 1
        """)
      statement.bind(source, at: 1)
      statement.bind(mark, at: 2)
      statement.bind(limit, at: 3)
      if try statement.step() { return ContentMark.lines(statement.blob(0)) }
    }
    return []
  }

  private func marks(of source: Int64) throws -> [ContentMark] {
    var marks: [ContentMark] = []
    for (source, limit) in try ancestry(of: source) {
      let statement = try questions.prepare(
        "SELECT \"offset\", digest FROM mark WHERE source = ? AND \"offset\" <= ? ORDER BY \"offset\""
      )
      statement.bind(source, at: 1)
      statement.bind(limit, at: 2)
      while try statement.step() {
        guard let digest = Digest(statement.blob(1)) else { continue }
        let offset = try statement.integer(0, .bytes)
        if let last = marks.last, last.offset >= offset {
          throw statement.impossible("the proofs of source \(source) are not in order")
        }
        marks.append(ContentMark(offset: offset, digest: digest))
      }
    }
    return marks
  }

  func ancestry(of source: Int64) throws -> [(source: Int64, limit: Int64)] {
    try questions.ancestry(of: source)
  }

  package func tally(of source: Int64, upTo offset: Int64) throws -> Tally {
    var total = Tally()
    for (source, limit) in try ancestry(of: source) {
      let statement = try questions.prepare(
        """
        SELECT SUM(lines) AS lines, SUM(events) AS events, SUM(successes) AS successes,
          SUM(skipped) AS skipped, SUM(rejects) AS rejects, SUM(blank) AS blank
          FROM batch WHERE source = ? AND "offset" < ?
        """)
      statement.bind(source, at: 1)
      statement.bind(min(limit, offset), at: 2)
      guard try statement.step() else { continue }
      total.lines += try statement.integer(0, .total)
      total.events += try statement.integer(1, .total)
      total.successes += try statement.integer(2, .total)
      total.skipped += try statement.integer(3, .total)
      total.rejects += try statement.integer(4, .total)
      total.blank += try statement.integer(5, .total)
    }
    return total
  }
}

extension Connection {
  /// A source and those it branched from, the eldest first, with how much of each is its own.
  func ancestry(of source: Int64) throws -> [(source: Int64, limit: Int64)] {
    let statement = try prepare("SELECT parent, fork FROM source WHERE id = ?")
    var line: [(Int64, Int64)] = [(source, .max)]
    while let (current, limit) = line.last {
      statement.reset()
      statement.bind(current, at: 1)
      guard try statement.step(), let parent = try statement.optional(0, .number) else { break }
      // It was there before.
      guard parent < current else {
        throw statement.impossible("source \(current) branched from source \(parent)")
      }
      line.append((parent, min(limit, try statement.integer(1, .bytes))))
    }
    return line.reversed()
  }

  /// How often texts have been taken away from the store.
  var wordsVersion: Int64 {
    get throws { try integer("SELECT value FROM setting WHERE name = 'words'") ?? 0 }
  }
}
