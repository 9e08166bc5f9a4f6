internal import Files
internal import Glibc

/// Held by whoever sends a store elsewhere, so that no two do the same work, or ask for two numbers for
/// one store.
package final class PushLock {
  private let descriptor: Int32

  /// Where nothing may be written beside the store, nobody is kept out.
  package init(_ store: Store) throws {
    let path = store.place + PushLock.ending
    descriptor = path.withPath { open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
    if descriptor < 0 || flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
    throw StoreError(
      "another errata is sending the store \(store.path)",
      hint: "let it go on, or end it first: nothing of what it sent is lost")
  }

  static let ending = ".push"

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }
}
