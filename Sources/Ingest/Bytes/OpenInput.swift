internal import Batches
internal import Files
internal import Glibc

/// An input that was opened, with its content decompressed.
struct OpenInput {
  let file: PlainStream
  /// What is in it, decompressed, in UTF-8.
  let stream: any ByteStream
  /// Where it stands; nil for a pipe.
  let place: Place?

  init(file: PlainStream, stream: any ByteStream, path: String) {
    self.file = file
    self.stream = stream
    place =
      path == "-" ? nil : file.status.flatMap { Place(path, $0, isPlain: stream === file) }
  }

  /// Whether offsets in the content are not those in the file: it was decompressed or recoded.
  var isDecoded: Bool { stream !== file }
}

extension Place {
  /// Of a regular file; nil for anything else, or when it is gone by now.
  init?(_ path: String, _ status: stat, isPlain: Bool) {
    guard FileKind(status) == .file, let real = path.withPath({ realpath($0, nil) })
    else { return nil }
    defer { free(real) }
    self.init(
      path: PathText.text(of: real), device: Int64(bitPattern: UInt64(status.st_dev)),
      inode: Int64(bitPattern: UInt64(status.st_ino)),
      size: isPlain ? Int64(status.st_size) : nil)
  }

  /// Of the regular file that stands at a path, if one does.
  init?(at path: String) {
    guard let status = stat(path: path) else { return nil }
    self.init(path, status, isPlain: true)
  }
}
