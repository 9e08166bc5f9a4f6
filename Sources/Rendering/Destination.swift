internal import Events
internal import Glibc

/// Where output goes: a descriptor or a file. Every write is checked, as is the close: a full disk
/// must not look like success.
package struct Destination: Sendable {
  private enum Place: Sendable {
    case descriptor(Int32)
    case file(String)
  }

  private let place: Place
  private let name: String

  package static let standardOutput = Destination(.descriptor(STDOUT_FILENO), "standard output")
  package static let standardError = Destination(.descriptor(STDERR_FILENO), "standard error")

  private init(_ place: Place, _ name: String) {
    self.place = place
    self.name = name
  }

  /// An open descriptor, and what messages call it.
  package init(descriptor: Int32, name: String) {
    self.init(.descriptor(descriptor), name)
  }

  /// The file of `-o FILE`, made or emptied when something is written; `-` is standard output.
  package init(path: String) {
    self = path == "-" ? .standardOutput : Destination(.file(path), path)
  }

  /// What its reader looks at: how wide, and whether to colour.
  package func terminal(color: Terminal.Color = .auto) -> Terminal {
    switch place {
    case .descriptor(let descriptor): Terminal(descriptor, color: color)
    case .file: Terminal(isColored: color == .always)
    }
  }

  /// Writes all of it. A reader that has gone away (EPIPE) is no error: it has seen enough.
  package func write(_ output: Output) throws(OutputError) {
    switch place {
    case .descriptor(let descriptor):
      try write(output.bytes, to: descriptor)
    case .file(let path):
      let descriptor = path.withPath {
        open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0o666)
      }
      if descriptor < 0 { throw failure(errno) }
      do throws(OutputError) {
        try write(output.bytes, to: descriptor)
      } catch {
        _ = close(descriptor)
        throw error
      }
      // Network file systems may report a full disk only now.
      if close(descriptor) != 0, errno != EINTR { throw failure(errno) }
    }
  }

  package func write(_ text: String) throws(OutputError) {
    var output = Output()
    output.write(text)
    try write(output)
  }

  private func write(_ bytes: [UInt8], to descriptor: Int32) throws(OutputError) {
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
      }
      if written >= 0 {
        done += written
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN: waitUntilWritable(descriptor)
      case EPIPE: return
      default: throw failure(errno)
      }
    }
  }

  /// A pipe or terminal that someone set to non-blocking is waited for.
  private func waitUntilWritable(_ descriptor: Int32) {
    var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&ready, 1, -1)
  }

  private func failure(_ code: Int32) -> OutputError { OutputError(name: name, code: code) }
}

/// A failed write: where to, and the system's error number.
package struct OutputError: Error, Equatable, CustomStringConvertible {
  package let name: String
  package let code: Int32

  package init(name: String, code: Int32) {
    self.name = name
    self.code = code
  }

  package var description: String {
    "cannot write to \(name): \(strerror(code).map { String(cString: $0) } ?? "error \(code)")"
  }
}
