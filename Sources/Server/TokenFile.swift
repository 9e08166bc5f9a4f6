package import Files
internal import Glibc

/// A file in which a token is kept, so that links go on leading somewhere after the next start.
package enum TokenFile {
  package enum Failure: Error, Equatable {
    case system(SystemError)
    /// It is a folder, a device, a pipe or a socket.
    case noFile(FileKind)
    /// It belongs to someone else, who knows the token.
    case foreign
    /// Others than its owner may read or write it.
    case shared
    /// What is in it is no token.
    case damaged
  }

  /// The token of a file; a new one where there is no file yet, which is made.
  package static func token(at path: String) throws(Failure) -> Token {
    if let token = try read(path) { return token }
    let token = Token()
    do throws(SystemError) {
      let draft = try FileDraft(of: path, mode: 0o600)
      let line = Array((token.text + "\n").utf8)
      guard write(draft.descriptor, line, line.count) == line.count else { throw .last }
      try draft.place(isPromised: true, isNew: true)
    } catch {
      // Another one was started at the same moment.
      if error.code == EEXIST, let token = try read(path) { return token }
      throw .system(error)
    }
    return token
  }

  /// Nil where there is no file.
  private static func read(_ path: String) throws(Failure) -> Token? {
    let descriptor = path.withPath { open($0, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) }
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw .system(.last)
    }
    defer { close(descriptor) }
    guard let status = stat(descriptor: descriptor) else { throw .system(.last) }
    let kind = FileKind(status)
    guard kind == .file else { throw .noFile(kind) }
    guard status.st_uid == geteuid() else { throw .foreign }
    guard status.st_mode & 0o077 == 0 else { throw .shared }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    guard count >= 0 else { throw .system(.last) }
    var text = String(decoding: bytes[..<count], as: UTF8.self)
    if text.hasSuffix("\n") { text.removeLast() }
    guard let token = Token(text) else { throw .damaged }
    return token
  }
}
