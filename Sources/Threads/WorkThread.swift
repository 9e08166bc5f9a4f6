internal import Glibc

/// A thread that works beside the one that started it.
package struct WorkThread: Sendable {
  private let thread: pthread_t

  private final class Work {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
      self.run = run
    }
  }

  /// Nil where the machine, or its user, has too many threads.
  package init?(_ run: @escaping @Sendable () -> Void) {
    let work = Unmanaged.passRetained(Work(run))
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, work.toOpaque())
    guard failure == 0 else {
      work.release()
      return nil
    }
    self.thread = thread
  }

  /// Waits until its work is done. Either this or `detach` must be called, once.
  package func join() {
    pthread_join(thread, nil)
  }

  /// Lets it work on with nobody waiting for it.
  package func detach() {
    pthread_detach(thread)
  }

  /// How many threads can work at the same moment: as many as there are cores.
  package static let atOnce = max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1)
}
