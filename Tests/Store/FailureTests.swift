import Batches
import Events
import Files
import Foundation
import SQLite
import Synchronization
import Testing

@testable import Store

@Suite struct FailureTests {
  let temporary: TemporaryStore

  init() throws {
    temporary = try TemporaryStore()
  }

  /// A ledger with one batch stored, and the next one.
  private func started() throws -> (StoreLedger, Int64, Batch) {
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    let source = try ledger.commit(maker.batch([Response(time: 0)]), to: newLog())
    let responses = (Int64(0)..<5000).map { Response(time: $0, requestID: "id-\($0)") }
    return (ledger, source, maker.batch(at: 100, responses))
  }

  @Test func `a full disk takes the batch in flight, and nothing of it stays`() throws {
    let (ledger, source, batch) = try started()
    let pages = try ledger.connection.integer("PRAGMA page_count") ?? 0
    try ledger.connection.execute("PRAGMA max_page_count = \(pages + 2)")
    let error = #expect(throws: StoreError.self) {
      try ledger.commit(batch, to: .known(source: source))
    }
    #expect(
      error?.message
        == "the disk is full; what was in flight was not stored, all before it was")
    #expect(ledger.connection.isIdle)
    #expect(try temporary.integer("SELECT COUNT(*) FROM event") == 1)
    #expect(try Verification(temporary.store).problems == [])
    // With room again, the same batch goes in, and once.
    try ledger.connection.execute("PRAGMA max_page_count = 1000000")
    _ = try StoreLedger(temporary.store).commit(
      BatchMaker.again(batch), to: .known(source: source))
    #expect(try temporary.integer("SELECT COUNT(*) FROM event") == 5001)
  }

  @Test func `a store that was deleted while it was written is not written on`() throws {
    let (ledger, source, batch) = try started()
    try FileManager.default.removeItem(atPath: temporary.path)
    #expect(
      message { try ledger.commit(batch, to: .known(source: source)) }
        == "the store \(temporary.path) was deleted or moved while it was being written; the batch in "
        + "flight was not stored, and what was stored before went where that file went")
    #expect(!temporary.store.exists)
  }

  @Test func `a store that was replaced while it was written is left alone`() throws {
    let (ledger, source, batch) = try started()
    let other = try TemporaryStore()
    _ = try StoreLedger(other.store)
    for file in zip(temporary.store.files, other.store.files) {
      try? FileManager.default.removeItem(atPath: file.0)
      try? FileManager.default.copyItem(atPath: file.1, toPath: file.0)
    }
    let message = message { try ledger.commit(batch, to: .known(source: source)) }
    #expect(message?.contains("was replaced while it was being written") == true)
    #expect(try temporary.integer("SELECT COUNT(*) FROM event") == 0)
  }

  @Test func `a lock file that was deleted still keeps others out`() throws {
    let path = temporary.path
    let first = try WriteLock(store: path)
    try FileManager.default.removeItem(atPath: path + ".lock")
    let isIn = Mutex(false)
    let done = DispatchSemaphore(value: 0)
    try first.hold {
      let other = Thread {
        try? WriteLock(store: path).hold { isIn.withLock { $0 = true } }
        done.signal()
      }
      other.start()
      usleep(100_000)
      #expect(!isIn.withLock { $0 })
    }
    done.wait()
    #expect(isIn.withLock { $0 })
  }

  @Test func `on a network's file system nothing needs shared memory`() throws {
    let store = Store(path: temporary.path, volume: .network("NFS"))
    // Made on a local disk, then moved there.
    _ = try StoreLedger(temporary.store)
    let ledger = try StoreLedger(store)
    #expect(
      ledger.notice
        == "the store \(store.path) is on a file system that other machines may share (NFS): it is "
        + "written more slowly, and nobody can read it while a batch is stored")
    #expect(try ledger.connection.text("PRAGMA journal_mode") == "truncate")
    #expect(try ledger.connection.integer("PRAGMA synchronous") == 2)
    var maker = BatchMaker()
    _ = try ledger.commit(maker.batch([Response(time: 0)]), to: newLog())
    ledger.close()
    #expect(try Verification(store).problems == [])
    for ending in ["-wal", "-shm"] {
      #expect(!FileManager.default.fileExists(atPath: store.path + ending))
    }
    // And back.
    let local = try StoreLedger(temporary.store)
    #expect(local.notice == nil)
    #expect(try local.connection.text("PRAGMA journal_mode") == "wal")
  }

  @Test func `this machine's own file systems are no network's`() {
    #expect(Volume(of: "/proc/self/stat") == .local)
    #expect(Volume(of: "/nowhere/at/all") == .local)
  }

  @Test func `a reader sees one state of a store that is being written`() throws {
    let (ledger, source, batch) = try started()
    let reader = try Connection(path: temporary.path, access: .read)
    try reader.execute("BEGIN")
    #expect(try reader.integer("SELECT COUNT(*) FROM event") == 1)
    _ = try ledger.commit(batch, to: .known(source: source))
    #expect(try reader.integer("SELECT COUNT(*) FROM event") == 1)
    try reader.execute("COMMIT")
    #expect(try reader.integer("SELECT COUNT(*) FROM event") == 5001)
  }

  @Test func `every error says what happened, what was kept and what to do`() {
    for (code, words) in [
      (Int32(10 | 3 << 8), "failed at writing"), (10 | 4 << 8, "failed at syncing"),
      (7, "not enough memory"), (13, "the disk is full"), (8, "may not be written"),
      (5, "held by another program"), (11, "is damaged"), (14, "cannot be opened"),
    ] {
      let error = StoreError(
        SQLiteError(code: code, message: "m"), path: "a.db", while: .importing)
      #expect(error.message.contains(words))
      #expect(error.hint != nil)
    }
  }

  private func message<Result>(_ work: () throws -> Result) -> String? {
    do {
      _ = try work()
      return nil
    } catch {
      return (error as? StoreError)?.message ?? "\(error)"
    }
  }
}

extension BatchMaker {
  /// The batch as an importer that starts anew would make it.
  fileprivate static func again(_ batch: Batch) -> Batch {
    let responses = batch.rows.indices.map { Response(time: Int64($0), requestID: "id-\($0)") }
    var maker = BatchMaker()
    return maker.batch(at: batch.offset, responses)
  }
}
