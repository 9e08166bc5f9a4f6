import Answers
import Batches
import Files
import Foundation
import Ingest
import Profiles
import Questions
import Rendering
import Reports
import Store
import Testing
import Times

/// A log that was imported into a fresh store; it goes when the test is over.
///
/// In a suite with the trait `.onEveryArchive` it is imported into each kind of store in turn.
final class ImportedLog {
  /// The SQLite store, where that is the kind.
  let store: Store
  let archive: any Archive
  /// Where the log is.
  let path: String
  private let folder: URL
  private let ledger: any Ledger

  init(_ log: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "errata-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = Store(path: folder.appending(path: "errata.db").path)
    path = folder.appending(path: "gateway.log").path
    switch ArchiveKind.current {
    case .sqlite:
      ledger = try StoreLedger(store)
      try ImportedLog.add(log, as: path, to: ledger)
      archive = try StoreReader(store)
    case .memory:
      let memory = ListLedger()
      ledger = memory
      try ImportedLog.add(log, as: path, to: memory)
      archive = MemoryArchive(memory)
    }
  }

  /// Imports another log.
  func add(_ lines: [String]) throws {
    try ImportedLog.add(lines.joined(separator: "\n"), as: path + ".\(UUID())", to: ledger)
  }

  /// Imports a log that is there.
  func read(_ path: String) throws { try ImportedLog.read(path, to: ledger) }

  private static func add(_ log: String, as path: String, to ledger: any Ledger) throws {
    guard !log.isEmpty else { return }
    try (log + "\n").write(toFile: path, atomically: false, encoding: .utf8)
    try read(path, to: ledger)
  }

  private static func read(_ path: String, to ledger: any Ledger) throws {
    let importer = try Importer(ledger: ledger, catalog: Catalog(), options: .init()) { _ in true }
    try importer.run(Input.list([path], excluding: []).inputs)
  }

  convenience init(_ lines: [String]) throws {
    try self.init(lines.joined(separator: "\n"))
  }

  /// Of the hashes of ids.
  var seed: UInt64 { ledger.seed }

  /// Opens the archive anew, as the next command does.
  func reopened() throws -> any Archive { try archive.opener() }

  /// Keeps what a job is to remember of its rules.
  func remember(_ rules: [CheckedRule], by job: String, at now: Int64) throws {
    if let ledger = ledger as? ListLedger { return ledger.remember(rules, by: job) }
    try CheckWriter(store, job: job).write(rules, now: now)
  }

  /// The reader of the SQLite store.
  var reader: StoreReader { get throws { try #require(archive as? StoreReader) } }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  func question(
    since: String? = nil, until: String? = nil, zone: String = "UTC", vendors: [String] = []
  ) throws -> Question {
    let zone = try Zone(named: zone)
    return try Question(
      archive, since: since.map { try at($0, zone) }, until: until.map { try at($0, zone) },
      zone: zone, vendors: vendors)
  }

  /// The events of an id, as `errata find` says them.
  func find(
    _ ids: String..., in text: String? = nil
  ) throws -> (answer: Answer, isEmpty: Bool) {
    try finder().answer(ids, in: text)
  }

  /// The same as a reply.
  func reply(_ ids: String...) throws -> (answer: Answer, isEmpty: Bool) {
    try finder().answer(ids, as: .reply)
  }

  private func finder() throws -> Finder {
    let catalog = try Catalog()
    let recall = LineRecall(catalog, seed: ledger.seed)
    return Finder(
      archive, catalog: { catalog }, zone: .utc,
      hash: { id, seed in id.withBytes { identifierHash($0, seed: seed) } },
      line: recall.search)
  }

  /// Takes the log away, as rotation does.
  func removeLog() throws {
    try FileManager.default.removeItem(atPath: path)
  }

  /// A query's rows, as people read them.
  func table(_ sql: String) throws -> String {
    let question = try Question(StoreReader(store))
    return tables(try question.query(title: "", sql: sql))
  }
}

/// The time of a text such as `2026-11-02T09:00:00Z` or `2026-11-02`.
func at(_ text: String, _ zone: Zone = .utc) throws -> Int64 {
  try parseMoment(text, now: 0, zone: zone)
}

/// An answer as people read it, its title and range left out.
func tables(_ answer: Answer) -> String {
  var answer = answer
  answer.title = ""
  answer.notes = []
  return shown(answer)
}

/// An answer as people read it.
func shown(_ answer: Answer, as format: Format = .table) -> String {
  var output = Output()
  format.renderer(for: Terminal()).render(answer, into: &output)
  return String(output.text.dropLast())
}

/// Expects a text, and shows the one there is where it is another.
func expect(_ text: String, _ expected: String, at location: SourceLocation = #_sourceLocation) {
  #expect(text == expected, "\n\(text)\n", sourceLocation: location)
}

/// A line of a gateway's log.
func line(
  _ time: String?, _ vendor: String?, _ status: Int, code: String? = nil, route: String? = nil,
  consumer: String? = nil, retryAfter: Int? = nil, id: String? = nil
) -> String {
  var members = ["\"status\":\(status)"]
  func add(_ name: String, _ value: String?) {
    if let value { members.append("\"\(name)\":\"\(value)\"") }
  }
  add("time", time)
  add("vendor", vendor)
  add("route", route)
  add("consumer", consumer)
  add("request_id", id)
  if let retryAfter { members.append("\"retry_after\":\(retryAfter)") }
  if let code { members.append("\"body\":{\"error\":{\"code\":\"\(code)\"}}") }
  return "{\(members.joined(separator: ","))}"
}

/// The same, at a time in milliseconds since the epoch.
func line(
  _ time: Int64, _ vendor: String?, _ status: Int, code: String? = nil, route: String? = nil,
  consumer: String? = nil, retryAfter: Int? = nil
) -> String {
  line(
    formatTime(time), vendor, status, code: code, route: route, consumer: consumer,
    retryAfter: retryAfter)
}

extension Value {
  /// A member of an object, or an element of an array.
  subscript(name: String) -> Value? {
    if case .object(let object) = self { object[name] } else { nil }
  }

  subscript(place: Int) -> Value? {
    if case .array(let elements) = self, elements.indices.contains(place) {
      elements[place]
    } else {
      nil
    }
  }

  var elements: [Value] { if case .array(let elements) = self { elements } else { [] } }

  /// The names of its members, with spaces between.
  var names: String {
    if case .object(let object) = self { object.names.joined(separator: " ") } else { "" }
  }

  var integer: Int64? { if case .integer(let integer) = self { integer } else { nil } }

  var text: String? { if case .text(let text) = self { text } else { nil } }

  var time: Int64? { if case .time(let time) = self { time } else { nil } }
}
