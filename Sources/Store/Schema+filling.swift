internal import Batches
internal import SQLite
internal import Times

extension Schema {
  /// Fills what format 3 keeps beside the rest.
  static func fillThird(_ connection: Connection) throws {
    try Run.makeFromBatches(connection)
    try ServerErrorHours(ofMinutes: .always, on: connection).write(on: connection)
  }
}

extension TimeRange {
  /// All times that can be told.
  static let always = TimeRange(since: .min, until: .max)
}

extension Run {
  /// Completes the runs of a store of format 2, in which each batch is one.
  fileprivate static func makeFromBatches(_ connection: Connection) throws {
    let writer = try RunWriter(connection)
    let pages = try connection.prepare(
      "SELECT pairs FROM identifier_2 WHERE batch = ? ORDER BY first, page")
    var small: [Run] = []
    for run in try all(on: connection) {
      var identifiers = IdentifierList()
      pages.bind(run.batch, at: 1)
      while try pages.step() {
        IdentifierPages.forEach(in: pages.blob(0)) { identifiers.append($0) }
      }
      pages.reset()
      try writer.replace(
        run, identifiers: identifiers,
        limits: PackedLimits(try run.limitsOfEvents(on: connection)))
      // Small ones are merged as far as they would have been.
      if run.events < MergePlan.full { small.append(run) }
      if run.events >= MergePlan.full || small.reduce(0, { $0 + $1.events }) >= MergePlan.full {
        try writer.merge(small)
        small = []
      }
    }
    try writer.merge(small)
    try connection.execute("DROP TABLE identifier_2")
  }
}
