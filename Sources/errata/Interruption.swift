internal import Files
internal import Glibc
internal import Synchronization

/// The first Ctrl-C (or SIGTERM) lets the batch in flight be stored; the second ends at once, which
/// is safe as well.
enum Interruption {
  /// The signal that came; 0 for none.
  private static let received = Atomic<Int32>(0)
  private static let writeEnd = Atomic<Int32>(-1)

  /// The first signal that came.
  static var signal: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Listens from now on; gives a descriptor that becomes readable with the first signal, so that
  /// what waits for bytes need not wait on. (-1 when there are no descriptors left: then it does.)
  @discardableResult
  static func watch() -> Int32 {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 { writeEnd.store(ends[1], ordering: .relaxed) }
    // Whoever started this may have blocked them for itself.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&signals, number)
      Glibc.signal(number) { number in
        if Interruption.received.exchange(number, ordering: .relaxed) != 0 {
          UnfinishedFile.remove()
          Glibc.signal(number, SIG_DFL)
          raise(number)
        }
        var byte: UInt8 = 0
        write(Interruption.writeEnd.load(ordering: .relaxed), &byte, 1)
      }
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    return ends[0]
  }
}
