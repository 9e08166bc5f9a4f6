package import Batches
package import Profiles

/// Reads rejected lines again, and stores those that can be read now as what they are.
package final class RejectRetry {
  /// What came of it.
  package struct Summary: Sendable {
    /// What became of the lines that were read again: `rejects` of them still cannot be read.
    package var tally = Tally()
    /// Rejects whose log could not be read again.
    package var unread: Int64 = 0
    package var failures: [(path: String, error: InputError)] = []
  }

  private let ledger: any RereadingLedger
  private let options: Importer.Options
  private let reader: RecordReader
  private let batch = Batch()
  package private(set) var summary = Summary()

  package init(
    ledger: any RereadingLedger, catalog: Catalog, options: Importer.Options
  ) {
    self.ledger = ledger
    self.options = options
    reader = RecordReader(catalog: catalog, options: options.reading, ledger: ledger)
  }

  /// Goes through the sources whose path is wanted. An error of the store ends everything; what was
  /// moved before stays moved.
  package func run(where isWanted: (String) -> Bool) throws {
    for source in try ledger.rejectedSources() where isWanted(source.path) {
      do {
        try run(source)
      } catch is LostRace {
        reader.forget()
        fail(
          source,
          InputError(
            "another errata changed its rejects at the same time", hint: "run the command again"))
      }
    }
  }

  private func run(_ source: StoredSource) throws {
    var read: Int64 = 0
    let obstacle = try StoredSourceReader(source: source, ledger: ledger, maxLine: options.maxLine)
      .run(
        { range, lines in try self.read(range, &lines) },
        accept: { range in
          try move(range)
          read += range.rejects
        }, refuse: reader.forget)
    guard let obstacle else { return }
    summary.unread += source.ranges.reduce(0) { $0 + $1.rejects } - read
    fail(source, InputError(obstacle, source: source.path))
  }

  /// Reads the rejects of a part into the batch.
  private func read(_ range: StoredRange, _ lines: inout LineReader) throws {
    batch.clear()
    reader.begin(batch)
    batch.offset = range.offset
    batch.length = range.length
    var runs = try ledger.rejects(of: range.batch)[...]
    while var line = try lines.next() {
      while let run = runs.first, run.end < line.offset { runs.removeFirst() }
      guard !runs.isEmpty else { return }
      // A line may stand within another one, between the parts that it was cut into.
      let near = runs.prefix { $0.offset <= line.offset }
      guard near.contains(where: { $0.has(line) }) else { continue }
      // What it was cut into stays counted where it is.
      line.count = 1
      reader.use(lines.columns)
      reader.read(line, into: batch)
    }
  }

  private func move(_ range: StoredRange) throws {
    guard batch.tally.lines == range.rejects else { throw LostRace() }
    batch.countErrors()
    batch.identifiers.sort()
    try ledger.move(batch, from: range)
    summary.tally += batch.tally
  }

  private func fail(_ source: StoredSource, _ error: InputError) {
    summary.failures.append((source.path, error))
  }
}

extension InputError {
  /// Why a log cannot be read again.
  init(_ obstacle: StoredSourceReader.Obstacle, source path: String) {
    switch obstacle {
    case _ where path == "-":
      self.init("cannot be read again: it was read from standard input")
    case .gone:
      self.init(
        "cannot be read again: it is not there any more",
        hint: "put it back, or run the command in the folder it was imported from")
    case .another:
      self.init(
        "cannot be read again: another log stands there now, and this one is not beside it",
        hint: "put it back, plain or compressed, under a name that begins alike")
    case .changed:
      self.init(
        "cannot be read again, not to its end: it has changed since it was imported",
        hint: "put the log back as it was, plain or compressed, under a name that begins alike")
    }
  }
}

extension RejectRun {
  /// Whether a line is among its own: a reject that is kept by itself is one line.
  fileprivate func has(_ line: LineReader.Line) -> Bool {
    lines == 1
      ? line.offset == offset && line.length == length
      : line.offset >= offset && line.offset + line.length <= end
  }
}
