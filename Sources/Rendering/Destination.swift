package import Files
internal import Glibc

/// Where output goes: a descriptor or a file. Every write is checked, as is the close: a full disk
/// must not look like success.
///
/// A regular file is replaced as a whole, once all is written, and stays as it was if anything goes
/// wrong. Devices and pipes are written to as they are.
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

  /// The file of `-o FILE`; `-` is standard output, and `/dev/fd/3` a descriptor.
  package init(path: String) {
    if path == "-" {
      self = .standardOutput
    } else {
      // A link may lead to a descriptor as well: /dev/stdout is one.
      let target = (try? FilePath.target(of: path)) ?? path
      self.init(FilePath.descriptor(of: target).map { .descriptor($0) } ?? .file(path), path)
    }
  }

  /// The regular file that output would go to, or the place where one would be made.
  package var spot: FileSpot? {
    switch place {
    case .descriptor(let descriptor):
      FileKind(descriptor: descriptor) == .file ? FileSpot(descriptor: descriptor) : nil
    case .file(let path):
      FileKind(path: path) ?? .file == .file ? FileSpot(path: path) : nil
    }
  }

  /// Finds out what would stand in the way, before there is anything to write.
  package func check() throws(OutputError) {
    switch place {
    case .descriptor(let descriptor):
      let flags = fcntl(descriptor, F_GETFL)
      if flags < 0 || flags & O_ACCMODE == O_RDONLY { throw failure(EBADF) }
    case .file(let path):
      guard !isWrittenDirectly(path) else { return }
      do throws(SystemError) {
        try FileDraft.check(path)
      } catch {
        throw failure(error, path)
      }
    }
  }

  /// What its reader looks at: how wide, and whether to colour.
  package func terminal(
    color: Terminal.Color = .auto, isPlain: Bool = false, isWide: Bool = false
  ) -> Terminal {
    var terminal =
      switch place {
      case .descriptor(let descriptor): Terminal(descriptor, color: isPlain ? .never : color)
      case .file: Terminal(isColored: color == .always && !isPlain)
      }
    (terminal.isPlain, terminal.isWide) = (isPlain, isWide)
    return terminal
  }

  /// Writes all of it, with a pager where that is a terminal too low for it and the pager can be started.
  package func show(_ output: Output, with pager: Pager?) throws(OutputError) {
    if let pager, case .descriptor(STDOUT_FILENO) = place, isatty(STDOUT_FILENO) == 1,
      let size = Terminal.size(STDOUT_FILENO),
      output.exceeds(rows: size.rows, columns: size.columns, isWide: pager.isWide),
      pager.show(output.bytes)
    {
      return
    }
    try write(output)
  }

  /// Writes all of it. A reader that has gone away (EPIPE) is no error: it has seen enough.
  package func write(_ output: Output) throws(OutputError) {
    switch place {
    case .descriptor(let descriptor):
      try write(output.bytes, to: descriptor)
    case .file(let path):
      if isWrittenDirectly(path) {
        try writeDirectly(output.bytes, to: path)
      } else {
        try replace(path, with: output.bytes)
      }
    }
  }

  /// What is no regular file, or is one that the system makes up.
  private func isWrittenDirectly(_ path: String) -> Bool {
    let target = (try? FilePath.target(of: path)) ?? path
    if ["/proc/", "/sys/"].contains(where: { target.hasPrefix($0) }) { return true }
    switch FileKind(path: target) {
    case .device, .pipe, .socket: return true
    case .file, .folder, .link, nil: return false
    }
  }

  private func writeDirectly(_ bytes: [UInt8], to path: String) throws(OutputError) {
    let descriptor = path.withPath { open($0, O_WRONLY | O_CLOEXEC | O_NOCTTY) }
    if descriptor < 0 { throw failure(errno) }
    do throws(OutputError) {
      try write(bytes, to: descriptor)
    } catch {
      _ = close(descriptor)
      throw error
    }
    if close(descriptor) != 0, errno != EINTR { throw failure(errno) }
  }

  private func replace(_ path: String, with bytes: [UInt8]) throws(OutputError) {
    let draft: FileDraft
    do throws(SystemError) {
      draft = try FileDraft(of: path)
    } catch {
      throw failure(error, path)
    }
    try write(bytes, to: draft.descriptor)
    do throws(SystemError) {
      try draft.place()
    } catch {
      throw failure(error, path)
    }
  }

  /// Writes what `body` makes, piece by piece. A regular file is replaced as a whole once all of it is
  /// there.
  package func streaming<Result>(
    _ body: (_ write: (Output) throws -> Void) throws -> Result
  ) throws -> Result {
    let path: String
    switch place {
    case .descriptor(let descriptor): return try body { try write($0.bytes, to: descriptor) }
    case .file(let name): path = name
    }
    if isWrittenDirectly(path) {
      let descriptor = path.withPath { open($0, O_WRONLY | O_CLOEXEC | O_NOCTTY) }
      if descriptor < 0 { throw failure(errno) }
      defer { close(descriptor) }
      return try body { try write($0.bytes, to: descriptor) }
    }
    do {
      let draft = try FileDraft(of: path)
      let result = try body { try write($0.bytes, to: draft.descriptor) }
      try draft.place()
      return result
    } catch let error as SystemError {
      throw failure(error, path)
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

  /// Where the file itself may be written, it is its folder that may not.
  private func failure(_ error: SystemError, _ path: String) -> OutputError {
    guard error.code == EACCES || error.code == EROFS, FileKind(path: path) == .file,
      path.withPath({ access($0, W_OK) }) == 0, let target = try? FilePath.target(of: path)
    else { return failure(error.code) }
    return OutputError(name: name, code: error.code, folder: FilePath.folder(of: target))
  }
}
