import Batches
import Events
import Files
import JSON
import Profiles

@testable import Ingest

private let catalog = try? Catalog()
private nonisolated(unsafe) var readers: [String: ReaderPair] = [:]

/// The record reader: every line is read as of any gateway, and as of one by name.
func fuzzRecords(_ input: UnsafeBufferPointer<UInt8>) {
  let gateways = catalog?.gateways.map(\.name) ?? []
  for gateway in [nil, gateways[input.count % gateways.count]] {
    for line in input.split(separator: 0x0A, omittingEmptySubsequences: false) {
      pair(gateway: gateway, vendor: nil)?.read(Bytes(rebasing: line))
    }
  }
}

/// The body reader: the input is the body of an error, as JSON if it is some and as text, of any
/// vendor and of one by name.
func fuzzBodies(_ input: UnsafeBufferPointer<UInt8>) {
  let vendors = catalog?.vendors.map(\.name) ?? []
  let status = [400, 401, 403, 404, 429, 500, 503][input.count % 7]
  for vendor in [nil, vendors[input.count % vendors.count]] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("status")
    writer.integer(Int64(status))
    writer.key("body")
    writer.string(input)
    writer.endObject()
    let head = Array(#"{"status":\#(status),"path":"/v1/x","response":{"body":"#.utf8)
    let object = head + input.filter { $0 != 0x0A } + Array("}}".utf8)
    for line in [writer.bytes, object] {
      line.withUnsafeBufferPointer { pair(gateway: nil, vendor: vendor)?.read($0) }
    }
  }
}

private func pair(gateway: String?, vendor: String?) -> ReaderPair? {
  let name = "\(gateway ?? "") \(vendor ?? "")"
  if let pair = readers[name], !pair.isFull { return pair }
  var options = RecordReader.Options()
  options.gateway = gateway
  options.vendor = vendor
  readers[name] = ReaderPair(options)
  return readers[name]
}

/// A reader and what it has read into; and another that remembers no body, no layout and no plan,
/// for comparison.
private final class ReaderPair {
  private let reader: RecordReader
  private let batch = Batch()
  private let forgetful: RecordReader
  private let other = Batch()
  private var text: [UInt8] = []

  init?(_ options: RecordReader.Options) {
    guard let catalog else { return nil }
    let ledger = EmptyLedger()
    reader = RecordReader(catalog: catalog, options: options, ledger: ledger)
    reader.begin(batch)
    forgetful = RecordReader(catalog: catalog, options: options, ledger: ledger)
    forgetful.builder.isExplaining = true
    forgetful.texts.remembers = false
    forgetful.begin(other)
  }

  /// Whether to begin anew: what is remembered must not fill the memory.
  var isFull: Bool { batch.tally.lines > 5000 }

  func read(_ line: Bytes) {
    // Where a parser reads too far, the sanitizer sees it.
    text = Array(line) + [UInt8](repeating: 0, count: JSONParser.padding)
    let before = batch.tally
    text.withUnsafeBufferPointer { padded in
      let line = LineReader.Line(
        text: padded.part(0..<line.count), offset: 0, length: Int64(line.count), isTooLong: false,
        isTerminated: true)
      _ = reader.isComplete(line)
      reader.read(line, into: batch)
      forgetful.read(line, into: other)
    }
    let traces = forgetful.builder.traces.suffix(other.rows.count)
    let rows = zip(other.rows, traces).filter { !$0.1.isSuccess }.map(\.0)
    require(
      batch.rows.map { "\(Event($0, of: batch))" } == rows.map { "\(Event($0, of: other))" },
      "what came before means the same")
    require(batch.tally.lines == before.lines + 1, "a line counts once")
    require(batch.tally.records > before.records, "a line counts as something")
    require(
      Int64(batch.rows.count) == batch.tally.events - before.events, "an event is a row")
    for row in batch.rows {
      let event = Event(row, of: batch)
      require(event.status.map { (100...999).contains($0) } ?? true, "a status is one")
      for text in [event.message, event.code, event.path, event.requestID, event.vendor] {
        require(text?.utf8.contains(0) != true, "text holds no NUL")
      }
    }
    for batch in [batch, other] {
      batch.rows.removeAll(keepingCapacity: true)
      batch.arena.removeAll(keepingCapacity: true)
      batch.identifiers.removeAll()
      batch.rejects.removeAll()
    }
  }
}
