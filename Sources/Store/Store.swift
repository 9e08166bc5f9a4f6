internal import Files
internal import Glibc
package import SQLite

/// A store: one SQLite file, with its lock file beside it.
package struct Store: Sendable {
  /// As it was named.
  package let path: String
  /// Where it stands: SQLite follows links, and names what it keeps beside the file after that.
  let place: String
  let volume: Volume

  package init(path: String) {
    self.init(path: path, volume: Volume(of: path))
  }

  init(path: String, volume: Volume) {
    self.path = path
    self.volume = volume
    place = (try? FilePath.target(of: path)) ?? path
  }

  /// The files that belong to the store.
  package var files: [String] {
    ["", "-wal", "-shm", "-journal", ".lock", PushLock.ending, OutboxLock.ending].map { place + $0 }
  }

  /// The views, as a sentence has them.
  package static var views: String { Views.sentence }

  package var exists: Bool { path.withPath { access($0, F_OK) } == 0 }

  /// `$XDG_DATA_HOME/errata/errata.db`; nil without a home.
  package static var defaultPath: String? {
    if let data = variable("XDG_DATA_HOME") { return data + "/errata/errata.db" }
    return variable("HOME").map { $0 + "/.local/share/errata/errata.db" }
  }

  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return PathText.text(of: value)
  }

  /// A connection that reads, for queries of our own.
  package func openForReading() throws -> Connection {
    guard exists else {
      throw StoreError(
        "there is no store at \(path) yet",
        hint: .importFirst)
    }
    try checkFiles()
    do {
      let connection = try readable()
      guard try connection.integer("PRAGMA user_version") ?? 0 < Schema.version else {
        return connection
      }
      try upgrade()
      return try readable()
    } catch let error as SQLiteError {
      throw StoreError(error, path: path, while: .reading)
    }
  }

  private func readable() throws -> Connection {
    do {
      return try checked(Connection(name: PathText.bytes(of: path), access: .read))
    } catch let error as SQLiteError
      where (error.cannotOpen || error.isReadOnly || error.isFull)
      && Store(path: place + "-wal").size == 0
    {
      // A WAL store in a folder that may not be written, or has no room, can be read as long as
      // nobody writes it.
      return try checked(Connection(name: PathText.bytes(of: path), access: .immutable))
    }
  }

  /// Brings a store of an older errata up to date.
  private func upgrade() throws {
    do {
      // A migration writes a long log, which every reader would look through.
      try StoreWriter(self, for: .reading).rest()
    } catch let error as StoreError {
      throw StoreError(
        "the store \(path) was made by an older errata, and cannot be brought up to date: "
          + error.message, hint: error.hint)
    }
  }

  /// A connection that writes, to a store that is made if need be.
  func openForWriting(_ lock: WriteLock, for doing: Doing = .importing) throws -> Connection {
    try checkFiles()
    do {
      return try lock.hold {
        let connection = try Connection(name: PathText.bytes(of: path), access: .write)
        if try isBlank(connection) {
          // Its owner's alone from before anything is in it; what stands beside it follows suit.
          _ = path.withPath { chmod($0, 0o600) }
        } else {
          _ = try checked(connection)
        }
        try prepare(connection)
        try Schema.migrate(connection)
        try Setting.noteRelease(connection)
        return connection
      }
    } catch let error as SQLiteError {
      throw StoreError(error, path: path, while: doing)
    }
  }

  /// Settings of every connection that writes, and the journal that fits the file system.
  private func prepare(_ connection: Connection) throws {
    for pragma in [
      "page_size = 16384", "cell_size_check = ON", "foreign_keys = OFF", "cache_size = -16384",
      "journal_size_limit = 16777216", "wal_autocheckpoint = 1000",
    ] {
      try connection.execute("PRAGMA \(pragma)")
    }
    if volume == .local, try connection.text("PRAGMA journal_mode = WAL") == "wal" {
      try connection.execute("PRAGMA synchronous = FULL")
      return
    }
    // Whoever is alone needs no shared memory to leave a write-ahead log:
    // <https://www.sqlite.org/wal.html#noshm>
    try connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    let mode = try connection.text("PRAGMA journal_mode = TRUNCATE")
    try connection.execute("PRAGMA locking_mode = NORMAL")
    _ = try connection.integer("SELECT COUNT(*) FROM sqlite_schema")
    guard mode == "truncate" else {
      throw StoreError(
        "the store \(path) is on a file system without shared memory",
        hint: .chooseLocalDisk)
    }
    try connection.execute("PRAGMA synchronous = FULL")
  }

  /// What a writer should know about where the store stands.
  func notice(_ connection: Connection) throws -> String? {
    guard try connection.text("PRAGMA journal_mode") != "wal" else { return nil }
    let system = if case .network(let name) = volume { " (\(name))" } else { "" }
    return
      "the store \(path) is on a file system that other machines may share\(system): it is written "
      + "more slowly, and nobody can read it while a batch is stored"
  }

  /// Which file stands at the path; nil when none does.
  func identity() throws -> FileIdentity? {
    if let identity = FileIdentity(path: path) { return identity }
    guard errno == ENOENT || errno == ENOTDIR else {
      throw StoreError(
        "the store \(path) cannot be looked at: \(String(cString: strerror(errno))); what was in "
          + "flight was not stored, all before it was",
        hint: "once the disk is well, run the same command again: nothing is stored twice")
    }
    return nil
  }

  /// Throws when the file that was opened is not at its path any more.
  func checkIsStill(_ opened: FileIdentity?) throws {
    let now = try identity()
    if let now, now == opened { return }
    let rest = now == nil ? "a new store" : "with what is there now"
    throw StoreError(
      "the store \(path) was \(now == nil ? "deleted or moved" : "replaced") while it was being written; "
        + "the batch in flight was not stored, and what was stored before went where that file went",
      hint: "put it back, or run the same command again: it starts \(rest)")
  }

  /// Refuses what is no file, at its place or beside it: to open a pipe would wait for ever.
  func checkFiles() throws {
    for file in files {
      guard let kind = FileKind(path: file), kind != .file else { continue }
      if file != place {
        throw StoreError(
          "\(file) is \(kind.words), where the store \(path) has a file of its own",
          hint: .moveAway)
      }
      throw kind == .folder
        ? StoreError("\(path) is a folder", hint: .chooseFileInside)
        : StoreError(
          "\(path) is \(kind.words), and no store", hint: .chooseFile)
    }
  }

  /// Refuses what is no store, or one of a newer errata.
  private func checked(_ connection: Connection) throws -> Connection {
    if try isBlank(connection) {
      throw StoreError(
        "\(path) is empty, and no errata store yet",
        hint: .importFirst)
    }
    let application = try connection.integer("PRAGMA application_id")
    let version = try connection.integer("PRAGMA user_version") ?? 0
    guard application == Schema.application else {
      throw StoreError(
        "\(path) is no errata store (another program made it)",
        hint: .chooseFile)
    }
    guard version > 0 else {
      throw connection.impossible("its format is \(version)")
    }
    if try isOfOtherBuild(connection, version) {
      throw StoreError(
        "the store \(path) was made by an older build of errata, and is laid out otherwise",
        hint: .importAgain)
    }
    guard version <= Schema.version else {
      throw StoreError(
        "the store \(path) was made by a newer errata (format \(version), this one knows \(Schema.version))",
        hint: .useNewer)
    }
    return connection
  }

  /// Whether a format that is known here was made by other SQL. Where that cannot be read, whoever
  /// goes on finds out what is wrong.
  private func isOfOtherBuild(_ connection: Connection, _ version: Int64) throws -> Bool {
    do {
      guard let schema = try Setting.schema(connection) else {
        _ = try Setting.seed(connection)
        return true
      }
      return version <= Schema.version
        && schema != Schema.digest(of: Schema.formats.prefix(Int(version)))
    } catch let error as SQLiteError where error.isCorrupt || error.isMistake {
      return false
    }
  }

  /// Whether there is nothing yet: an empty file, or one whose making was interrupted.
  private func isBlank(_ connection: Connection) throws -> Bool {
    try ["schema_version", "application_id", "user_version"].allSatisfy {
      try connection.integer("PRAGMA \($0)") == 0
    }
  }

  /// Makes the folders a new store needs, for its owner alone.
  package func makeFolder() throws {
    var made = ""
    for part in place.split(separator: "/").dropLast() {
      made += (made.isEmpty && !place.hasPrefix("/") ? "" : "/") + part
      if made.withPath({ mkdir($0, 0o700) }) != 0, errno != EEXIST {
        throw StoreError(
          "the folder \(made) cannot be made: \(String(cString: strerror(errno)))",
          hint: .choosePlace)
      }
    }
  }
}
