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

  let parser = JSONParser()
  /// How lines are cut into values where a header names the columns; nil elsewhere.
  var columns: ColumnReader?
  var columnWriter = JSONWriter()
  /// The header in use, whether its names say anything or not.
  private var header: Columns?
  /// For records inside of records.
  private let unwrapper: Unwrapper
  let texts: TextReader
  /// The place of OpenTelemetry's profile among the gateways: records made of its attributes are
  /// its own.
  private let openTelemetry: Int?
  let builder: EventBuilder
  let patterns = LinePatterns()
  /// The record that was counted by its plan last, of the line read last.
  private var counted: JSONValue?
  /// Responses of the batch by gateway; the first are those that only the generic profile read.
  var gateways: ContiguousArray<Int64>
  /// What was passed over in the batch.
  private(set) var skipped = SkippedShapes()

  package init(catalog: Catalog, options: Options, ledger: any Ledger) {
    builder = EventBuilder(catalog: catalog, options: options, ledger: ledger)
    texts = TextReader(catalog, rules: builder.rules, forced: builder.fields.forced)
    unwrapper = Unwrapper(texts, time: builder.times.outerTime)
    openTelemetry = catalog.gateways.firstIndex { $0.name == "opentelemetry" }
    gateways = ContiguousArray(repeating: 0, count: catalog.gateways.count + 1)
  }

  /// From now on lines stand under a header, or under none.
  func use(_ header: Columns?) {
    guard header !== self.header else { return }
    self.header = header
    if header?.text != columns?.columns.text {
      columns = header.flatMap { ColumnReader($0, rules: builder.rules) }
    }
  }

  /// Prepares for a batch.
  func begin(_ batch: Batch) {
    builder.begin(batch)
    for index in gateways.indices { gateways[index] = 0 }
    skipped.forget()
  }

  /// Forgets the texts met so far, whose numbers are of no use after a batch that was not stored.
  func forget() { builder.forget() }

  /// Ends a batch: what was met in it is noted there.
  func end(_ batch: Batch) {
    batch.withdraw(builder.withdrawn)
    batch.sightings = builder.sightings(in: batch, gateways: gateways)
    batch.sightings.skipped = skipped.records
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
    guard Envelope.isJSON(text) else {
      if columns != nil || text[0] == UInt8(ascii: "#"), readColumns(line, batch) { return }
      return readText(text, of: line, nil, batch)
    }
    if patterns.read(text, into: builder.fields), builder.countSuccess(in: batch) {
      batch.tally.successes += 1
      gateways[builder.fields.gateway + 1] += 1
      return
    }
    counted = nil
    do throws(JSONError) {
      let root = try parser.parse(padded: text)
      if parser.repaired { batch.tally.repaired += 1 }
      read(root, of: line, into: batch)
      if let counted, counted.isSame(as: root), !parser.repaired {
        patterns.note(text, parsedAs: root, by: builder.fields)
      }
    } catch {
      readText(text, of: line, reason(error, text), batch)
    }
  }

  /// Reads what a line holds; returns which part of the line comes next.
  @discardableResult
  func read(
    _ root: JSONValue, of line: LineReader.Line, into batch: Batch, part: Int32 = 0,
    time: Int64? = nil, writtenBy gateway: Int? = nil
  ) -> Int32 {
    var part = part
    if root.isArray {
      let first = part
      for element in root.elements {
        part = readRecord(element, of: line, into: batch, part: part, time: time)
      }
      if part > first { return part }
      skip(root, of: line, batch)
      return part + 1
    }
    return readRecord(
      root, of: line, into: batch, part: part, time: time, writtenBy: gateway)
  }

  /// Reads one record, or those that it lists; returns which part of the line comes next.
  private func readRecord(
    _ record: JSONValue, of line: LineReader.Line, into batch: Batch, part: Int32, time: Int64?,
    writtenBy gateway: Int? = nil
  ) -> Int32 {
    if read(record, of: line, part: part, into: batch, time: time, writtenBy: gateway) {
      return part + Int32(builder.eventCount)
    }
    var next = part
    if record.isObject, let list = unwrapper.list(in: record) {
      let gateway = list.isOpenTelemetry ? openTelemetry : nil
      for element in list.records.elements {
        if read(element, of: line, part: next, into: batch, time: time, writtenBy: gateway) {
          next += Int32(builder.eventCount)
        } else {
          skip(element, of: line, batch)
          next += 1
        }
      }
    }
    if next > part { return next }
    skip(record, of: line, batch)
    return part + 1
  }

  /// Passes over a record that is no API response.
  private func skip(_ record: JSONValue, of line: LineReader.Line, _ batch: Batch) {
    batch.tally.skipped += 1
    let isEcho = builder.isEcho
    builder.fields.read(record)
    skipped.add(record, readBy: builder.fields, isEcho: isEcho, at: line.offset)
  }

  /// Reads one record; false where neither it nor what it wraps is an API response. `time` is that
  /// of what it stood in.
  private func read(
    _ record: JSONValue, of line: LineReader.Line, part: Int32, into batch: Batch, time: Int64?,
    writtenBy gateway: Int? = nil, depth: Int = 0
  ) -> Bool {
    guard record.isObject else { return false }
    var outcome = builder.read(
      record, of: line, part: part, into: batch, outer: time, writtenBy: gateway)
    var record = record
    var depth = depth
    if outcome == .wire {
      guard depth < Unwrapper.deepest, let spread = unwrapper.spread(record, depth: depth) else {
        return false
      }
      record = spread
      depth += 1
      outcome = builder.read(record, of: line, part: part, into: batch, outer: time)
    }
    switch outcome {
    case .event: batch.tally.events += Int64(builder.eventCount)
    case .success: batch.tally.successes += 1
    case .counted:
      batch.tally.successes += 1
      counted = record
    case .wire: return false
    case .none: return readInner(of: record, of: line, part, into: batch, time, depth)
    }
    gateways[builder.fields.gateway + 1] += 1
    if let repeated = builder.repeated { withdraw(repeated, for: record, batch) }
    return true
  }

  /// Counts no more what was an event until another record said it again, of the same gateway.
  private func withdraw(_ line: Echoes.Line, for record: JSONValue, _ batch: Batch) {
    batch.tally.events -= 1
    batch.tally.skipped += 1
    gateways[builder.fields.gateway + 1] -= 1
    if let row = line.row, batch.rows[row].time == nil { batch.tally.undated -= 1 }
    skipped.add(record, readBy: builder.fields, isEcho: true, at: line.offset)
  }

  /// Reads what a record wraps that is none itself: what has a time has its own, else that of the
  /// record around it.
  private func readInner(
    of record: JSONValue, of line: LineReader.Line, _ part: Int32, into batch: Batch,
    _ time: Int64?, _ depth: Int
  ) -> Bool {
    guard depth < Unwrapper.deepest else { return false }
    let time = builder.time ?? time
    for candidate in unwrapper.candidates(in: record) {
      guard let inner = unwrapper.open(candidate, depth: depth),
        candidate.isNamed || speaksOfRequest(inner)
      else { continue }
      if read(
        inner.record, of: line, part: part, into: batch, time: inner.time ?? time,
        writtenBy: inner.gateway, depth: depth + 1)
      {
        return true
      }
    }
    guard let whole = unwrapper.whole(record, depth: depth) else { return false }
    return read(whole, of: line, part: part, into: batch, time: time, depth: depth + 1)
  }

  /// Whether what stands under a name that says nothing is a log's line all the same.
  private func speaksOfRequest(_ inner: Unwrapper.Inner) -> Bool {
    if inner.gateway != nil { return true }
    builder.fields.read(inner.record)
    let request = builder.fields.request()
    return builder.fields.gateway >= 0 || request.method != nil && request.path != nil
  }

  // MARK: Rejects

  /// Rejects of a batch beyond so many are counted only.
  private static let mostRejects = 1000
  private static let excerpt = 200

  func reject(_ line: LineReader.Line, _ reason: String, _ batch: Batch) {
    batch.tally.rejects += 1
    guard batch.rejects.count < RecordReader.mostRejects else {
      return batch.countReject(offset: line.offset, length: line.length)
    }
    batch.rejects.append(
      Reject(offset: line.offset, length: line.length, reason: reason, excerpt: excerpt(of: line)))
  }

  /// How a line begins, without its secrets.
  func excerpt(of line: LineReader.Line, length: Int = RecordReader.excerpt) -> String {
    // Looked at further than it is kept: a secret may begin in it and end behind it.
    let beginning = line.text.part(0..<length + Redactor.lookahead)
    let text = builder.redactor?.redacted(beginning) ?? beginning
    return String(repairing: text.part(0..<length))
  }

  func reason(_ error: JSONError, _ json: Bytes) -> String {
    if json.contains(0) { return RejectReason.nul.rawValue }
    return (error.isTooDeep ? RejectReason.tooDeep : .syntax).rawValue
  }
}
