internal import Files
internal import Glibc

/// Held by whoever tells elsewhere what a store remembers, so that no two tell the same. What was begun
/// and not ended when somebody takes it was begun by one who ended meanwhile.
package final class OutboxLock {
  private let descriptor: Int32

  /// Waits for so many milliseconds at most; nil where another one holds it all the time.
  package init?(_ store: Store, patience: Int64) {
    let path = store.place + OutboxLock.ending
    descriptor = path.withPath { open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
    guard descriptor >= 0 else { return nil }
    let end = WallClock.now + patience
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR, WallClock.now < end else {
        close(descriptor)
        return nil
      }
      usleep(50_000)
    }
  }

  static let ending = ".outbox"

  deinit { close(descriptor) }
}
