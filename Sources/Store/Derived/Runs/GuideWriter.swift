internal import Questions
internal import SQLite

/// What makes guides, as runs become many, in the transaction of the run that is the last one.
final class GuideWriter {
  private let connection: Connection
  /// So many runs have a guide in common.
  private let most: Int
  private let add: Statement
  private let addPage: Statement
  private let next: Statement
  /// All runs up to this one have a guide, as far as was seen.
  private var guided: Int64 = 0

  init(_ connection: Connection, most: Int = Guide.most) throws {
    self.connection = connection
    self.most = most
    add = try connection.prepare(Guide.add)
    addPage = try connection.prepare(Guide.addPage)
    next = try connection.prepare("\(Guide.columns) WHERE run > ? ORDER BY run LIMIT 1")
  }

  /// Makes the guide that is due first, if any is. A store of many runs that has none gets them one by
  /// one, as batches come.
  @discardableResult
  func grow() throws -> Bool {
    while true {
      next.bind(guided, at: 1)
      let later = try next.step() ? try Guide(next) : nil
      next.reset()
      let runs = try Run.all(
        where: "batch > ?1 AND batch < ?2", guided, later?.firstRun ?? .max, on: connection)
      if let later, runs.isEmpty {
        guided = later.lastRun
        continue
      }
      // What precedes another guide is not merged any more, nor is what precedes a full run.
      let closed = (runs.lastIndex { $0.events >= MergePlan.full } ?? -1) + 1
      let count = later == nil ? closed / most * most : runs.count
      guard count > 0 else { return false }
      try write(Array(runs.prefix(min(most, count))))
      return true
    }
  }

  /// Makes a guide of runs that follow one another.
  @discardableResult
  func write(_ runs: [Run]) throws -> Guide {
    let identifiers = try connection.integer(
      "SELECT SUM(identifiers) FROM batch WHERE id >= ? AND id <= ?", in: .total,
      runs.first?.batch ?? 0, runs.last?.lastBatch ?? 0)
    let guide = Guide(of: runs, identifiers: identifiers ?? 0)
    try add.run(binding: [
      guide.firstRun, guide.lastRun, Int64(guide.runs), Int64(guide.idBits), Int64(guide.markBits),
    ])
    try guide.forEachPage(of: runs, on: connection) { id, marks in
      var page = GuidePage()
      for marks in marks { page.append(marks) }
      addPage.bind(id, at: 1)
      page.bytes(for: id, of: guide).withUnsafeBytes { addPage.bind(blob: $0, at: 2) }
      try addPage.run()
    }
    return guide
  }
}
