internal import Files
internal import SQLite

/// A connection that writes, with the lock that keeps others out meanwhile.
final class StoreWriter {
  let store: Store
  let connection: Connection
  private let lock: WriteLock
  private let doing: Doing
  /// The file that was opened.
  private let identity: FileIdentity?
  /// Where the write-ahead log is cut back, in bytes.
  private var longestLog = StoreWriter.longLog
  private static let longLog: Int64 = 32 << 20

  /// `onWait` is called when another writer takes long.
  init(_ store: Store, for doing: Doing, onWait: @escaping () -> Void = {}) throws {
    self.store = store
    self.doing = doing
    try store.checkFiles()
    lock = try WriteLock(store: store.place)
    lock.onWait = onWait
    connection = try store.openForWriting(lock, for: doing)
    identity = try store.identity()
  }

  /// Does `work` in one transaction, while no one else writes, in the file that was opened.
  func write<Result>(_ work: () throws -> Result) throws -> Result {
    try alone {
      let result = try connection.transaction(work)
      cutLog()
      return result
    }
  }

  /// Readers that overlap all the time keep SQLite from ever beginning its log anew: when it has
  /// grown long, those of the moment are waited for. With one that takes long, the log may grow
  /// further.
  private func cutLog() {
    let size = Store(path: store.place + "-wal").size
    guard size > longestLog else { return }
    let isHeld = (try? connection.integer("PRAGMA wal_checkpoint(RESTART)")) != 0
    longestLog = isHeld ? size + StoreWriter.longLog / 2 : StoreWriter.longLog
  }

  /// Does `work`, which has no transaction of its own, while no one else writes.
  func alone<Result>(for doing: Doing? = nil, _ work: () throws -> Result) throws -> Result {
    do {
      return try lock.hold {
        try store.checkIsStill(identity)
        return try work()
      }
    } catch let error as SQLiteError {
      throw StoreError(error, path: store.path, while: doing ?? self.doing)
    }
  }

  /// Brings the file to rest: what is in the write-ahead log goes into the store proper.
  func rest() {
    _ = try? lock.hold { try connection.execute("PRAGMA wal_checkpoint(TRUNCATE)") }
  }
}
