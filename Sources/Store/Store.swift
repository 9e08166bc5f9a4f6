package import SQLite
internal import Events
internal import Glibc

/// A store: one SQLite file, with its lock file beside it.
package struct Store: Sendable {
  package let path: String

  package init(path: String) {
    self.path = path
  }

  /// The files that belong to the store.
  package var files: [String] { ["", "-wal", "-shm", "-journal", ".lock"].map { path + $0 } }

  package var exists: Bool { path.withPath { access($0, F_OK) } == 0 }

  /// Whether there is a write-ahead log beside it.
  private var hasLog: Bool { (path + "-wal").withPath { access($0, F_OK) } == 0 }

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
        hint: "import a log first: errata import access.log")
    }
    try refuseFolder()
    do {
      do {
        return try checked(Connection(name: PathText.bytes(of: path), access: .read))
      } catch let error as SQLiteError where error.cannotOpen && !hasLog {
        // A WAL store in a folder that may not be written can be read as long as nobody writes it.
        return try checked(Connection(name: PathText.bytes(of: path), access: .immutable))
      }
    } catch let error as SQLiteError {
      throw StoreError(error, path: path)
    }
  }

  /// A connection that writes, to a store that is made if need be.
  func openForWriting(_ lock: WriteLock) throws -> Connection {
    try refuseFolder()
    do {
      return try lock.hold {
        let connection = try Connection(name: PathText.bytes(of: path), access: .write)
        if try isBlank(connection) {
          // Its owner's alone from before anything is in it; what stands beside it follows suit.
          _ = path.withPath { chmod($0, 0o600) }
        } else {
          _ = try checked(connection)
        }
        for pragma in [
          "cell_size_check = ON", "foreign_keys = OFF", "cache_size = -16384",
          "journal_size_limit = 16777216", "wal_autocheckpoint = 2000",
        ] {
          try connection.execute("PRAGMA \(pragma)")
        }
        guard try connection.text("PRAGMA journal_mode = WAL") == "wal" else {
          throw StoreError(
            "the store \(path) is on a file system without shared memory",
            hint: "put it on a local disk with --store")
        }
        try connection.execute("PRAGMA synchronous = FULL")
        try Schema.migrate(connection)
        return connection
      }
    } catch let error as SQLiteError {
      throw StoreError(error, path: path)
    }
  }

  private func refuseFolder() throws {
    var status = stat()
    guard path.withPath({ stat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      return
    }
    throw StoreError("the store \(path) is a folder", hint: "name a file in it with --store")
  }

  /// Refuses what is no store, or one of a newer errata.
  private func checked(_ connection: Connection) throws -> Connection {
    if try isBlank(connection) {
      throw StoreError(
        "\(path) is empty, and no errata store yet",
        hint: "import a log first: errata import access.log")
    }
    let application = try connection.integer("PRAGMA application_id")
    let version = try connection.integer("PRAGMA user_version") ?? 0
    guard application == Schema.application else {
      throw StoreError(
        "\(path) is no errata store (another program made it)",
        hint: "choose another file with --store")
    }
    guard version <= Schema.version else {
      throw StoreError(
        "the store \(path) was made by a newer errata (format \(version), this one knows \(Schema.version))",
        hint: "use the newer errata, or another file with --store")
    }
    return connection
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
    for part in path.split(separator: "/").dropLast() {
      made += (made.isEmpty && !path.hasPrefix("/") ? "" : "/") + part
      if made.withPath({ mkdir($0, 0o700) }) != 0, errno != EEXIST {
        throw StoreError(
          "the folder \(made) cannot be made: \(String(cString: strerror(errno)))",
          hint: "choose another place with --store")
      }
    }
  }
}
