import Batches
import Checks
import Files
import Glibc
import Ingest
import Profiles
import Reports
import SQLite
import Times

@testable import Store

/// A small store with something in every table, and the logs it was made from; in a folder that goes
/// with the process.
struct StoreSample {
  /// Of the logs and of the copies that are damaged.
  let folder: String
  /// The store as it is: a file that no one has open.
  let bytes: [UInt8]
  let tables: [Table]
  let catalog: Catalog

  /// A table as SQL tells of it.
  struct Table {
    var name: String
    var columns: [(name: String, type: String)]
    /// The columns of its primary key; of a table with row numbers those.
    var key: String
    var rows: Int64
  }

  /// Friday, 6 November 2026, 14:00.
  static let start: Int64 = 1_793_973_600_000

  /// What is removed when the process ends.
  private nonisolated(unsafe) static var made = ""

  init() throws {
    let number = String(1_000_000 + getpid() % 1_000_000)
    folder = (access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp") + "/errata-fuzz-\(number)"
    mkdir(folder, 0o700)
    StoreSample.made = folder
    atexit { StoreSample.removeFolder() }
    catalog = try Catalog()
    let path = folder + "/made.db"
    try StoreSample.make(at: path, in: folder, catalog)
    let connection = try Connection(path: path, access: .write)
    // The same each time, but for what the machine has a say in. No log of the sample is a gzip file, and nothing
    // waits to be told.
    try connection.execute(
      """
      PRAGMA journal_mode = DELETE; PRAGMA page_size = 1024;
      INSERT INTO restart VALUES((SELECT min(rowid) FROM source), 64, 1, 64, 0, 1, x'00');
      INSERT INTO delivery VALUES(1, 'job', 'webhook:/hook', 'key', 1793577600000, 0, 0, x'7B7D');
      UPDATE batch SET committed_ms = \(StoreSample.start)
      """)
    // So few runs have none by themselves.
    try GuideWriter(connection).write(Run.all(on: connection))
    try connection.execute("VACUUM")
    tables = try StoreSample.tables(of: connection)
    bytes = StoreSample.contents(of: path)
  }

  /// A new file in the folder.
  func write(_ bytes: [UInt8], to name: String) -> String {
    let path = folder + "/" + name
    StoreSample.write(bytes, to: path)
    return path
  }

  static func write(_ bytes: [UInt8], to path: String) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    _ = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    close(file)
  }

  /// Bytes of a file, each changed as damage says.
  func change(_ damages: [StoreDamage], in path: String) {
    for case .file(let place, let mask) in damages {
      let file = open(path, O_RDWR | O_CLOEXEC)
      var byte: UInt8 = 0
      if pread(file, &byte, 1, place) == 1 {
        byte ^= max(1, mask)
        _ = pwrite(file, &byte, 1, place)
      }
      close(file)
    }
  }

  func remove(_ path: String) { unlink(path) }

  private static func removeFolder() {
    guard let listing = opendir(made) else { return }
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      unlink(made + "/" + name)
    }
    closedir(listing)
    rmdir(made)
  }

  private static func contents(of path: String) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    let size = Int(lseek(file, 0, SEEK_END))
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(0, pread(file, buffer.baseAddress, size, 0))
    }
  }

  private static func tables(of connection: Connection) throws -> [Table] {
    let names = try connection.prepare(
      "SELECT name, wr FROM pragma_table_list WHERE type = 'table' AND schema = 'main' ORDER BY name"
    )
    var tables: [Table] = []
    while try names.step() {
      guard let name = names.text(0), name != "sqlite_schema" else { continue }
      let columns = try connection.prepare(
        "SELECT name, type, pk FROM pragma_table_info('\(name)') ORDER BY cid")
      var table = Table(name: name, columns: [], key: "rowid", rows: 0)
      var key: [String] = []
      while try columns.step() {
        let column = columns.text(0) ?? ""
        table.columns.append((column, columns.text(1) ?? ""))
        if columns.integer(2) > 0 { key.append("\"\(column)\"") }
      }
      if names.integer(1) != 0 { table.key = key.joined(separator: ", ") }
      table.rows = try connection.integer("SELECT COUNT(*) FROM \"\(name)\"") ?? 0
      tables.append(table)
    }
    return tables
  }
}

