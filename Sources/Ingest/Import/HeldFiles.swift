internal import Glibc

/// How many logs are held open at once. They are fewer than the system allows, as the store and
/// files that are only looked at need descriptors, too.
final class HeldFiles {
  let most: Int
  /// How many are held now.
  var count = 0
  /// Closes some of those that have rested longest; false where there are none to close.
  var makeRoom: () -> Bool = { false }

  init(most: Int) {
    self.most = max(1, most)
  }
}

/// How many files this process may have open:
/// <https://man7.org/linux/man-pages/man2/getrlimit.2.html>.
package enum FileLimit {
  private static let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

  /// As many as may be asked for from now on.
  package static func raise() {
    var limit = rlimit()
    guard getrlimit(kind, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(kind, &limit)
  }

  /// How many of them logs may take. A few thousand are enough for those that are written to.
  static var forLogs: Int {
    var limit = rlimit()
    guard getrlimit(kind, &limit) == 0 else { return 256 }
    return min(Int(clamping: limit.rlim_cur) / 2, 4096)
  }
}
