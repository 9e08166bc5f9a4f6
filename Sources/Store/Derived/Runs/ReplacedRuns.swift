internal import Batches
internal import Files
internal import SQLite

/// The runs of batches that are replaced by what is read of their lines now.
struct ReplacedRuns {
  /// Each with the places of those batches' events in it.
  private var runs: [(run: Run, places: [Range<Int64>])] = []

  init(of old: ReplacedBatches, on connection: Connection) throws {
    for part in old.parts where !part.numbers.isEmpty {
      guard let run = try Run.of(batch: part.batch, on: connection) else { continue }
      let places =
        part.numbers.lowerBound - run.firstEvent..<part.numbers.upperBound - run.firstEvent
      if let known = runs.firstIndex(where: { $0.run == run }) {
        runs[known].places.append(places)
      } else {
        runs.append((run, [places]))
      }
    }
  }

  /// Writes their ids and limits anew, once the ledger and the events are as they are to be.
  func write(
    _ batch: Batch, _ plan: ReplacementPlan, with writer: RunWriter, on connection: Connection
  ) throws {
    for (run, places) in runs {
      guard let run = try shortened(run, with: writer, on: connection) else { continue }
      var identifiers = try IdentifierPages.list(of: run.batch, on: connection) { identifier in
        !places.contains { $0.contains(Int64(identifier.row)) }
      }
      for identifier in plan.identifiers(in: batch, of: run.eventNumbers) {
        identifiers.append(identifier)
      }
      identifiers.sort()
      try writer.replaceIdentifiers(of: run, with: identifiers)
      try writer.replaceLimits(
        of: run, with: PackedLimits(try run.limitsOfEvents(on: connection)))
    }
  }

  /// A run as its batches are now; one that has no events any more goes.
  private func shortened(
    _ run: Run, with writer: RunWriter, on connection: Connection
  ) throws -> Run? {
    let left = try connection.integer(
      "SELECT COUNT(*) FROM batch WHERE id >= ?1 AND id <= ?2 AND events > 0", run.batch,
      run.lastBatch)
    if left == 0 {
      try writer.remove([run])
      return nil
    }
    var run = run
    let end =
      try connection.integer(
        "SELECT first_event + events FROM batch WHERE id = ?", in: .number, run.lastBatch)
      ?? run.eventNumbers.upperBound
    run.events = end - run.firstEvent
    try connection.prepare("UPDATE run SET events = ? WHERE batch = ?").run(binding: [
      run.events, run.batch,
    ])
    return run
  }
}
