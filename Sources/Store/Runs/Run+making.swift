internal import Events
internal import SQLite

extension Run {
  /// Completes the runs of a store that had none: each is a batch, and knows no limits yet.
  static func makeFromBatches(_ connection: Connection) throws {
    let writer = try RunWriter(connection)
    var open: [Run] = []
    for run in try all(on: connection) {
      try writer.replaceLimits(
        of: run, with: PackedLimits(try run.limitsOfEvents(on: connection)))
    }
    // Small ones are merged as far as they would have been.
    for run in try all(on: connection) {
      if run.events < MergePlan.full { open.append(run) }
      if run.events >= MergePlan.full || open.reduce(0, { $0 + $1.events }) >= MergePlan.full {
        try writer.merge(open)
        open = []
      }
    }
    try writer.merge(open)
  }
}
