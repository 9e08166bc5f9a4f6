import Batches
import Files
import Foundation
import Ingest
import Profiles
import SQLite
import Store

private let catalog = Result { try Catalog() }

/// A folder of logs, a store they are imported into, and what has been written.
final class World {
  let folder: String
  let store: Store
  private var ledger: StoreLedger?
  private var follower: Follower?
  private(set) var notices: [Notice] = []

  init() throws {
    let shared = "/dev/shm"
    let base = access(shared, W_OK) == 0 ? shared : NSTemporaryDirectory()
    folder = "\(base)/errata-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder + "/logs", withIntermediateDirectories: true)
    store = Store(path: folder + "/errata.db")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { "\(folder)/logs/\(name)" }

  // MARK: Files

  func exists(_ name: String) -> Bool { access(path(name), F_OK) == 0 }

  func append(_ text: String, to name: String) throws { try append(Array(text.utf8), to: name) }

  func append(_ bytes: [UInt8], to name: String) throws {
    let file = open(path(name), O_WRONLY | O_CREAT | O_APPEND, 0o600)
    defer { close(file) }
    guard file >= 0, write(file, bytes, bytes.count) == bytes.count else { throw Failed() }
  }

  func bytes(of name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(filePath: path(name))))
  }

  func rename(_ old: String, to new: String) { Foundation.rename(path(old), path(new)) }

  func copy(_ old: String, to new: String) throws {
    remove(new)
    try append(bytes(of: old), to: new)
  }

  func truncate(_ name: String, to length: Int = 0) {
    Foundation.truncate(path(name), off_t(length))
  }

  func remove(_ name: String) { unlink(path(name)) }

  /// Replaces a file by a compressed one, whose age is such that nobody may be writing it.
  func compress(_ name: String, as container: Container) throws {
    try append(container.wrapping(bytes(of: name)), to: name + container.suffix)
    age(name + container.suffix)
    remove(name)
  }

  func age(_ name: String) {
    var times = [
      timeval(tv_sec: 1_000_000_000, tv_usec: 0), timeval(tv_sec: 1_000_000_000, tv_usec: 0),
    ]
    utimes(path(name), &times)
  }

  // MARK: Imports

  /// Imports files, or with no name the whole folder. With `dying`, the store fails at the commit
  /// of that number, before or after it was made.
  @discardableResult
  func importing(_ names: String..., dying: (commit: Int, after: Bool)? = nil) throws
    -> Importer.Summary
  {
    let paths = names.isEmpty ? [folder + "/logs"] : names.map { path($0) }
    let importer = try importer(dying: dying, isFollowing: false)
    do {
      try importer.run(Input.list(paths, excluding: []).inputs)
    } catch is Killed {
      restart()
    }
    return importer.summary
  }

  /// Whether logs that are followed are held open while nothing happens; else they are closed at
  /// once.
  var holdsLogs = true

  /// Follows files, or with no name the folder, for so many looks; goes on with what it followed
  /// before if `restart` has not been called.
  func following(_ names: String..., looks: Int = 1, dying: (commit: Int, after: Bool)? = nil)
    throws
  {
    let paths = names.isEmpty ? [folder + "/logs"] : names.map { path($0) }
    let follower =
      try self.follower
      ?? Follower(
        importer(dying: dying, isFollowing: true), paths, excluding: [], silence: 0,
        rest: holdsLogs ? 300 : 0, most: holdsLogs ? nil : 1)
    self.follower = follower
    do {
      for _ in 0..<looks { while try follower.look() {} }
    } catch is Killed {
      restart()
    }
  }

  func restart() {
    follower = nil
    ledger = nil
  }

  private func importer(dying: (commit: Int, after: Bool)?, isFollowing: Bool) throws -> Importer {
    let ledger = try self.ledger ?? StoreLedger(store)
    self.ledger = ledger
    var options = Importer.Options()
    options.isFollowing = isFollowing
    let mortal = dying.map { MortalLedger(ledger, dyingAt: $0.commit, after: $0.after) }
    let importer = try Importer(
      ledger: mortal ?? ledger, catalog: catalog.get(), options: options, progress: { _ in true })
    importer.onNotice = { [unowned self] in notices.append($0) }
    return importer
  }

  // MARK: What is stored

  /// The ids of all events, by source.
  func stored() throws -> [(id: String, source: Int64)] {
    let statement = try Connection(path: store.path, access: .read).prepare(
      "SELECT e.request_id, b.source FROM event e JOIN batch b ON b.id = e.batch ORDER BY e.id")
    var rows: [(String, Int64)] = []
    while try statement.step() {
      rows.append((String((statement.text(0) ?? "").dropFirst(prefix.count)), statement.integer(1)))
    }
    return rows
  }

  var ids: [String] { get throws { try stored().map(\.id).sorted() } }

  func integer(_ sql: String) throws -> Int64 {
    try Connection(path: store.path, access: .read).integer(sql) ?? 0
  }

  /// The sources of which something is missing.
  func gaps() throws -> [Int64] {
    let statement = try Connection(path: store.path, access: .read).prepare(
      "SELECT source FROM gap")
    var sources: [Int64] = []
    while try statement.step() { sources.append(statement.integer(0)) }
    return sources
  }

  struct Failed: Error {}
}

struct Killed: Error {}

/// A ledger that fails at a commit, as when the process is killed there.
final class MortalLedger: Ledger {
  private let ledger: StoreLedger
  private var left: Int
  private let after: Bool

  init(_ ledger: StoreLedger, dyingAt commit: Int, after: Bool) {
    self.ledger = ledger
    left = commit
    self.after = after
  }

  var seed: UInt64 { ledger.seed }
  var redactionKey: UInt64 { ledger.redactionKey }
  func headLengths() throws -> [Int64] { try ledger.headLengths() }
  func lineages(head: ContentMark) throws -> [Lineage] { try ledger.lineages(head: head) }
  func lineages(firstLine: Digest) throws -> [Lineage] { try ledger.lineages(firstLine: firstLine) }
  func lineages(at path: String) throws -> [Lineage] { try ledger.lineages(at: path) }
  func lines(of source: Int64, after mark: Int64) throws -> [UInt32] {
    try ledger.lines(of: source, after: mark)
  }
  func header(of source: Int64, before offset: Int64) throws -> ColumnHeader? {
    try ledger.header(of: source, before: offset)
  }
  func tally(of source: Int64, upTo offset: Int64) throws -> Tally {
    try ledger.tally(of: source, upTo: offset)
  }

  func sight(_ source: Int64, at place: Place) throws {
    try dying { try ledger.sight(source, at: place) }
  }

  func lose(_ source: Int64, gap: Gap?) throws {
    try dying { try ledger.lose(source, gap: gap) }
  }

  func commit(_ batch: Batch, to origin: Origin) throws -> Int64 {
    try dying { try ledger.commit(batch, to: origin) }
  }

  private func dying<Result>(_ work: () throws -> Result) throws -> Result {
    left -= 1
    if left == 0, !after { throw Killed() }
    let result = try work()
    if left == 0 { throw Killed() }
    return result
  }
}

/// Lines with the ids `name-1` and on, each an event.
func lines(_ name: String, _ numbers: some Sequence<Int>) -> String {
  numbers.map { line("\(name)-\($0)") }.joined()
}

/// Ids too short are none.
private let prefix = "request-"

func line(_ id: String) -> String {
  #"{"time":"2026-11-20T10:00:00Z","status":503,"path":"/x","request_id":"\#(prefix)\#(id)"}"#
    + "\n"
}
