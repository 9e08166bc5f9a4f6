internal import Glibc

/// The first Ctrl-C (or SIGTERM) lets what is in flight be stored or cleared away; the second ends at
/// once, which is safe as well.
enum Interruption {
  nonisolated(unsafe) private static var count: sig_atomic_t = 0

  static var isWanted: Bool { count > 0 }

  static func watch() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interruption.count += 1
        if Interruption.count > 1 { signal(number, SIG_DFL); raise(number) }
      }
    }
  }
}
