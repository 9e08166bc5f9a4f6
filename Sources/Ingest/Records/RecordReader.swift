package import Batches
internal import Files
internal import JSON
package import Profiles
internal import Redaction
package import Times

/// Reads lines: each becomes events, counts or rejects of a batch.
///
/// No byte of a line is kept once the line has been read, and no memory is allocated for a line,
/// but for errors that have details.
package final class RecordReader {
  /// How lines are to be read.
  package struct Options: Sendable {
    /// The vendor of every line, whatever it says.
    package var vendor: String?
    /// The gateway that wrote every line, by name.
    package var gateway: String?
    /// Of times that name no zone.
    package var zone = Zone.utc
    /// Milliseconds since the epoch, on the clock beside which later times are no times.
    package var now: @Sendable () -> Int64 = { .max }
    /// Whether secrets are replaced by tags.
    package var redacts = true

    /// What replaces them, for a ledger; nil when they stay.
    func redactor(for ledger: any Ledger) -> Redactor? {
      redacts ? Redactor(key: ledger.redactionKey) : nil
    }

    package init() {}
  }

  private let parser = JSONParser()
  /// For records inside of records.
  private let unwrapper: Unwrapper
  let texts: TextReader
  /// The place of OpenTelemetry's profile among the gateways: records made of its attributes are
  /// its own.
  private let openTelemetry: Int?
  let builder: EventBuilder
  /// Responses of the batch by gateway; the first are those that only the generic profile read.
  private var gateways: ContiguousArray<Int64>

  package init(catalog: Catalog, options: Options, ledger: any Ledger) {
    builder = EventBuilder(catalog: catalog, options: options, ledger: ledger)
    texts = TextReader(catalog, rules: builder.rules, forced: builder.fields.forced)
    unwrapper = Unwrapper(texts)
    openTelemetry = catalog.gateways.firstIndex { $0.name == "opentelemetry" }
    gateways = ContiguousArray(repeating: 0, count: catalog.gateways.count + 1)
  }

  /// Prepares for a batch.
  func begin(_ batch: Batch) {
    builder.begin(batch)
    for index in gateways.indices { gateways[index] = 0 }
  }

  /// Forgets the texts met so far, whose numbers are of no use after a batch that was not stored.
  func forget() { builder.forget() }

  /// Ends a batch: what was met in it is noted there.
  func end(_ batch: Batch) {
    batch.sightings = builder.sightings(in: batch, gateways: gateways)
  }

  /// Reads one line into a batch.
  func read(_ line: LineReader.Line, into batch: Batch) {
    batch.tally.lines += Int64(line.count)
    // What was cut is one record; its other lines have nothing of their own.
    batch.tally.blank += Int64(line.count - 1)
    if line.isTooLong { return reject(line, RejectReason.lineTooLong.rawValue, batch) }
    let text = Envelope.text(of: line.text)
    if text.isEmpty {
      batch.tally.blank += 1
      return
    }
    guard Envelope.isJSON(text) else { return readText(text, of: line, nil, batch) }
    do throws(JSONError) {
      let root = try parser.parse(padded: text)
      if parser.repaired { batch.tally.repaired += 1 }
      read(root, of: line, into: batch)
    } catch {
      readText(text, of: line, reason(error, text), batch)
    }
  }

  /// Reads a line that is not JSON from its start, or is not as JSON should be, for a `reason`.
  private func readText(
    _ line: Bytes, of place: LineReader.Line, _ reason: String?, _ batch: Batch
  ) {
    if let whole = CutLine.joined(line) {
      return whole.withUnsafeBufferPointer {
        readText($0.part(0..<$0.count - JSONParser.padding), of: place, nil, batch)
      }
    }
    var envelope = Envelope(line)
    var reason = reason
    if reason == nil, Envelope.isJSON(envelope.text) {
      reason = readJSON(envelope.text, envelope.time, of: place, batch)
      if reason == nil { return }
    }
    let isText = reason == nil
    if readLayout(envelope, of: place, batch) { return }
    if let json = Envelope.json(behind: envelope.text), reason == nil {
      reason = readJSON(json, envelope.time, of: place, batch)
      if reason == nil { return }
    }
    if envelope.takeTime(), readLayout(envelope, of: place, batch) { return }
    // What looked like a prefix may be the beginning of a layout.
    if envelope.text.count < line.count, readLayout(Envelope(bare: line), of: place, batch) {
      return
    }
    if isText, readLayout(envelope, of: place, batch, isKnown: false) { return }
    reject(place, reason ?? RejectReason.noJSON.rawValue, batch)
  }

  private func readLayout(
    _ envelope: Envelope, of place: LineReader.Line, _ batch: Batch,
    isKnown: Bool = true
  ) -> Bool {
    let text = envelope.text
    guard
      let written = isKnown
        ? texts.read(text) : texts.readLoosely(text, isDated: envelope.time != nil)
    else { return false }
    if let success = written.success, builder.countSuccess(of: success, in: batch) {
      batch.tally.successes += 1
      gateways[success.plan.gateway + 1] += 1
      return true
    }
    let successes = batch.tally.successes
    var plain = written.value
    if plain == nil {
      plain = try? parser.parse(padded: written.object)
      if parser.repaired { batch.tally.repaired += 1 }
    }
    guard let root = plain else { return false }
    read(
      root, of: place, into: batch, time: envelope.time.flatMap(builder.outerTime),
      writtenBy: written.gateway)
    if written.isPlain, batch.tally.successes > successes { texts.noteSuccess(builder.fields) }
    return true
  }

  /// Nil where it could be read, else why not.
  private func readJSON(
    _ json: Bytes, _ time: Bytes?, of place: LineReader.Line, _ batch: Batch
  ) -> String? {
    do throws(JSONError) {
      let root = try parser.parse(padded: json)
      if parser.repaired { batch.tally.repaired += 1 }
      read(root, of: place, into: batch, time: time.flatMap(builder.outerTime))
      return nil
    } catch {
      return reason(error, json)
    }
  }

  /// Whether a last line without its newline is whole: one JSON object, or text that ends as its
  /// layout does.
  func isComplete(_ line: LineReader.Line) -> Bool {
    !line.isTooLong && line.count == 1 && isComplete(Envelope.text(of: line.text))
  }

  func isComplete(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer { isComplete(Envelope.text(of: $0)) }
  }

  private func isComplete(_ line: Bytes) -> Bool {
    let text = Envelope(line).text
    if let json = Envelope.isJSON(text) ? text : Envelope.json(behind: text),
      let root = try? parser.parse(json), root.isObject
    {
      return true
    }
    return texts.read(text) != nil && texts.hasEnd
  }

  private func read(
    _ root: JSONValue, of line: LineReader.Line, into batch: Batch, time: Int64? = nil,
    writtenBy gateway: Int? = nil
  ) {
    var part: Int32 = 0
    func readRecord(_ record: JSONValue, writtenBy gateway: Int? = nil) {
      if !read(record, of: line, part: part, into: batch, time: time, writtenBy: gateway) {
        batch.tally.skipped += 1
      }
      part += 1
    }
    if root.isArray {
      for element in root.elements { readRecord(element) }
    } else if !read(root, of: line, part: 0, into: batch, time: time, writtenBy: gateway) {
      if let list = unwrapper.list(in: root) {
        for element in list.elements { readRecord(element) }
      } else if let records = unwrapper.openTelemetry(in: root) {
        for element in records.elements { readRecord(element, writtenBy: openTelemetry) }
      } else {
        batch.tally.skipped += 1
        return
      }
    } else {
      return
    }
    if part == 0 { batch.tally.skipped += 1 }
  }

  /// Reads one record; false where neither it nor what it wraps is an API response. `time` is that
  /// of what it stood in.
  private func read(
    _ record: JSONValue, of line: LineReader.Line, part: Int32, into batch: Batch, time: Int64?,
    writtenBy gateway: Int? = nil
  ) -> Bool {
    guard record.isObject else { return false }
    var outcome = builder.read(
      record, of: line, part: part, into: batch, outer: time, writtenBy: gateway)
    var record = record
    var depth = 0
    while outcome == .none || outcome == .wire, depth < Unwrapper.deepest {
      guard let inner = unwrapper.inner(record, isOnWire: outcome == .wire, depth: depth) else {
        break
      }
      outcome = builder.read(
        inner.record, of: line, part: part, into: batch, outer: builder.time ?? time,
        writtenBy: inner.gateway)
      record = inner.record
      depth += 1
    }
    switch outcome {
    case .event: batch.tally.events += 1
    case .success: batch.tally.successes += 1
    case .none, .wire: return false
    }
    gateways[builder.fields.gateway + 1] += 1
    return true
  }

  // MARK: Rejects

  /// Rejects of a batch beyond so many are counted only.
  private static let mostRejects = 1000
  private static let excerpt = 200

  private func reject(_ line: LineReader.Line, _ reason: String, _ batch: Batch) {
    batch.tally.rejects += 1
    guard batch.rejects.count < RecordReader.mostRejects else {
      return batch.countReject(offset: line.offset, length: line.length)
    }
    batch.rejects.append(
      Reject(offset: line.offset, length: line.length, reason: reason, excerpt: excerpt(of: line)))
  }

  /// How a line begins, without its secrets.
  func excerpt(of line: LineReader.Line) -> String {
    // Looked at further than it is kept: a secret may begin in it and end behind it.
    let beginning = line.text.part(0..<RecordReader.excerpt + Redactor.lookahead)
    let text = builder.redactor?.redacted(beginning) ?? beginning
    return String(repairing: text.part(0..<RecordReader.excerpt))
  }

  private func reason(_ error: JSONError, _ json: Bytes) -> String {
    if json.contains(0) { return RejectReason.nul.rawValue }
    return (error.isTooDeep ? RejectReason.tooDeep : .syntax).rawValue
  }
}
