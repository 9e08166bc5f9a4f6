package import Events
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
    guard (named ? stat(path, &status) : lstat(path, &status)) == 0 else {
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
        listing.failures.append(
          (
            path,
            InputError("is no file", hint: "name a log file, a folder, or - for standard input")
          )
        )
      }
    }
  }

  /// Why a path could not be looked at.
  private static func unseen(_ path: String) -> InputError {
    guard errno == ENOENT else { return .system("cannot be looked at") }
    var link = stat()
    return InputError(
      lstat(path, &link) == 0 ? "is a link to nothing" : "there is no such file",
      hint: "name a log file, a folder, or - for standard input")
  }

  private static func addFolder(
    _ path: String, depth: Int, seen: inout Set<FileIdentity>, to listing: inout Listing
  ) {
    guard let folder = opendir(path) else {
      listing.failures.append((path, .system("cannot be opened")))
      return
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
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
    let file: PlainStream
    if path == "-" {
      file = PlainStream(descriptor: STDIN_FILENO, closes: false)
    } else {
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
      guard descriptor >= 0 else { throw .system("cannot be opened") }
      file = PlainStream(descriptor: descriptor, closes: true)
    }
    let magic = try file.peek(6)
    if magic.starts(with: [0x1F, 0x8B]) { return try GzipStream(file) }
    if magic.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
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
    return file
  }
}
