package import Batches
internal import Files
package import Profiles

/// Reads what is stored of logs again, with the profiles of today, and replaces it.
package final class Rereader {
  /// What came of it.
  package struct Summary: Sendable {
    /// Events that take the place of one that stood on the same line before.
    package var replaced: Int64 = 0
    package var gained: Int64 = 0
    package var lost: Int64 = 0
    /// What became of the lines that were read again.
    package var tally = Tally()
    /// Batches of lines that stay as they were: some of them was pruned.
    package var pruned: Int64 = 0
    package var failures: [(path: String, error: InputError)] = []
    /// Logs that stand under another name by now.
    package var moved: [(from: String, to: String)] = []

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
      let goesOn = try noting(input.path) { if try run(input) { rest.append(input) } }
      if !goesOn { return [] }
    }
    return rest
  }

  /// Reads again the logs that stood at paths where nothing stands now; returns where they are,
  /// and the paths of which nothing is stored.
  package func run(missing paths: [String]) throws -> (found: [Input], strange: [String]) {
    var found: [Input] = []
    var strange: [String] = []
    for path in paths {
      let known = try FilePath.absolute(path).map { try ledger.lineages(at: $0) } ?? []
      if known.isEmpty { strange.append(path) }
      let before = summary.moved.count
      let goesOn = try noting(path) { try rereadMoved(known, from: path) }
      if !goesOn { return ([], strange) }
      found += summary.moved[before...].map { Input(path: $0.to, size: Place(at: $0.to)?.size) }
    }
    return (found, strange)
  }

  /// Does `work` on an input, and keeps in mind what goes wrong with that alone. False where
  /// someone wants it to stop.
  private func noting(_ path: String, _ work: () throws -> Void) throws -> Bool {
    do {
      try work()
    } catch let error as InputError {
      if error.isStop { return false }
      summary.failures.append((path, error))
    } catch is LostRace {
      reader.forget()
      summary.failures.append(
        (
          path,
          InputError(
            "another errata changed what is stored of it at the same time",
            hint: "run the command again")
        ))
    } catch is Stopped {
      return false
    }
    return true
  }

  private struct Stopped: Error {}

  /// Whether an input may be imported as usual afterwards.
  private func run(_ input: Input) throws -> Bool {
    guard input.path != "-", input.size != nil else {
      throw InputError("cannot be read again: it is no file", hint: .nameFileToReread)
    }
    let open = try input.open(stop: options.stop)
    var proof = PrefixProof(open.stream)
    let candidates = try proof.run(ledger)
    let here = try open.place.map { try ledger.lineages(at: $0.path) } ?? []
    let known =
      candidates.first { $0.isWhole }
      ?? candidates.first { candidate in
        here.contains { $0.source == candidate.lineage.source }
      }
    if let known {
      if let obstacle = try reread(known.lineage, at: input.path) {
        throw InputError(obstacle, source: input.path)
      }
    } else {
      try rereadMoved(here, from: input.path)
    }
    return true
  }

  /// Reads logs again that stood at a path where another one stands now, or none: from the files
  /// beside it. What stands there now is imported all the same.
  private func rereadMoved(_ lineages: [Lineage], from path: String) throws {
    for lineage in lineages {
      if let obstacle = try reread(lineage, at: path) {
        summary.failures.append((path, InputError(obstacle, source: path)))
      }
    }
  }

  /// Reads a source again, which is at a path or beside it.
  private func reread(_ lineage: Lineage, at path: String) throws -> StoredSourceReader.Obstacle? {
    // A log and its copy are one.
    guard var source = try ledger.source(lineage.source), done.insert(source.id).inserted,
      !source.ranges.isEmpty
    else { return nil }
    source.path = path
    return try StoredSourceReader(source: source, ledger: ledger, maxLine: options.maxLine).run(
      { range, lines in try self.read(range, &lines) }, accept: replace, refuse: reader.forget,
      onFound: { [self] in summary.moved.append((path, $0)) })
  }

  private func read(_ range: StoredRange, _ lines: inout LineReader) throws {
    batch.clear()
    reader.begin(batch)
    batch.offset = range.offset
    batch.length = range.length
    while let line = try lines.next() {
      reader.use(lines.columns)
      reader.read(line, into: batch)
    }
    batch.headers = lines.takeHeaders()
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
    }
    if !progress(summary) { throw Stopped() }
  }
}
