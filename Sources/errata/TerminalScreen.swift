internal import Files
internal import Glibc
internal import Rendering

/// A terminal as a screen that is drawn again and again. It is left as it was found.
final class TerminalScreen {
  /// What is typed, as it comes, byte by byte.
  enum Key: Equatable {
    case byte(UInt8)
    /// Nothing within the time, or the size of the terminal has changed.
    case none
    /// The terminal is gone, or someone asks to stop.
    case end
  }

  /// How the terminal was.
  private var found = termios()
  private var isEntered = false

  private init() {}

  /// Nil where input and output are no terminal that can be drawn on.
  static func ofStandardStreams() -> TerminalScreen? {
    let kind = getenv("TERM").map { String(cString: $0) } ?? ""
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, kind != "dumb", !kind.isEmpty
    else {
      return nil
    }
    let screen = TerminalScreen()
    return tcgetattr(STDIN_FILENO, &screen.found) == 0 ? screen : nil
  }

  /// Columns and rows.
  var size: (columns: Int, rows: Int) { Terminal.size(STDOUT_FILENO) ?? (80, 24) }

  /// Takes the other screen, without a cursor and without lines that wrap; keys come unseen, one by
  /// one, and none of them is a signal.
  func enter() throws {
    // A new size ends the wait for a key. Whoever started this may have blocked the signal for itself.
    signal(SIGWINCH) { _ in }
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGWINCH)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    var raw = found
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw)
    isEntered = true
    try write("\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l")
  }

  func leave() {
    guard isEntered else { return }
    isEntered = false
    try? write("\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l")
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &found)
  }

  /// Stops as Ctrl-Z stops others, with the terminal as it was, until it is let go on.
  func suspend() throws {
    leave()
    raise(SIGTSTP)
    try enter()
  }

  /// - Parameter lines: as many as the screen has at most, and no wider.
  func draw(_ lines: [String]) throws {
    // A line is cleared before it is written: behind the last column the cursor stands on that column,
    // and what is cleared from there on is its character. With the last line goes what is below.
    let text = lines.enumerated().map { place, line in
      (place == lines.count - 1 ? "\u{1B}[J" : "\u{1B}[K") + line
    }
    // Terminals that know of it show nothing before all is there.
    // <https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036>
    let (begin, end) = ("\u{1B}[?2026h", "\u{1B}[?2026l")
    try write("\(begin)\u{1B}[H" + text.joined(separator: "\r\n") + end)
  }

  /// Waits for a key, a new size, or that `stop` can be read.
  func key(within milliseconds: Int, stop: Int32) -> Key {
    var waits = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&waits, stop < 0 ? 1 : 2, Int32(clamping: milliseconds)) > 0 else { return .none }
    if stop >= 0, waits[1].revents != 0 { return .end }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(STDIN_FILENO, &bytes, bytes.count)
    if count < 0, errno == EINTR { return .none }
    return count > 0 ? .byte(bytes[0]) : .end
  }

  private func write(_ text: String) throws {
    try Destination.standardOutput.write(text)
  }
}
