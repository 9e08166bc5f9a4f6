package import Events
internal import Glibc
package import Profiles

/// Brings inputs into a ledger: only what is new of them, each batch whole or not at all.
package final class Importer {
  package struct Options: Sendable {
    package var reading = RecordReader.Options()
    /// Longer lines are rejected.
    package var maxLine = 1 << 20

    package init() {}
  }

  /// What an import has come to, so far or altogether.
  package struct Summary: Sendable {
    package var tally = Tally()
    /// Lines and records that were there before.
    package var knownLines: Int64 = 0
    package var known: Int64 = 0
    /// Last lines without a newline that wait for their rest.
    package var heldBack: Int64 = 0
    /// Read from disk, compressed where they are.
    package var bytes: Int64 = 0
    package var failures: [(path: String, error: InputError)] = []

    package init() {}

    /// All lines seen.
    package var lines: Int64 { tally.lines + knownLines + heldBack }
  }

  private let ledger: any Ledger
  private var reader: RecordReader
  private let catalog: Catalog
  private let options: Options
  private let writer: BatchWriter
  /// Called now and then; returns false to stop.
  private let progress: (Summary) -> Bool
  private(set) package var summary = Summary()
  /// Bytes of the inputs that are done.
  private var doneBytes: Int64 = 0
  /// Whether the line held back last is nothing that a log could hold.
  private var endsInBinary = false

  package init(
    ledger: any Ledger, catalog: Catalog, options: Options,
    progress: @escaping (Summary) -> Bool
  ) throws {
    self.ledger = ledger
    self.options = options
    self.progress = progress
    self.catalog = catalog
    reader = try RecordReader(catalog: catalog, options: options.reading, ledger: ledger)
    writer = try BatchWriter(ledger)
  }

  /// Imports inputs one after the other. Damaged or unreadable ones are noted in the summary;
  /// an error of the store ends everything.
  package func run(_ inputs: [Input]) throws {
    defer { writer.finish() }
    for input in inputs {
      do {
        try importOne(input)
      } catch let error as InputError {
        summary.failures.append((input.path, error))
      } catch is LostRace {
        summary.failures.append(
          (
            input.path,
            InputError(
              "another import stored the same log at the same time",
              hint: "import it again: what is stored already is not stored twice")
          ))
        // What the batch that was taken back had learnt is forgotten with it.
        reader = try RecordReader(catalog: catalog, options: options.reading, ledger: ledger)
      }
      if !progress(summary) { return }
    }
  }

  private func importOne(_ input: Input) throws {
    let stream = try input.open()
    defer { doneBytes += stream.consumed }
    var proof = PrefixProof(stream)
    try proof.run(ledger: ledger)
    let finding = proof.finding
    if let source = finding.source {
      // The ledger counts whole batches: of one that is shared in part, the lines are counted here.
      let known = finding.isWhole ? try ledger.tally(of: source, upTo: finding.known) : nil
      summary.known += known?.records ?? finding.lines
      summary.knownLines += known?.lines ?? finding.lines
    }
    let origin: Origin =
      if let source = finding.source, finding.isWhole {
        .known(source: source)
      } else {
        .new(head: proof.head, parent: finding.source, fork: finding.known, path: input.path)
      }
    let pending = proof.pending
    var lines = LineReader(
      stream, from: finding.known, hash: proof.takeHash(), pending: pending,
      owesNewline: !finding.endsInNewline, limit: options.maxLine)
    try read(&lines, of: stream, origin: origin)
  }

  /// Reads lines into batches until the end, or until someone wants it to stop.
  private func read(_ lines: inout LineReader, of stream: any ByteStream, origin: Origin) throws {
    defer { summary.tally = writer.stored }
    var origin: Origin? = origin
    var failure: InputError?
    let isNew = lines.offset == 0
    endsInBinary = false
    let before = summary.tally
    var withoutJSON: Int64 = 0
    var isGoingOn = true
    while isGoingOn, failure == nil {
      let batch = writer.takeEmpty()
      reader.begin(batch)
      batch.offset = lines.offset
      do throws(InputError) {
        isGoingOn = try fill(batch, from: &lines)
      } catch {
        // What precedes the damage is kept.
        failure = error
      }
      summary.bytes = doneBytes + stream.consumed
      batch.length = lines.offset - batch.offset
      guard batch.length > 0 else {
        writer.giveBack(batch)
        break
      }
      batch.marks = lines.takeMarks().filter {
        $0.offset > batch.offset && $0.offset < lines.offset
      }
      batch.marks.append(lines.proof())
      withoutJSON += batch.rejectsNotKept
      withoutJSON += Int64(batch.rejects.lazy.filter { $0.reason == "no_json" }.count)
      try writer.store(batch, origin: origin)
      origin = nil
      summary.tally = writer.stored
      if !progress(summary) { break }
    }
    try writer.wait()
    summary.tally = writer.stored
    if let failure { throw failure }
    let readable = summary.tally.readable - before.readable
    let rejects = summary.tally.rejects - before.rejects
    if isNew, readable == 0, endsInBinary || withoutJSON * 2 > rejects {
      throw InputError(
        "is no log of JSON lines: nothing in it could be read",
        hint: "errata reads one JSON object a line; “errata explain” shows how it takes one")
    }
  }

  /// Fills a batch; false when there are no more lines.
  private func fill(_ batch: Batch, from lines: inout LineReader) throws(InputError) -> Bool {
    while batch.tally.lines < Int64(Batch.capacity), batch.rows.count < Batch.capacity,
      lines.offset - batch.offset < Importer.batchBytes
    {
      guard let line = try lines.next() else { return false }
      if !line.isTerminated, !line.isTooLong, !reader.isComplete(line) {
        lines.putBack(line)
        summary.heldBack += 1
        endsInBinary = line.text.contains(0)
        return false
      }
      reader.read(line, into: batch)
    }
    return true
  }

  /// A batch covers no more bytes than this and one line.
  private static let batchBytes: Int64 = 32 << 20
}
