package import Files
internal import Glibc

/// One thing to import: a file, or standard input.
package struct Input: Sendable {
  /// As the user named it or as it was found; `-` for standard input.
  package var path: String
  /// Bytes on disk; nil when they cannot be known.
  package var size: Int64?
  /// A descriptor on which someone else has the file open already, whatever its name is now; -1 for
  /// none.
  var descriptor: Int32 = -1
  /// The file's size and time of change when it was found; nil for a pipe.
  var state: FileState?
  /// Whether the user named it: only then a named pipe is read, which may have to wait for its
  /// writer.
  var isNamed: Bool

  init(path: String, size: Int64?, isNamed: Bool = false) {
    self.path = path
    self.size = size
    self.isNamed = isNamed
  }

  /// What is to be imported, and what could not be looked at.
  package struct Listing: Sendable {
    package var inputs: [Input] = []
    package var failures: [(path: String, error: InputError)] = []
    /// What stands in folders and is no file.
    package var passedOver: [(path: String, error: InputError)] = []
    /// All folders that were walked.
    var folders: [String] = []
  }

  /// The files that paths name, folders walked in the order of their names. Symbolic links inside
  /// folders are not followed; files of `excluded` identities (the store's own) are left out.
  package static func list(_ paths: [String], excluding excluded: [FileIdentity]) -> Listing {
    var listing = Listing()
    var seen = Set(excluded)
    for path in paths {
      if path == "-" {
        listing.inputs.append(Input(path: path, size: nil, isNamed: true))
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
    case S_IFREG:
      var input = Input(path: path, size: Int64(status.st_size), isNamed: named)
      input.state = FileState(status)
      listing.inputs.append(input)
    case S_IFIFO where named: listing.inputs.append(Input(path: path, size: nil, isNamed: true))
    case S_IFDIR where depth < deepest: addFolder(path, depth: depth, seen: &seen, to: &listing)
    case S_IFDIR:
      listing.failures.append(
        (path, InputError("is nested too deeply", hint: "import it by its own name")))
    case S_IFLNK: break
    default:
      if named {
        listing.failures.append((path, InputError("is no file", hint: .nameLog)))
      } else {
        listing.passedOver.append((path, InputError("is \(name(ofKind: kind)), and is left out")))
      }
    }
  }

  /// What a file is that is none to read.
  private static func name(ofKind kind: mode_t) -> String {
    switch kind {
    case S_IFIFO: "a named pipe"
    case S_IFSOCK: "a socket"
    case S_IFDIR: "a folder"
    default: "a device"
    }
  }

  /// Why a path could not be looked at.
  private static func unseen(_ path: String) -> InputError {
    guard errno == ENOENT else { return .system("cannot be looked at") }
    var link = stat()
    return InputError(
      path.withPath { lstat($0, &link) } == 0 ? "is a link to nothing" : "there is no such file",
      hint: .nameLog)
  }

  private static func addFolder(
    _ path: String, depth: Int, seen: inout Set<FileIdentity>, to listing: inout Listing
  ) {
    listing.folders.append(path)
    guard let names = names(in: path, &listing) else { return }
    for name in names.sorted() {
      let inside = path.hasSuffix("/") ? path + name : path + "/" + name
      add(inside, named: false, depth: depth + 1, seen: &seen, to: &listing)
    }
  }

  /// Those that are not hidden; nil where the folder cannot be read.
  private static func names(in path: String, _ listing: inout Listing) -> [String]? {
    guard let folder = path.withPath({ opendir($0) }) else {
      listing.failures.append((path, .system("cannot be opened")))
      return nil
    }
    defer { closedir(folder) }
    var names: [String] = []
    // The end of a folder and an error look alike but for errno.
    errno = 0
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { PathText.text(of: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
      errno = 0
    }
    if errno != 0 { listing.failures.append((path, .system("cannot be read to its end"))) }
    return names
  }

  /// Opens it, and tells its compression and encoding by its first bytes.
  ///
  /// - Parameters:
  ///   - stop: a descriptor; once it becomes readable, whatever waits for bytes gives up.
  ///   - makingRoom: called where too many files are open. It closes some, or returns false.
  func open(
    stop: Int32 = -1, makingRoom: () -> Bool = { false }
  ) throws(InputError) -> OpenInput {
    let file = try openFile(stop: stop, makingRoom: makingRoom)
    return OpenInput(file: file, stream: try decoded(file), path: path)
  }

  func openFile(
    stop: Int32 = -1, makingRoom: () -> Bool = { false }
  ) throws(InputError) -> PlainStream {
    if path == "-" { return PlainStream(descriptor: STDIN_FILENO, closes: false, stop: stop) }
    if descriptor >= 0 {
      let file = PlainStream(descriptor: descriptor, closes: false, stop: stop)
      file.seek(to: 0)
      try prepare(file)
      return file
    }
    while true {
      // What stands there may have changed since it was looked at: opening must not wait.
      let own = path.withPath { Glibc.open($0, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) }
      if own >= 0 {
        let file = PlainStream(descriptor: own, closes: true, stop: stop)
        try prepare(file)
        return file
      }
      let failure = InputError.system("cannot be opened")
      guard errno == EMFILE || errno == ENFILE, makingRoom() else { throw failure }
    }
  }

  /// Refuses what is no file to read to its end; waits for the writer of a named pipe.
  private func prepare(_ file: PlainStream) throws(InputError) {
    guard let status = file.status else { throw .system("cannot be looked at") }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      // What the system makes up as it is read (/proc) says that it is empty, and is not.
      if status.st_size == 0, try !file.peek(1).isEmpty, file.status?.st_size == 0 {
        throw InputError("is the system's own, and no log", hint: .nameLog)
      }
    case S_IFIFO where isNamed && size == nil: try file.waitForWriter()
    case let kind:
      throw InputError("is \(Input.name(ofKind: kind)), and no file", hint: .nameLog)
    }
  }

  /// The content as UTF-8: the file itself where it is just that.
  private func decoded(_ file: PlainStream) throws(InputError) -> any ByteStream {
    let unpacked: any ByteStream
    switch Compression(try file.peek(6)) {
    case .none:
      let encoding = try TextEncoding(ofLog: try file.peek(TextStream.headLength))
      return encoding == .utf8 ? file : try TextStream(file)
    case .gzip: unpacked = try GzipStream(file, notesRestarts: path != "-")
    case .xz: unpacked = try XZStream(file)
    case .archive(let filter): unpacked = try ArchiveStream(file, filter: filter)
    }
    return try TextStream(BoundedStream(unpacked))
  }

  /// Whether a file that begins so is compressed.
  static func isCompressed(_ magic: [UInt8]) -> Bool {
    if case .none = Compression(magic) { false } else { true }
  }

  private enum Compression {
    case none, gzip, xz
    case archive(ArchiveStream.Filter)

    init(_ magic: [UInt8]) {
      if magic.starts(with: [0x1F, 0x8B]) {
        self = .gzip
      } else if magic.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
        || magic.first.map({ $0 & 0xF0 }) == 0x50
          && magic.dropFirst().starts(with: [0x2A, 0x4D, 0x18])
      {
        // The second is a frame to be skipped, with which zstd files may begin as well:
        // <https://www.rfc-editor.org/rfc/rfc8878#name-skippable-frames>.
        self = .archive(.zstd)
      } else if magic.count >= 4, magic.starts(with: Array("BZh".utf8)),
        (0x31...0x39).contains(magic[3])
      {
        self = .archive(.bzip2)
      } else if magic.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
        self = .xz
      } else if magic.starts(with: [0x04, 0x22, 0x4D, 0x18]) {
        self = .archive(.lz4)
      } else {
        self = .none
      }
    }
  }
}
