internal import Glibc
internal import Synchronization

/// The draft that is being written, one at a time, so that a signal which ends the program can
/// remove it.
package enum UnfinishedFile {
  /// Its name, as the system takes it. The room stays: a signal may come at any moment.
  private nonisolated(unsafe) static let name = {
    let name = UnsafeMutablePointer<CChar>.allocate(capacity: size)
    name.initialize(repeating: 0, count: size)
    return name
  }()
  private static let size = Int(PATH_MAX)
  private static let isThere = Atomic(false)

  static func begin(_ path: String) {
    isThere.store(false, ordering: .sequentiallyConsistent)
    // What the system has opened is no longer than that.
    path.withPath { _ = strncpy(name, $0, size - 1) }
    isThere.store(true, ordering: .sequentiallyConsistent)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
      var action = sigaction()
      // Whoever listens already calls `remove` when it ends the program.
      guard sigaction(number, nil, &action) == 0, action.__sigaction_handler.sa_handler == nil
      else { continue }
      signal(number) { number in
        UnfinishedFile.remove()
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }

  /// It has its name now.
  static func end() {
    isThere.store(false, ordering: .sequentiallyConsistent)
  }

  /// Does only what a signal's handler may do.
  package static func remove() {
    let wasThere = isThere.exchange(false, ordering: .sequentiallyConsistent)
    if wasThere { unlink(name) }
  }
}
