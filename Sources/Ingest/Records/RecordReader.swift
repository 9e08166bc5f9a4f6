package import Events
internal import JSON
package import Profiles
internal import Redaction

/// Reads lines: each becomes events, counts or rejects of a batch.
///
/// Nothing here keeps a byte of a line beyond the line, and nothing allocates for one, errors with
/// details aside.
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
  /// For lines that are JSON inside a string of another object.
  private let innerParser = JSONParser()
  let builder: EventBuilder
  /// Responses of the batch by gateway, the generic reading first.
  private var gateways: ContiguousArray<Int64>

  package init(catalog: Catalog, options: Options, ledger: any Ledger) throws {
    builder = try EventBuilder(catalog: catalog, options: options, ledger: ledger)
    gateways = ContiguousArray(repeating: 0, count: catalog.gateways.count + 1)
  }

  /// Prepares for a batch.
  func begin(_ batch: Batch) {
    builder.begin(batch)
    for index in gateways.indices { gateways[index] = 0 }
  }

  /// Ends a batch: what was met in it is noted there.
  func end(_ batch: Batch) {
    batch.sightings = builder.sightings(in: batch, gateways: gateways)
  }

  /// Reads one line into a batch.
  func read(_ line: LineReader.Line, into batch: Batch) {
    batch.tally.lines += 1
    if line.isTooLong { return reject(line, "line_too_long", batch) }
    let text = Envelope.text(of: line.text)
    if text.isEmpty {
      batch.tally.blank += 1
      return
    }
    guard let json = Envelope.json(in: text) else { return reject(line, "no_json", batch) }
    do throws(JSONError) {
      let root = try parser.parse(padded: json)
      if parser.repaired { batch.tally.repaired += 1 }
      read(root, of: line, into: batch)
    } catch {
      reject(line, reason(error, json), batch)
    }
  }

  /// Whether a last line without its newline is whole: one JSON object.
  func isComplete(_ line: LineReader.Line) -> Bool {
    guard !line.isTooLong, let json = Envelope.json(in: Envelope.text(of: line.text)) else {
      return false
    }
    guard let root = try? parser.parse(padded: json) else { return false }
    return root.isObject
  }

  func isComplete(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      guard let json = Envelope.json(in: bytes), let root = try? parser.parse(json) else {
        return false
      }
      return root.isObject
    }
  }

  private func read(_ root: JSONValue, of line: LineReader.Line, into batch: Batch) {
    var part: Int32 = 0
    func readRecord(_ record: JSONValue) {
      if !read(record, of: line, part: part, into: batch) { batch.tally.skipped += 1 }
      part += 1
    }
    if root.isArray {
      for element in root.elements { readRecord(element) }
    } else if !read(root, of: line, part: 0, into: batch) {
      guard let list = recordList(of: root) else {
        batch.tally.skipped += 1
        return
      }
      for element in list.elements { readRecord(element) }
    } else {
      return
    }
    if part == 0 { batch.tally.skipped += 1 }
  }

  /// `{"records": […]}` and its kin hold records and nothing else.
  private func recordList(of root: JSONValue) -> JSONValue? {
    for name in [RecordReader.records, RecordReader.entries, RecordReader.logEvents] {
      if let list = root[name], list.isArray { return list }
    }
    return nil
  }

  private static let records = Array("records".utf8)
  private static let entries = Array("entries".utf8)
  private static let logEvents = Array("logEvents".utf8)

  /// Reads one record; false where it is no API response.
  private func read(
    _ record: JSONValue, of line: LineReader.Line, part: Int32, into batch: Batch
  ) -> Bool {
    guard record.isObject else { return false }
    var outcome = builder.read(record, of: line, part: part, into: batch, outer: nil)
    if outcome == .none, let inner = inner(record) {
      outcome = builder.read(inner, of: line, part: part, into: batch, outer: builder.time)
    }
    switch outcome {
    case .event: batch.tally.events += 1
    case .success: batch.tally.successes += 1
    case .none: return false
    }
    gateways[builder.fields.gateway + 1] += 1
    return true
  }

  /// A record wrapped into a string, as Docker and log shippers do.
  func inner(_ record: JSONValue) -> JSONValue? {
    for name in RecordReader.wrappers {
      guard let text = record[name]?.string?.trimmed, text.first == UInt8(ascii: "{"),
        text.last == UInt8(ascii: "}"), let inner = try? innerParser.parse(text), inner.isObject
      else { continue }
      return inner
    }
    return nil
  }

  private static let wrappers = ["log", "message", "msg", "MESSAGE", "jsonPayload", "event"]
    .map { Array($0.utf8) }

  // MARK: Rejects

  /// Rejects of a batch beyond so many are counted only.
  private static let mostRejects = 1000
  private static let excerpt = 200

  private func reject(_ line: LineReader.Line, _ reason: String, _ batch: Batch) {
    batch.tally.rejects += 1
    guard batch.rejects.count < RecordReader.mostRejects else {
      return batch.countReject(offset: line.offset, length: line.length)
    }
    // Looked at further than it is kept: a secret may begin in it and end behind it.
    let beginning = line.text.part(0..<RecordReader.excerpt + Redactor.lookahead)
    let text = builder.redactor?.redacted(beginning) ?? beginning
    let excerpt = String(repairing: text.part(0..<RecordReader.excerpt))
    batch.rejects.append(
      Reject(offset: line.offset, length: line.length, reason: reason, excerpt: excerpt))
  }

  private func reason(_ error: JSONError, _ json: Bytes) -> String {
    if json.contains(0) { return "nul" }
    return error.isTooDeep ? "too_deep" : "json_syntax"
  }
}
