package import Events
package import Profiles

/// Reads what is stored of logs again, as it would be read today, and replaces it.
package final class Reread {
  /// What came of it.
  package struct Summary: Sendable {
    /// Events that stand where one stood before.
    package var replaced: Int64 = 0
    package var gained: Int64 = 0
    package var lost: Int64 = 0
    /// What became of the lines that were read again.
    package var tally = Tally()
    /// Batches of lines that stay as they were: some of them was pruned.
    package var pruned: Int64 = 0
    /// Batches of lines that stay as they were: stored before it was kept what they had counted.
    package var older: Int64 = 0
    package var failures: [(path: String, error: InputError)] = []

    package init() {}
  }

  private let ledger: any ReplacingLedger
  private let options: Importer.Options
  private let reader: RecordReader
  private let batch = Batch()
  /// Returns false to stop.
  private let progress: (Summary) -> Bool
  /// Sources that were read again.
  private var done: Set<Int64> = []
  package private(set) var summary = Summary()

  package init(
    ledger: any ReplacingLedger, catalog: Catalog, options: Importer.Options,
    progress: @escaping (Summary) -> Bool
  ) {
    self.ledger = ledger
    self.options = options
    self.progress = progress
    reader = RecordReader(catalog: catalog, options: options.reading, ledger: ledger)
  }

  /// Reads inputs again as far as they are stored, and returns those of which more may be new.
  /// An error of the store ends everything; what was replaced before stays replaced.
  package func run(_ inputs: [Input]) throws -> [Input] {
    var rest: [Input] = []
    for input in inputs {
      do {
        if try run(input) { rest.append(input) }
      } catch let error as InputError {
        if error.isStop { return [] }
        summary.failures.append((input.path, error))
      } catch is LostRace {
        reader.forget()
        summary.failures.append(
          (
            input.path,
            InputError(
              "another errata changed what is stored of it at the same time",
              hint: "run the command again")
          ))
      } catch is Stopped {
        return []
      }
    }
    return rest
  }

  private struct Stopped: Error {}

  /// Whether an input may be imported as usual afterwards.
  private func run(_ input: Input) throws -> Bool {
    guard input.path != "-", input.size != nil else {
      throw InputError(
        "cannot be read again: it is no file", hint: "name the log's file, or leave --reread out")
    }
    guard let source = try source(of: input) else { return true }
    // A log and its copy are one.
    guard done.insert(source.id).inserted, !source.ranges.isEmpty else { return true }
    let obstacle = try Rereading(source: source, maxLine: options.maxLine).run(
      { range, lines in try self.read(range, &lines) }, accept: replace, refuse: reader.forget)
    if let obstacle { throw InputError(obstacle, source: input.path) }
    return true
  }

  /// The source that a file is, under the file's name; nil for one that is not stored. Throws where
  /// a stored one stood there and its bytes are others now.
  private func source(of input: Input) throws -> StoredSource? {
    let open = try input.open(stop: options.stop)
    var proof = PrefixProof(open.stream)
    let candidates = try proof.run(ledger)
    let here = try open.place.map { try ledger.lineages(at: $0.path) } ?? []
    let known =
      candidates.first { $0.isWhole }
      ?? candidates.first { candidate in
        here.contains { $0.source == candidate.lineage.source }
      }
    guard let known else {
      if here.isEmpty { return nil }
      throw InputError(.changed, source: input.path)
    }
    var source = try ledger.source(known.lineage.source)
    source?.path = input.path
    return source
  }

  private func read(_ range: StoredRange, _ lines: inout LineReader) throws {
    batch.clear()
    reader.begin(batch)
    batch.offset = range.offset
    batch.length = range.length
    while let line = try lines.next() { reader.read(line, into: batch) }
    batch.countErrors()
    batch.identifiers.sort()
  }

  private func replace(_ range: StoredRange) throws {
    switch try ledger.replace(range, with: batch) {
    case .done(let replaced, let gained, let lost):
      summary.replaced += replaced
      summary.gained += gained
      summary.lost += lost
      summary.tally += batch.tally
    case .pruned: summary.pruned += 1
    case .older: summary.older += 1
    }
    if !progress(summary) { throw Stopped() }
  }
}
