/// What became of a batch whose lines were read again.
package enum Replacement: Sendable, Equatable {
  /// Its events are those that its lines are now: so many stand on a line on which one stood
  /// before, so many are new, so many are gone.
  case done(replaced: Int64, gained: Int64, lost: Int64)
  /// Some of it was pruned: it stays as it is.
  case pruned
}

/// A ledger whose batches can be replaced.
package protocol ReplacingLedger: RereadingLedger {
  /// A source with all the ranges that make it up, those shared with the sources it branched from
  /// included; nil when there is none of that number.
  func source(_ number: Int64) throws -> StoredSource?
  /// Writes what the lines of a range are now, in one transaction, in place of all that was stored
  /// of them. An event keeps its number where each of the range's events still is one; otherwise
  /// all of them have new ones.
  func replace(_ range: StoredRange, with batch: Batch) throws -> Replacement
}
