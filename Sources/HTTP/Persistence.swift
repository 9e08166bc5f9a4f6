internal import Glibc

/// How often something is tried again that may go well later: until its time is over.
package struct Persistence {
  private var backoff = Backoff()
  private let start = Persistence.milliseconds
  private let patience: Int64

  /// - Parameter patience: milliseconds from now on, after which nothing is begun.
  package init(_ patience: Int64) { self.patience = patience }

  /// How long to wait until the next try, in milliseconds; nil where that would be too late.
  ///
  /// - Parameter asked: how long the server wants to be left alone.
  package mutating func wait(asked: Int64?) -> Int64? {
    let wait = backoff.wait(asked: asked)
    return wait < patience - (Persistence.milliseconds - start) ? wait : nil
  }

  /// Waits, unless someone wants it to end; says whether it was waited.
  ///
  /// - Parameter isOver: whether there is nothing more to wait for.
  package static func rest(
    _ milliseconds: Int64, unless isOver: () -> Bool = { false }, isStopped: () -> Bool
  ) -> Bool {
    let end = Persistence.milliseconds + milliseconds
    while Persistence.milliseconds < end, !isOver() {
      if isStopped() { return false }
      usleep(20_000)
    }
    return true
  }

  /// Of a clock that only goes forward.
  private static var milliseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
