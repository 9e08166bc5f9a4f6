internal import Batches
internal import Files
internal import SQLite

/// The batches of a run that have events, and which of the run's events each has.
struct RunParts {
  struct Part: Equatable {
    var batch: Int64
    /// Its events' places in the run.
    var places: Range<Int64>
    /// How many pairs of ids it has; nil where that is not known.
    var identifiers: Int64?
  }

  let parts: [Part]

  init(of run: Run, on connection: Connection) throws {
    let batches = try connection.prepare(
      """
      SELECT id, first_event - ?3, events, identifiers FROM batch
        WHERE id >= ?1 AND id <= ?2 AND events > 0 ORDER BY id
      """)
    batches.bind(run.batch, at: 1)
    batches.bind(run.lastBatch, at: 2)
    batches.bind(run.firstEvent, at: 3)
    var parts: [Part] = []
    while try batches.step() {
      let start = try batches.integer(1, .distance)
      parts.append(
        Part(
          batch: try batches.integer(0, .number),
          places: start..<start + (try batches.integer(2, .count)),
          identifiers: try batches.optional(3, .count)))
    }
    self.parts = parts
  }

  /// Which part a place belongs to; nil for none.
  func part(at place: Int64) -> Int? {
    var low = 0
    var high = parts.count
    while low < high {
      let middle = (low + high) / 2
      if parts[middle].places.upperBound <= place { low = middle + 1 } else { high = middle }
    }
    return low < parts.count && parts[low].places.contains(place) ? low : nil
  }

  /// How many pairs of ids each part has; nil where some belong to none.
  func counts(of identifiers: IdentifierList) -> [Int64]? {
    var counts = parts.map { _ in Int64(0) }
    for place in 0..<identifiers.count {
      guard let part = part(at: Int64(identifiers[place].row)) else { return nil }
      counts[part] += 1
    }
    return counts
  }
}
