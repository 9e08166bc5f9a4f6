internal import Events
internal import Glibc

/// One thing to import: a file, or standard input.
package struct Input: Sendable {
  /// As the user named it or as it was found; `-` for standard input.
  package var path: String
  /// Bytes on disk; nil when they cannot be known.
  package var size: Int64?

  init(path: String, size: Int64?) {
    self.path = path
    self.size = size
  }

  /// What is to be imported, and what could not be looked at.
  package struct Listing: Sendable {
    package var inputs: [Input] = []
    package var failures: [(path: String, error: InputError)] = []
  }

  /// The files that paths name, folders walked in the order of their names. Symbolic links inside
  /// folders are not followed; files of `excluded` identities (the store's own) are left out.
  package static func list(_ paths: [String], excluding excluded: [FileIdentity]) -> Listing {
    var listing = Listing()
    var seen = Set(excluded)
    for path in paths {
      if path == "-" {
        listing.inputs.append(Input(path: path, size: nil))
      } else {
        add(path, named: true, depth: 0, seen: &seen, to: &listing)
      }
    }
    return listing
  }

  private static let deepest = 32

  private static func add(
    _ path: String, named: Bool, depth: Int, seen: inout Set<FileIdentity>,
    to listing: inout Listing
  ) {
    var status = stat()
    guard path.withPath({ named ? stat($0, &status) : lstat($0, &status) }) == 0 else {
      listing.failures.append((path, unseen(path)))
      return
    }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFDIR || seen.insert(FileIdentity(status)).inserted else {
      if named, listing.inputs.allSatisfy({ $0.path != path }) {
        listing.failures.append((path, InputError("is named twice, or is errata's own store")))
      }
      return
    }
    switch kind {
    case S_IFREG: listing.inputs.append(Input(path: path, size: Int64(status.st_size)))
    case S_IFIFO where named: listing.inputs.append(Input(path: path, size: nil))
    case S_IFDIR where depth < deepest: addFolder(path, depth: depth, seen: &seen, to: &listing)
    case S_IFDIR:
      listing.failures.append(
        (path, InputError("is nested too deeply", hint: "import it by its own name")))
    case S_IFLNK: break
    default:
      if named {
        listing.failures.append((path, InputError("is no file", hint: noFile)))
      }
    }
  }

  /// Why a path could not be looked at.
  private static func unseen(_ path: String) -> InputError {
    guard errno == ENOENT else { return .system("cannot be looked at") }
    var link = stat()
    return InputError(
      path.withPath { lstat($0, &link) } == 0 ? "is a link to nothing" : "there is no such file",
      hint: noFile)
  }

  private static func addFolder(
    _ path: String, depth: Int, seen: inout Set<FileIdentity>, to listing: inout Listing
  ) {
    guard let folder = path.withPath({ opendir($0) }) else {
      listing.failures.append((path, .system("cannot be opened")))
      return
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { PathText.text(of: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    for name in names.sorted() {
      let inside = path.hasSuffix("/") ? path + name : path + "/" + name
      add(inside, named: false, depth: depth + 1, seen: &seen, to: &listing)
    }
  }

  /// Opens it and recognises its compression by content.
  func open() throws(InputError) -> any ByteStream {
    if path == "-" {
      return try Input.unpacked(PlainStream(descriptor: STDIN_FILENO, closes: false))
    }
    // What stands there may have changed since it was looked at: opening must not wait.
    let descriptor = path.withPath {
      Glibc.open($0, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    }
    guard descriptor >= 0 else { throw .system("cannot be opened") }
    let file = PlainStream(descriptor: descriptor, closes: true)
    try Input.prepare(descriptor)
    // What the system makes up as it is read (/proc) says that it is empty, and is not.
    let isEmpty = try file.peek(1).isEmpty
    var status = stat()
    if !isEmpty, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size == 0
    {
      throw InputError("is the system's own, and no log", hint: Input.noFile)
    }
    return try Input.unpacked(file)
  }

  /// Refuses what is no file to read to its end; waits for the writer of a named pipe.
  private static func prepare(_ descriptor: Int32) throws(InputError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system("cannot be looked at") }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFIFO:
      var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      while poll(&ready, 1, -1) < 0, errno == EINTR {}
      _ = fcntl(descriptor, F_SETFL, O_RDONLY)
    default:
      throw InputError("is no file", hint: noFile)
    }
  }

  private static let noFile = "name a log file, a folder, or - for standard input"

  private static func unpacked(_ file: PlainStream) throws(InputError) -> any ByteStream {
    guard let stream = try decompressed(file) else { return file }
    return BoundedStream(stream)
  }

  /// Nil where the content does not say that it is compressed.
  private static func decompressed(_ file: PlainStream) throws(InputError) -> (any ByteStream)? {
    let magic = try file.peek(6)
    if magic.starts(with: [0x1F, 0x8B]) { return try GzipStream(file) }
    // The second is a frame to be skipped, with which zstd files may begin as well:
    // <https://www.rfc-editor.org/rfc/rfc8878#name-skippable-frames>.
    if magic.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
      || magic.first.map({ $0 & 0xF0 }) == 0x50
        && magic.dropFirst().starts(with: [0x2A, 0x4D, 0x18])
    {
      return try ArchiveStream(file, filter: .zstd)
    }
    if magic.count >= 4, magic.starts(with: Array("BZh".utf8)), (0x31...0x39).contains(magic[3]) {
      return try ArchiveStream(file, filter: .bzip2)
    }
    if magic.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
      return try ArchiveStream(file, filter: .xz)
    }
    if magic.starts(with: [0x04, 0x22, 0x4D, 0x18]) {
      return try ArchiveStream(file, filter: .lz4)
    }
    return nil
  }
}

/// A file, whatever its name.
package struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }

  /// The identity of what stands at a path, if anything does.
  package init?(path: String) {
    var status = stat()
    guard path.withPath({ stat($0, &status) }) == 0 else { return nil }
    self.init(status)
  }
}
