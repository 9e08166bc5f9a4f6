import Foundation
import Testing

/// A program on a terminal of its own, as a person at one would have it.
final class PseudoTerminal: @unchecked Sendable {
  private let main: FileHandle
  private let slave: FileHandle
  private let process = Process()
  private let lock = NSLock()
  private var written = Data()
  /// How the terminal was before anything ran on it.
  let found: termios

  struct Failed: Error {}

  /// - Parameter variables: what else is in the environment.
  init(
    _ arguments: [String], in sandbox: Sandbox, columns: Int, rows: Int,
    variables: [String: String] = [:]
  ) throws {
    var (outer, end) = (Int32(-1), Int32(-1))
    guard openpty(&outer, &end, nil, nil, nil) == 0 else { throw Failed() }
    // What other tests start meanwhile has no part in it.
    for descriptor in [outer, end] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    main = FileHandle(fileDescriptor: outer, closeOnDealloc: true)
    slave = FileHandle(fileDescriptor: end, closeOnDealloc: true)
    found = PseudoTerminal.state(of: end)
    process.executableURL = Repository.errata
    process.arguments = arguments
    process.currentDirectoryURL = sandbox.folder
    process.environment = sandbox.environment.merging(variables) { $1 }
    process.standardInput = slave
    process.standardOutput = slave
    process.standardError = slave
    resize(columns: columns, rows: rows)
    main.readabilityHandler = { [weak self] handle in
      let data = handle.availableData
      guard let self else { return }
      self.lock.withLock { self.written.append(data) }
    }
    try process.run()
  }

  deinit {
    main.readabilityHandler = nil
    if process.isRunning { process.terminate() }
  }

  /// All that was written so far.
  var text: String { lock.withLock { String(decoding: written, as: UTF8.self) } }

  /// The lines of what was drawn last; nil before anything was.
  var screen: [String]? {
    let frames = text.components(separatedBy: "\u{1B}[H").dropFirst()
    guard let whole = frames.last(where: { $0.contains("\u{1B}[?2026l") }) else { return nil }
    return whole.components(separatedBy: "\u{1B}[?2026l")[0]
      .replacing(/\u{1B}\[[JK]/, with: "")
      .replacingOccurrences(of: "\r", with: "")
      .replacing(/\u{1B}\[[0-9]+m/, with: "")
      .components(separatedBy: "\n")
  }

  /// Waits until something is so, however busy the machine is.
  func wait(until isSo: () -> Bool) throws {
    for _ in 0..<6000 {
      if isSo() { return }
      usleep(20_000)
    }
    throw Failed()
  }

  func type(_ keys: String) throws { try main.write(contentsOf: Data(keys.utf8)) }

  func resize(columns: Int, rows: Int) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(slave.fileDescriptor, UInt(TIOCSWINSZ), &size)
    if process.isRunning { kill(process.processIdentifier, SIGWINCH) }
  }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// How the program ended, once all that it wrote has come.
  func end() throws -> Int32 {
    try wait { !process.isRunning }
    // Its last words may still be on their way, with this behind them.
    try slave.write(contentsOf: Data([0]))
    try wait { lock.withLock { written.last == 0 } }
    lock.withLock { _ = written.removeLast() }
    return process.terminationStatus
  }

  /// How the terminal is.
  var state: termios { PseudoTerminal.state(of: slave.fileDescriptor) }

  private static func state(of descriptor: Int32) -> termios {
    var state = termios()
    tcgetattr(descriptor, &state)
    return state
  }
}
