internal import Files
internal import Glibc

/// Hints from the kernel that something happened in a folder:
/// <https://man7.org/linux/man-pages/man7/inotify.7.html>.
///
/// They are only hints: some may get lost, and on network file systems there are none. So folders
/// are looked at every second all the same.
struct FolderWatch: ~Copyable {
  private let descriptor: Int32
  /// Why the kernel refused to watch anything; 0 where it did not.
  private let failure: Int32

  init() {
    descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    failure = descriptor < 0 ? errno : 0
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Watches a folder; to add one twice does no harm. Returns why it cannot be watched, else nil. A
  /// folder that is not there needs no watching.
  func add(_ folder: String) -> String? {
    guard descriptor >= 0 else {
      return failure == EMFILE
        ? "no more inotify instances may be made (fs.inotify.max_user_instances)"
        : "inotify: \(String(cString: strerror(failure)))"
    }
    let events = IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CLOSE_WRITE
    if folder.withPath({ inotify_add_watch(descriptor, $0, UInt32(events)) }) >= 0 { return nil }
    switch errno {
    case ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG: return nil
    case ENOSPC: return "no more folders may be watched (fs.inotify.max_user_watches)"
    default: return "inotify: \(String(cString: strerror(errno)))"
    }
  }

  /// Why others' changes to a folder are not announced: it is on a network file system. Nil for
  /// others.
  static func silence(of folder: String) -> String? {
    guard case .network(let name) = Volume(of: folder) else { return nil }
    return "\(name) does not announce changes made elsewhere"
  }

  /// Waits for a hint; false when the time is over, or `stop` has become readable.
  func wait(milliseconds: Int32, stop: Int32) -> Bool {
    // A negative descriptor is passed over.
    var both = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&both, 2, milliseconds) > 0, both[1].revents == 0 else { return false }
    drain()
    return true
  }

  /// Lets time pass; less when `stop` becomes readable.
  static func pause(milliseconds: Int32, stop: Int32) {
    var one = pollfd(fd: stop, events: Int16(POLLIN), revents: 0)
    poll(&one, 1, milliseconds)
  }

  private func drain() {
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 8) { buffer in
      while read(descriptor, buffer.baseAddress, buffer.count) > 0 {}
    }
  }
}
