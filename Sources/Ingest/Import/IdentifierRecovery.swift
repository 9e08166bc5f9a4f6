package import Batches
internal import Files
package import Profiles

/// Makes the index of a batch's ids anew from the lines of its events, where these can be read
/// again.
package struct IdentifierRecovery {
  private let ledger: any RereadingLedger
  private let catalog: Catalog
  /// Batches whose log could not be read again.
  package private(set) var lost: [Int64] = []
  /// Why, by log.
  package private(set) var failures: [(path: String, error: InputError)] = []

  package init(ledger: any RereadingLedger, catalog: Catalog) {
    self.ledger = ledger
    self.catalog = catalog
  }

  /// Throws errors of the store; what was written before stays.
  package mutating func run(_ batches: [Int64]) throws {
    var left = Set(batches)
    for source in try ledger.sources(ofBatches: batches) {
      let reader = RecordReader(catalog: catalog, options: .init(), ledger: ledger)
      var identifiers = IdentifierList()
      let obstacle = try StoredSourceReader(
        source: source, ledger: ledger, maxLine: IdentifierRecovery.longestLine
      ).run(
        { range, lines in
          identifiers = try read(range, &lines, with: reader)
        },
        accept: { range in
          try ledger.replaceIdentifiers(of: range.batch, with: identifiers)
          left.remove(range.batch)
        }, refuse: {})
      if let obstacle {
        failures.append((source.path, InputError(obstacle, source: source.path)))
      }
    }
    lost = left.sorted()
  }

  /// The ids of the lines of a part's events, by the events' numbers.
  private func read(
    _ range: StoredRange, _ lines: inout LineReader, with reader: RecordReader
  ) throws -> IdentifierList {
    let batch = Batch()
    reader.begin(batch)
    let events = try ledger.events(of: range.batch)
    var numbers: [Place: UInt32] = [:]
    for event in events { numbers[Place(offset: event.offset, part: event.part)] = event.number }
    var next = 0
    while next < events.count, let line = try lines.next() {
      guard line.offset >= events[next].offset else { continue }
      reader.use(lines.columns)
      reader.read(line, into: batch)
      while next < events.count, events[next].offset <= line.offset { next += 1 }
    }
    var identifiers = IdentifierList()
    for place in 0..<batch.identifiers.count {
      let identifier = batch.identifiers[place]
      let row = batch.rows[Int(identifier.row)]
      guard let number = numbers[Place(offset: row.offset, part: row.part)] else { continue }
      identifiers.append(Identifier(hash: identifier.hash, row: number))
    }
    identifiers.sort()
    return identifiers
  }

  /// Memory is taken as a line needs it.
  private static let longestLine = 1 << 28

  private struct Place: Hashable {
    var offset: Int64
    var part: Int32
  }
}
