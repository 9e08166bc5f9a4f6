internal import Glibc

/// A file that people write: rules, a query, a profile. It is read whole.
package enum ShortFile {
  /// Why it was not read.
  package enum Failure: Error, Equatable, CustomStringConvertible {
    case system(SystemError)
    /// It is a folder, a device or a socket.
    case noFile(FileKind)
    /// It has more bytes than it may have.
    case tooLarge(most: Int)
    /// A pipe that nobody writes into.
    case noWriter

    package var description: String {
      switch self {
      case .system(let error): error.description
      case .noFile(let kind): "this is \(kind.words)"
      case .tooLarge(let most): "it has more than \(most >> 20) MiB"
      case .noWriter: "this is a named pipe, and nobody writes into it"
      }
    }
  }

  /// The bytes of a file, at most so many, or what comes out of a pipe that someone named.
  ///
  /// `-` is standard input. Where pipes are not wanted, nothing is waited for.
  package static func bytes(
    of path: String, most: Int, pipes: Bool = true
  ) throws(Failure) -> [UInt8] {
    if let own = path == "-" ? STDIN_FILENO : FilePath.descriptor(of: path) {
      if path != "-" { try refuse(own, pipes: pipes) }
      return try read(own, most)
    }
    // Opening a pipe must not wait.
    let descriptor = path.withPath { open($0, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) }
    guard descriptor >= 0 else {
      // A socket has no way in here.
      if errno == ENXIO, let kind = FileKind(path: path), kind != .pipe {
        throw .noFile(kind)
      }
      throw .system(.last)
    }
    defer { close(descriptor) }
    try refuse(descriptor, pipes: pipes)
    let isPipe = FileKind(descriptor: descriptor) == .pipe
    return try read(descriptor, most, isNamedPipe: isPipe)
  }

  private static func refuse(_ descriptor: Int32, pipes: Bool) throws(Failure) {
    guard let kind = FileKind(descriptor: descriptor) else { throw .system(.last) }
    switch kind {
    case .file: return
    case .pipe where pipes: return
    // Standard input of a program that another one started may be a socket.
    case .socket where pipes: return
    default: throw .noFile(kind)
    }
  }

  /// A writer that is about to come is waited for a second: `rules > pipe & errata … pipe`.
  private static let patience = 100

  private static func read(
    _ descriptor: Int32, _ most: Int, isNamedPipe: Bool = false
  ) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var waits = isNamedPipe ? patience : 0
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count > 0 {
        bytes += chunk[..<count]
        if bytes.count > most { throw .tooLarge(most: most) }
      } else if count == 0 {
        if !isNamedPipe || !bytes.isEmpty { return bytes }
        if waits == 0 { throw .noWriter }
        waits -= 1
        wait(for: descriptor, milliseconds: 10)
      } else if errno == EAGAIN {
        wait(for: descriptor, milliseconds: -1)
      } else if errno != EINTR {
        throw .system(.last)
      }
    }
  }

  private static func wait(for descriptor: Int32, milliseconds: Int32) {
    var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    poll(&one, 1, milliseconds)
  }
}