// How it is made.
extension StoreSample {
  private static func make(at path: String, in folder: String, _ catalog: Catalog) throws {
    for ending in Store(path: path).files { unlink(ending) }
    let store = Store(path: path)
    try StoreLedger(store).close()
    try Connection(path: path, access: .write).execute(
      "UPDATE setting SET value = 1 WHERE name <> 'schema'")
    let lines = (0..<90).map(line)
    let header = "#Fields: date time cs-method cs-uri-stem sc-status"
    write(
      Array((lines.joined(separator: "\n") + "\n\(header)\n{\"cut\n").utf8), to: folder + "/a.log")
    try add("a.log", in: folder, to: store, catalog)
    // One that branches off.
    let other = lines[..<60].joined(separator: "\n") + "\n" + line(95) + "\n"
    write(Array(other.utf8), to: folder + "/b.log")
    try add("b.log", in: folder, to: store, catalog)
    let ledger = try StoreLedger(store)
    try ledger.lose(
      2,
      gap: Gap(
        source: 2, place: Place(path: folder + "/b.log", device: 1, inode: 1, size: 9_999),
        offset: Int64(other.utf8.count)))
    ledger.close()
    _ = try Pruning(store, before: start + 6 * Milliseconds.minute, counts: false)
    let rules = try ["errors > 1 per 5m by vendor", "limit-hit", "error_rate > 1% per 10m"]
      .map { PlacedRule(try Rule($0)) }
    let check = try RuleCheck(
      Question(StoreReader(store)), rules, at: .clock(now: now, late: Milliseconds.day), job: "job")
    try CheckWriter(store, job: "job").write(check.memory, now: now)
  }

  /// When checks take place.
  static let now = start + 190 * Milliseconds.minute

  static func add(_ name: String, in folder: String, to store: Store, _ catalog: Catalog) throws {
    let ledger = try StoreLedger(store)
    defer { ledger.close() }
    var options = Importer.Options()
    options.workers = 1
    let importer = Importer(ledger: ledger, catalog: catalog, options: options) { _ in true }
    try importer.run(Input.list([folder + "/" + name], excluding: []).inputs)
  }

  /// A line a minute or two, of every sort in turn.
  static func line(_ number: Int) -> String {
    let time = start + Int64(number) * 2 * Milliseconds.minute
    let vendor = number % 3 == 0 ? "zof" : "acme"
    var members = [
      #""vendor":"\#(vendor)""#, #""consumer":"shop-\#(number % 4)""#, #""method":"POST""#,
      #""route":"/v1/things/\#(number % 5)""#, #""request_id":"req_\#(1000 + number)""#,
      #""latency_ms":\#(number).5"#,
    ]
    if number % 29 != 7 { members.append(#""time":"\#(formatTime(time))""#) }
    switch number % 6 {
    case 0: members.append(#""status":200"#)
    case 1:
      members.append(#""status":429,"retry_after":\#(number)"#)
      members.append(#""body":{"error":{"code":"slow_down","message":"wait \#(number) s"}}"#)
    case 2:
      members.append(#""status":503"#)
      members.append(#""body":{"error":{"code":"down","message":"not now"}}"#)
    case 3:
      members.append(#""status":402"#)
      members.append(
        #""body":{"error":{"code":"quota_exceeded","message":"plan limit reached","limit":100}}"#)
    case 4:
      members.append(#""status":200,"response":{"headers":{"X-RateLimit-Limit-Day":"1000","#)
      members[members.count - 1] += #""X-RateLimit-Remaining-Day":"\#(900 - number)"}}"#
    default: members.append(#""status":404,"path":"/v1/things/\#(number)""#)
    }
    return "{\(members.joined(separator: ","))}"
  }
}
