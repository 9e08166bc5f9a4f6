internal import Files
internal import Glibc

/// A lock file beside the store: whoever writes or checkpoints holds it.
///
/// Debian's SQLite can corrupt a WAL store when two connections write or checkpoint at the same
/// moment (<https://www.sqlite.org/wal.html#walresetbug>); so they never do.
final class WriteLock {
  private let path: String
  private var descriptor: Int32
  /// Called once, when waiting takes long.
  var onWait: () -> Void = {}

  init(store: String) throws {
    path = store + ".lock"
    descriptor = try WriteLock.open(path)
  }

  private static func open(_ path: String) throws -> Int32 {
    let descriptor = path.withPath { Glibc.open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
    guard descriptor >= 0 else {
      throw StoreError(
        "the lock file \(path) cannot be opened: \(String(cString: strerror(errno)))",
        hint: [ENOSPC, EDQUOT].contains(errno)
          ? "free some room and run the same command again"
          : "check that the store's folder exists and may be written")
    }
    return descriptor
  }

  deinit {
    close(descriptor)
  }

  /// Runs `work` while no one else writes.
  func hold<Result>(_ work: () throws -> Result) throws -> Result {
    try take()
    // A lock on a file that was deleted keeps nobody out.
    while try !isInPlace() {
      let made = try WriteLock.open(path)
      close(descriptor)
      descriptor = made
      try take()
    }
    defer { flock(descriptor, LOCK_UN) }
    return try work()
  }

  /// Whether the file that is locked is the one that others find.
  private func isInPlace() throws -> Bool {
    let there = FileIdentity(path: path)
    if there == nil, errno == ENOENT { return false }
    guard let there, let own = FileIdentity(descriptor: descriptor) else {
      throw StoreError(
        "the lock file \(path) cannot be looked at: \(String(cString: strerror(errno)))",
        hint: "once the disk is well, run the same command again: nothing is stored twice")
    }
    return there == own
  }

  private func take() throws {
    var waited = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw StoreError("the store cannot be locked: \(String(cString: strerror(errno)))")
      }
      usleep(5000)
      waited += 1
      if waited == 400 { onWait() }
    }
  }
}
