package import SQLite
internal import Glibc

/// A store: one SQLite file, with its lock file beside it.
package struct Store: Sendable {
  package let path: String

  package init(path: String) {
    self.path = path
  }

  /// The files that belong to the store.
  package var files: [String] { ["", "-wal", "-shm", "-journal", ".lock"].map { path + $0 } }

  package var exists: Bool { access(path, F_OK) == 0 }

  /// `$XDG_DATA_HOME/errata/errata.db`; nil without a home.
  package static var defaultPath: String? {
    if let data = variable("XDG_DATA_HOME") { return data + "/errata/errata.db" }
    return variable("HOME").map { $0 + "/.local/share/errata/errata.db" }
  }

  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// A connection that reads, for queries of our own.
  package func openForReading() throws -> Connection {
    guard exists else {
      throw StoreError(
        "there is no store at \(path) yet",
        hint: "import a log first: errata import access.log")
    }
    do {
      let connection: Connection
      do {
        connection = try Connection(path: path, access: .read)
        try check(connection)
      } catch let error as SQLiteError where error.cannotOpen && access(path + "-wal", F_OK) != 0 {
        // A WAL store in a folder that may not be written can be read as long as nobody writes it.
        let still = try Connection(path: path, access: .immutable)
        try check(still)
        return still
      }
      return connection
    } catch let error as SQLiteError {
      throw StoreError(error, path: path)
    }
  }

  /// A connection that writes, to a store that is made if need be.
  func openForWriting(_ lock: WriteLock) throws -> Connection {
    do {
      return try lock.hold {
        let mask = umask(0o077)
        defer { umask(mask) }
        let connection = try Connection(path: path, access: .write)
        let isNew = try connection.integer("PRAGMA schema_version") == 0
        if !isNew { try check(connection) }
        for pragma in [
          "cell_size_check = ON", "foreign_keys = OFF", "cache_size = -16384",
          "journal_size_limit = 16777216", "wal_autocheckpoint = 4000",
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

  /// Refuses what is no store, or one of a newer errata.
  private func check(_ connection: Connection) throws {
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
  }

  /// Makes the folders a new store needs, for its owner alone.
  package func makeFolder() throws {
    var made = ""
    for part in path.split(separator: "/").dropLast() {
      made += (made.isEmpty && !path.hasPrefix("/") ? "" : "/") + part
      if mkdir(made, 0o700) != 0, errno != EEXIST {
        throw StoreError(
          "the folder \(made) cannot be made: \(String(cString: strerror(errno)))",
          hint: "choose another place with --store")
      }
    }
  }
}
