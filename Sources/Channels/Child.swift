internal import CFileSystem
internal import Files
internal import Glibc

/// A program that was started, in a group of its own.
struct Child {
  enum End: Equatable {
    case status(Int32)
    case signal(Int32)
    /// It did not end by itself, and was ended.
    case tooLong
    case stopped
  }

  private let id: pid_t

  /// Starts a program with what it reads, and where it writes; nil where that fails, with `errno` set.
  init?(_ path: String, _ arguments: [String], input: Int32, output: Int32) {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    guard posix_spawnattr_init(&attributes) == 0 else { return nil }
    defer { posix_spawnattr_destroy(&attributes) }
    for (from, to) in [(input, STDIN_FILENO), (output, STDOUT_FILENO), (output, STDERR_FILENO)] {
      posix_spawn_file_actions_adddup2(&actions, from, to)
    }
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    let texts = arguments.map { text in text.withPath { strdup($0) } }
    defer { for text in texts { free(text) } }
    var id: pid_t = 0
    let code = path.withPath {
      posix_spawn(&id, $0, &actions, &attributes, texts + [nil], errata_environment())
    }
    guard code == 0 else {
      errno = code
      return nil
    }
    self.id = id
  }

  /// Waits until it ends; `look` is called now and then meanwhile, and once more behind it.
  func wait(milliseconds: Int, isStopped: () -> Bool, look: () -> Void) -> End {
    var left = milliseconds
    while true {
      if let end = ended(WNOHANG) {
        look()
        return end
      }
      look()
      if left <= 0 || isStopped() {
        kill(-id, SIGKILL)
        _ = ended(0)
        return left <= 0 ? .tooLong : .stopped
      }
      usleep(10_000)
      left -= 10
    }
  }

  private func ended(_ flags: Int32) -> End? {
    var status: Int32 = 0
    while true {
      let found = waitpid(id, &status, flags)
      if found < 0, errno == EINTR { continue }
      // Nobody else waits for it.
      guard found == id else { return found < 0 ? .tooLong : nil }
      let signal = status & 0x7F
      return signal == 0 ? .status((status >> 8) & 0xFF) : .signal(signal)
    }
  }
}
