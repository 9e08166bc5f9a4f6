internal import Files
internal import Glibc
internal import SQLite

/// A copy of a store as it was at one moment, also while others write to it.
package struct Backup: Sendable {
  /// Bytes of the copy.
  package let size: Int64

  /// Writes a copy to `path`. It is there when it is whole, proven and on the disk, and not before;
  /// `isWanted` is asked now and then whether to go on.
  package init(
    of store: Store, to path: String, overwriting: Bool, isWanted: @escaping () -> Bool = { true }
  ) throws {
    let connection = try store.openForReading()
    try Backup.check(path, against: store, overwriting: overwriting)
    let draft = try Backup.naming(path) { () throws(SystemError) in
      // Private, whoever may read what stands there.
      try FileDraft(of: path, mode: 0o600)
    }
    do {
      connection.goOn(while: isWanted)
      // An empty file is filled: <https://www.sqlite.org/lang_vacuum.html#vacuuminto>
      let copy = try connection.prepare("VACUUM INTO ?")
      copy.bind(Connection.uri(PathText.bytes(of: draft.path)), at: 1)
      try copy.run()
    } catch let error as SQLiteError where error.isInterrupted {
      throw Interrupted()
    } catch let error as SQLiteError {
      throw StoreError(error, copying: store.path, to: path)
    }
    try Backup.prove(draft.path)
    guard isWanted() else { throw Interrupted() }
    size = Store(path: draft.path).size
    try Backup.check(path, against: store, overwriting: overwriting)
    try Backup.naming(path) { () throws(SystemError) in try draft.place(isPromised: true) }
  }

  /// Nothing is overwritten by accident, and a store in use never.
  private static func check(_ path: String, against store: Store, overwriting: Bool) throws {
    let spot = FileSpot(path: path)
    guard spot == nil || !store.files.contains(where: { FileSpot(path: $0) == spot }) else {
      throw StoreError(
        "\(path) \(FileSpot(path: store.path) == spot ? "is the store itself" : "belongs to the store")",
        hint: "name another file, best on another disk")
    }
    if let kind = FileKind(path: path), kind != .file {
      throw StoreError("\(path) is \(kind.words)", hint: "name the file that the copy goes to")
    }
    if (try? StoreReader(store).hasLog(at: path)) == true {
      throw StoreError(
        "\(path) is a log that the store was made from",
        hint: "name another file, best on another disk")
    }
    // What is left in them would be taken for a part of the copy.
    let copy = Store(path: path)
    for file in [copy.place + "-wal", copy.place + "-journal"] where Store(path: file).size > 0 {
      throw StoreError(
        "\(path) is a store in use: \(file) belongs to it", hint: "name another file")
    }
    if case .taken = spot, !overwriting {
      throw StoreError(
        "\(path) is there already", hint: .overwrite)
    }
  }

  private static func naming<Result>(
    _ path: String, _ work: () throws(SystemError) -> Result
  ) throws -> Result {
    do throws(SystemError) {
      return try work()
    } catch {
      throw StoreError(
        "\(path) cannot be written: \(error)",
        hint: [ENOSPC, EDQUOT].contains(error.code)
          ? "free some room there, or name a file on another disk"
          : "check that its folder exists and may be written: the copy is made beside it")
    }
  }

  /// SQLite finds no fault in the copy, and nothing in it is lost or doubled.
  private static func prove(_ path: String) throws {
    let problems = try Verification(Store(path: path)).problems
    guard let first = problems.first else { return }
    throw StoreError(
      "the copy is not sound, and was thrown away: \(first)",
      hint: .verify)
  }
}

/// Someone wanted the work to stop.
package struct Interrupted: Error {}

extension StoreError {
  fileprivate init(_ error: SQLiteError, copying store: String, to path: String) {
    if error.isFull || error.isInputOutput || error.cannotOpen {
      self.init(
        "the copy cannot be written to \(path): \(error.message)",
        hint: "free some room there, or name a file on another disk; the store is as it was")
    } else {
      self.init(error, path: store, while: .reading)
    }
  }
}
