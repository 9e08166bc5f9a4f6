internal import Batches
internal import Events
internal import Files

/// Which event of a batch that was read again has which number.
///
/// A number means one event for ever: what stands where an event stood keeps its number and its row
/// in the ledger, and what is new has a new one. But a row's events have all the numbers from its
/// first on: where one of the old events is none any more, all of the range's have new numbers.
struct ReplacementPlan {
  /// The number and batch of each row that keeps its own; nil for others.
  private let kept: [(number: Int64, batch: Int64)?]
  /// The rows that have new numbers, in their order.
  let fresh: [Int]
  /// Whether all have.
  let isMoved: Bool
  let outcome: Replacement

  init(of old: ReplacedBatches, with batch: Batch) {
    let found = batch.rows.map { row in
      old.events[ReplacedBatches.Place(offset: row.offset, part: Int64(row.part))]
    }
    let replaced = Int64(found.count { $0 != nil })
    let lost = Int64(old.events.count) - replaced
    isMoved = lost > 0
    kept = lost > 0 ? found.map { _ in nil } : found
    fresh = kept.indices.filter { [kept] in kept[$0] == nil }
    outcome = .done(
      replaced: replaced, gained: Int64(batch.rows.count) - replaced, lost: lost)
  }

  /// The number and the batch of every row. `new` is the first of those for new ones.
  func numbers(of new: (batch: Int64, number: Int64)?) -> [(number: Int64, batch: Int64)] {
    var next = new?.number ?? 0
    return kept.map { place in
      if let place { return place }
      defer { next += 1 }
      return (next, new?.batch ?? 0)
    }
  }

  /// How many lines are those of each batch: a line with several events is the earliest one's.
  func lines(of batch: Batch, new: Int64?) -> [Int64: Int64] {
    var owners: [Int64: Int64] = [:]
    for (row, place) in zip(batch.rows, kept) {
      guard let owner = place?.batch ?? new else { continue }
      owners[row.offset] = min(owners[row.offset] ?? owner, owner)
    }
    var lines: [Int64: Int64] = [:]
    for owner in owners.values { lines[owner, default: 0] += 1 }
    return lines
  }

  /// The ids of the rows that keep numbers of a range, each by its place in the range.
  func identifiers(in batch: Batch, of numbers: Range<Int64>) -> [Identifier] {
    (0..<batch.identifiers.count).compactMap { place in
      let identifier = batch.identifiers[place]
      guard let number = kept[Int(identifier.row)]?.number, numbers.contains(number) else {
        return nil
      }
      return Identifier(
        hash: identifier.hash, row: UInt32(truncatingIfNeeded: number - numbers.lowerBound))
    }
  }

  /// The sorted ids of the rows with new numbers, each by its place among them.
  func identifiersOfFresh(in batch: Batch) -> IdentifierList {
    var places = [UInt32?](repeating: nil, count: batch.rows.count)
    for (place, row) in fresh.enumerated() { places[row] = UInt32(truncatingIfNeeded: place) }
    var identifiers = IdentifierList()
    for place in 0..<batch.identifiers.count {
      let identifier = batch.identifiers[place]
      guard let row = places[Int(identifier.row)] else { continue }
      identifiers.append(Identifier(hash: identifier.hash, row: row))
    }
    identifiers.sort()
    return identifiers
  }
}
