internal import Glibc
internal import Synchronization

/// The draft that is being written, one at a time: a signal that ends the program takes it along.
package enum UnfinishedFile {
  /// Where its name stands in memory, as the system takes it; 0 for none. The memory stays: a
  /// signal may come at any moment.
  private static let name = Atomic<UInt>(0)

  static func begin(_ path: String) {
    name.store(UInt(bitPattern: path.withPath { strdup($0) }), ordering: .sequentiallyConsistent)
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
    name.store(0, ordering: .sequentiallyConsistent)
  }

  /// Does only what a signal's handler may do.
  package static func remove() {
    let name = UnsafePointer<CChar>(
      bitPattern: name.exchange(0, ordering: .sequentiallyConsistent))
    if let name { unlink(name) }
  }
}
