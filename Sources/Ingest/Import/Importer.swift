package import Batches
package import Profiles

/// Brings inputs into a ledger: only what is new of them, each batch whole or not at all.
///
/// Every input goes the same way. It is opened and recognised by its content, whatever its name is
/// now (`identify`); what the ledger has of it is counted as known (`countKnown`); and what is new
/// of it is read and stored (`storeNewLines`).
package final class Importer {
  let ledger: any Ledger
  let catalog: Catalog
  let options: Options
  /// Those made so far: the first is this thread's own, the others belong to threads that help it.
  var workers: [Worker] = []
  /// Called now and then; returns false to stop.
  let progress: (Summary) -> Bool
  /// Told what is worth a line at once.
  package var onNotice: (Notice) -> Void = { _ in }
  package internal(set) var summary = Summary()
  /// Bytes of the inputs that are done.
  private(set) var doneBytes: Int64 = 0
  /// Closes files that need not be open; false where there are none.
  var makeRoom: () -> Bool = { false }
  /// Whether it was said that hosts came for which the store has no room.
  var toldOfOtherHosts = false
  /// What is still to be imported.
  var queue: ArraySlice<Input> = []
  /// Sources that are no longer where they were, and not found elsewhere yet.
  var displaced: [Lineage] = []

  package init(
    ledger: any Ledger, catalog: Catalog, options: Options,
    progress: @escaping (Summary) -> Bool
  ) {
    self.ledger = ledger
    self.options = options
    self.progress = progress
    self.catalog = catalog
  }

  /// Imports inputs one after the other. Damaged or unreadable ones are noted in the summary;
  /// an error of the store ends everything.
  package func run(_ inputs: [Input]) throws {
    queue = inputs[...]
    while !queue.isEmpty {
      try take(queue.removeFirst())
      if !progress(summary) { return }
    }
    try settleDisplaced()
  }

  /// Imports one input. What fails is noted in the summary; nil where nothing could be read. Of an
  /// input that was not asked for, only what is new is counted.
  @discardableResult
  func take(_ input: Input, isAsked: Bool = true) throws -> IdentifiedLog? {
    do {
      return try storeNewLines(of: input, isAsked: isAsked)
    } catch let error as InputError {
      if !error.isStop { fail(input, error) }
    } catch is LostRace {
      fail(
        input,
        InputError(
          "another import stored the same log at the same time",
          hint: "import it again: what is stored already is not stored twice"))
    }
    return nil
  }

  private func fail(_ input: Input, _ error: InputError) {
    summary.failures.append((input.path, error))
    onNotice(.failure(path: input.path, error))
  }

  /// Another importer may store the same log meanwhile, and a writer may write it anew: then it is
  /// opened and recognised once more.
  private func storeNewLines(of input: Input, isAsked: Bool) throws -> IdentifiedLog {
    let before = summary
    for attempt in 1... {
      let log = try identify(input)
      if isAsked { try countKnown(of: log, since: before) }
      do {
        defer { doneBytes += log.consumed }
        try storeNewLines(of: log, isAsked: isAsked)
        return log
      } catch let error where error is LostRace || error is Rewritten {
        guard attempt < Importer.mostAttempts, log.isRepeatable else { throw LostRace() }
      }
    }
    throw LostRace()
  }

  private static let mostAttempts = 1000

  /// Counts what the ledger had of an input before this import: all that is known of it now,
  /// without what this import has stored of it.
  private func countKnown(of log: IdentifiedLog, since before: Summary) throws {
    guard let known = try knownTally(of: log) else { return }
    summary.known = before.known + known.records - (summary.tally.records - before.tally.records)
    summary.knownLines =
      before.knownLines + known.lines - (summary.tally.lines - before.tally.lines)
    summary.heldBack = before.heldBack + (log.hasTail ? 1 : 0)
  }
}
