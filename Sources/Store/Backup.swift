internal import Events
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
    let partial = "\(path).\(getpid()).partial"
    let descriptor = open(partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Backup.failure("made", path) }
    defer {
      close(descriptor)
      unlink(partial)
    }
    do {
      connection.goOn(while: isWanted)
      // An empty file is filled: <https://www.sqlite.org/lang_vacuum.html#vacuuminto>
      let copy = try connection.prepare("VACUUM INTO ?")
      copy.bind(partial, at: 1)
      try copy.run()
    } catch let error as SQLiteError where error.isInterrupted {
      throw Interrupted()
    } catch let error as SQLiteError {
      throw StoreError(error, copying: store.path, to: path)
    }
    try Backup.prove(partial)
    guard fsync(descriptor) == 0 else { throw Backup.failure("written", path) }
    var status = stat()
    fstat(descriptor, &status)
    size = Int64(status.st_size)
    try Backup.check(path, against: store, overwriting: overwriting)
    guard rename(partial, path) == 0 else { throw Backup.failure("given its name", path) }
    Backup.sync(folderOf: path)
  }

  /// Nothing is overwritten by accident, and a store in use never.
  private static func check(_ path: String, against store: Store, overwriting: Bool) throws {
    let identity = FileIdentity(path: path)
    guard identity == nil || !store.files.contains(where: { FileIdentity(path: $0) == identity })
    else {
      throw StoreError(
        "\(path) is the store itself", hint: "name another file, best on another disk")
    }
    var status = stat()
    if path.withPath({ stat($0, &status) }) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw StoreError("\(path) is no file", hint: "name the file that the copy goes to")
    }
    // What is left in them would be taken for a part of the copy.
    for ending in ["-wal", "-journal"] where Store(path: path + ending).size > 0 {
      throw StoreError(
        "\(path) is a store in use: \(path)\(ending) belongs to it", hint: "name another file")
    }
    if identity != nil, !overwriting {
      throw StoreError(
        "\(path) is there already", hint: "name another file, or overwrite it with --force")
    }
  }

  /// SQLite finds no fault in the copy, and nothing in it is lost or doubled.
  private static func prove(_ path: String) throws {
    let problems = try Verification(Store(path: path)).problems
    guard let first = problems.first else { return }
    throw StoreError(
      "the copy is not sound, and was thrown away: \(first)",
      hint: "run errata verify: the store itself may be damaged")
  }

  private static func sync(folderOf path: String) {
    let end = path.lastIndex(of: "/")
    let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let descriptor = folder.withPath { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func failure(_ doing: String, _ path: String) -> StoreError {
    StoreError(
      "\(path) cannot be \(doing): \(String(cString: strerror(errno)))",
      hint: "check that its folder exists and may be written")
  }
}

/// Someone wanted the work to stop.
package struct Interrupted: Error {}

extension StoreError {
  fileprivate init(_ error: SQLiteError, copying store: String, to path: String) {
    if error.isFull || error.isInputOutput {
      self.init(
        "the copy cannot be written to \(path): \(error.message)",
        hint: "free some room there, or name a file on another disk; the store is as it was")
    } else {
      self.init(error, path: store, while: .reading)
    }
  }
}
