internal import Files
internal import Glibc
internal import Synchronization

/// The first Ctrl-C (or SIGTERM) lets the batch in flight be stored; a later one ends at once, which
/// is safe as well.
///
/// What comes within a second of the first is the same wish: `timeout` of coreutils sends its signal to
/// the process, and once more to all of its group.
enum Interruption {
  /// The signal that came; 0 for none.
  private static let received = Atomic<Int32>(0)
  /// When it came, in milliseconds of a clock that nobody sets.
  private static let moment = Atomic<Int64>(0)
  private static let writeEnd = Atomic<Int32>(-1)
  /// The end that is listened at.
  private static let readEnd: Int32 = listen()

  /// The first signal that came.
  static var signal: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Listens from now on; gives a descriptor that becomes readable with the first signal, so that
  /// what waits for bytes need not wait on. (-1 when there are no descriptors left: then it does.)
  /// It is the same one for all who ask.
  @discardableResult
  static func watch() -> Int32 { readEnd }

  private static func listen() -> Int32 {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 { writeEnd.store(ends[1], ordering: .relaxed) }
    // Whoever started this may have blocked them for itself.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&signals, number)
      Glibc.signal(number) { number in
        let now = Interruption.milliseconds()
        if Interruption.received.load(ordering: .relaxed) == 0 {
          Interruption.moment.store(now, ordering: .relaxed)
          Interruption.received.store(number, ordering: .relaxed)
        } else if now - Interruption.moment.load(ordering: .relaxed) > 1000 {
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

  /// Of a clock that a handler of signals may ask.
  private static func milliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
