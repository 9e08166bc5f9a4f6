internal import Glibc

/// A program that shows what is taller than the screen, such as less.
package struct Pager: Sendable, Equatable {
  /// As a shell reads it: a name, perhaps with options behind it.
  package let command: String
  /// Whether lines may be wider than the screen, and are looked at sideways.
  package let isWide: Bool

  package init(command: String, isWide: Bool = false) {
    self.command = command
    self.isWide = isWide
  }

  /// The first program of that name on the path of the environment; nil where there is none.
  package static func program(named name: String) -> String? {
    let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return folders.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  /// Shows some text until whoever reads it has seen enough.
  ///
  /// - Returns: whether it was shown: a program that cannot be started shows nothing.
  func show(_ bytes: [UInt8]) -> Bool {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return false }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let (reading, writing) = (ends[0], ends[1])
    // Ctrl-C is for whoever reads, and so is a pager that ends early.
    let ignored = [SIGINT, SIGQUIT, SIGPIPE]
    let before = ignored.map { signal($0, SIG_IGN) }
    defer { for (number, action) in zip(ignored, before) { signal(number, action) } }
    let started = start(reading: reading, resetting: ignored)
    close(reading)
    guard let process = started else {
      close(writing)
      return false
    }
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes {
        write(writing, $0.baseAddress.map { $0 + done }, $0.count - done)
      }
      if written > 0 { done += written } else if errno != EINTR { break }
    }
    close(writing)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    // What a shell says of a program that it cannot find, or may not run:
    // <https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_08_02>.
    let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 0
    return code != 126 && code != 127
  }

  /// The process of the program, which reads what is written; nil where it cannot be started.
  private func start(reading: Int32, resetting signals: [Int32]) -> pid_t? {
    // As git does: what fits is printed, colours are shown, and the screen is left as it is. Whoever has
    // said otherwise is heard. What is wide is cut, and does not fit.
    setenv("LESS", isWide ? "RXS" : "FRX", 0)
    setenv("LESSCHARSET", "utf-8", 0)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, reading, STDIN_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var usual = sigset_t()
    sigemptyset(&usual)
    for number in signals { sigaddset(&usual, number) }
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var words: [UnsafeMutablePointer<CChar>?] = ["sh", "-c", command].map { (word: String) in
      strdup(word)
    }
    defer { for word in words { free(word) } }
    words.append(nil)
    var process = pid_t()
    guard posix_spawn(&process, "/bin/sh", &actions, &attributes, words, environ) == 0 else {
      return nil
    }
    return process
  }
}

extension Output {
  /// Whether a screen is too small for it, one of its lines left for the prompt.
  ///
  /// - Parameter isWide: whether lines that are wider than the screen do not fit, rather than take several
  ///   of its lines.
  func exceeds(rows: Int, columns: Int, isWide: Bool) -> Bool {
    var lines = 0
    var width = 0
    var isEscape = false
    for byte in bytes {
      switch byte {
      case 0x0A:
        lines += 1
        width = 0
      case 0x1B: isEscape = true
      case _ where isEscape: isEscape = byte != UInt8(ascii: "m")
      case 0x80..<0xC0: continue
      default:
        width += 1
        if width > columns {
          if isWide { return true }
          lines += 1
          width = 1
        }
      }
      if lines >= rows { return true }
    }
    return false
  }
}
