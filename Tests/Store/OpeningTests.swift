import Files
import Foundation
import SQLite
import Testing

@testable import Store

@Suite struct OpeningTests {
  @Test func `a store is made once, and opening it again changes nothing`() throws {
    let temporary = try TemporaryStore()
    let first = try StoreLedger(temporary.store)
    first.close()
    let schema = try temporary.integer("PRAGMA schema_version")
    let second = try StoreLedger(temporary.store)
    #expect(second.seed == first.seed)
    #expect(try temporary.integer("PRAGMA schema_version") == schema)
    #expect(
      try temporary.table("SELECT * FROM pragma_application_id, pragma_user_version") == """
        application_id  user_version
        1701999201      5
        """)
    #expect(try temporary.integer("SELECT COUNT(*) FROM kind") == 16)
  }

  @Test func `every store hashes ids in its own way`() throws {
    #expect(
      try StoreLedger(TemporaryStore().store).seed != StoreLedger(TemporaryStore().store).seed)
  }

  @Test func `the tables are strict, and only the views are for everyone`() throws {
    let temporary = try TemporaryStore()
    _ = try StoreLedger(temporary.store)
    #expect(
      try temporary.table(
        """
        SELECT type, name FROM pragma_table_list
          WHERE NOT strict AND schema = 'main' AND name <> 'sqlite_schema' ORDER BY name
        """) == """
          type  name
          view  batches
          view  events
          view  minutes
          view  traffic
          """)
  }

  @Test func `a store, its log and its lock are its owner's alone`() throws {
    let temporary = try TemporaryStore()
    let ledger = try StoreLedger(Store(path: temporary.folder + "/deep/er/errata.db"))
    var maker = BatchMaker()
    _ = try ledger.commit(maker.batch([Response()]), to: newLog())
    let modes = try ["/deep", "/deep/er"].map { try mode(temporary.folder + $0) }
    #expect(modes == [0o700, 0o700])
    for ending in ["", "-wal", "-shm", ".lock"] {
      #expect(try mode(temporary.folder + "/deep/er/errata.db" + ending) == 0o600, "\(ending)")
    }
  }

  @Test func `the writer keeps a log ahead and waits for the disk`() throws {
    let temporary = try TemporaryStore()
    let writer = try temporary.store.openForWriting(WriteLock(store: temporary.path))
    #expect(try writer.text("PRAGMA journal_mode") == "wal")
    #expect(try writer.integer("PRAGMA synchronous") == 2)
  }

  @Test func `a migration that fails leaves nothing behind`() throws {
    let temporary = try TemporaryStore()
    let connection = try Connection(path: temporary.path, access: .write)
    try connection.execute("CREATE VIEW traffic AS SELECT 1")
    #expect(throws: SQLiteError.self) { try Schema.migrate(connection) }
    #expect(
      try temporary.table("SELECT name FROM sqlite_schema") == """
        name
        traffic
        """)
    #expect(try temporary.integer("PRAGMA user_version") == 0)
  }

  @Test func `a store of a newer errata is refused by both sides`() throws {
    let temporary = try TemporaryStore()
    _ = try StoreLedger(temporary.store)
    try temporary.tamper("PRAGMA user_version = 99")
    let message =
      "the store \(temporary.path) was made by a newer errata (format 99, this one knows 5)"
    #expect(refusal { try StoreReader(temporary.store) } == message)
    #expect(refusal { try StoreLedger(temporary.store) } == message)
    #expect(refusal { try Verification(temporary.store) } == message)
  }

  @Test func `another program's database is refused and left as it is`() throws {
    let temporary = try TemporaryStore()
    try temporary.tamper("CREATE TABLE note(text)")
    let before = try Data(contentsOf: URL(filePath: temporary.path))
    let message = "\(temporary.path) is no errata store (another program made it)"
    #expect(refusal { try StoreReader(temporary.store) } == message)
    #expect(refusal { try StoreLedger(temporary.store) } == message)
    #expect(try Data(contentsOf: URL(filePath: temporary.path)) == before)
  }

  @Test func `another program's database without tables is refused as well`() throws {
    let temporary = try TemporaryStore()
    try temporary.tamper("PRAGMA application_id = 7")
    #expect(
      refusal { try StoreLedger(temporary.store) }
        == "\(temporary.path) is no errata store (another program made it)")
    #expect(try temporary.integer("PRAGMA application_id") == 7)
  }

  @Test func `a file that is no database is refused`() throws {
    let temporary = try TemporaryStore()
    let text = String(repeating: "{\"status\":429}\n", count: 100)
    try text.write(toFile: temporary.path, atomically: false, encoding: .utf8)
    let message = "\(temporary.path) is no errata store (it is no SQLite file)"
    #expect(refusal { try StoreReader(temporary.store) } == message)
    #expect(refusal { try StoreLedger(temporary.store) } == message)
    #expect(try String(contentsOfFile: temporary.path, encoding: .utf8) == text)
  }

  @Test func `an empty file holds nothing to read, but can become a store`() throws {
    let temporary = try TemporaryStore()
    try Data().write(to: URL(filePath: temporary.path))
    #expect(
      refusal { try StoreReader(temporary.store) }
        == "\(temporary.path) is empty, and no errata store yet")
    _ = try StoreLedger(temporary.store)
    _ = try StoreReader(temporary.store)
    #expect(try mode(temporary.path) == 0o600)
  }

  @Test func `what is not there, or a folder, is said to be so`() throws {
    let temporary = try TemporaryStore()
    #expect(
      refusal { try StoreReader(temporary.store) } == "there is no store at \(temporary.path) yet")
    let folder = Store(path: temporary.folder)
    let message = "\(temporary.folder) is a folder"
    #expect(refusal { try StoreReader(folder) } == message)
    #expect(refusal { try StoreLedger(folder) } == message)
  }

  @Test func `a name is never taken for anything but a file`() throws {
    let temporary = try TemporaryStore()
    let store = Store(path: temporary.folder + "/a?mode=memory#%41 é.db")
    _ = try StoreLedger(store)
    #expect(store.exists)
    _ = try StoreReader(store)
  }
}

/// What a store that cannot be used is said to be.
private func refusal<Result>(_ work: () throws -> Result) -> String? {
  do {
    _ = try work()
    return nil
  } catch let error as StoreError {
    return error.message
  } catch {
    return "\(error)"
  }
}

private func mode(_ path: String) throws -> Int {
  let attributes = try FileManager.default.attributesOfItem(atPath: path)
  return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
}
