internal import CArchive

/// A zst, bz2 or lz4 file through libarchive, with one filter pinned and no archive format:
/// <https://github.com/libarchive/libarchive/wiki/ManPageArchiveReadFilter3>.
final class ArchiveStream: ByteStream {
  enum Filter {
    case zstd, bzip2, lz4
  }

  private let source: Source
  private let archive: OpaquePointer?
  private var failure: InputError?

  /// What libarchive's callbacks read from.
  private final class Source {
    let file: PlainStream
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    var error: InputError?

    init(_ file: PlainStream) { self.file = file }

    deinit { buffer.deallocate() }
  }

  init(_ file: PlainStream, filter: Filter) throws(InputError) {
    source = Source(file)
    if let why = errata_archive_load() {
      throw InputError(
        "libarchive, which unpacks it, cannot be loaded: \(String(cString: why))",
        hint: "on Debian and Ubuntu it is the package libarchive13")
    }
    archive = archive_read_new()
    switch filter {
    case .zstd: archive_read_support_filter_zstd(archive)
    case .bzip2: archive_read_support_filter_bzip2(archive)
    case .lz4: archive_read_support_filter_lz4(archive)
    }
    archive_read_support_format_raw(archive)
    archive_read_support_format_empty(archive)
    let opened = archive_read_open(
      archive, Unmanaged.passUnretained(source).toOpaque(), nil,
      { archive, context, buffer in
        guard let context else { return -1 }
        let source = Unmanaged<Source>.fromOpaque(context).takeUnretainedValue()
        buffer?.pointee = UnsafeRawPointer(source.buffer.baseAddress)
        do throws(InputError) {
          return try source.file.read(into: source.buffer)
        } catch {
          source.error = error
          return -1
        }
      }, nil)
    guard opened == ARCHIVE_OK else { throw damage() }
    var entry: OpaquePointer?
    switch archive_read_next_header(archive, &entry) {
    case ARCHIVE_OK, ARCHIVE_EOF: break
    default: throw damage()
    }
  }

  deinit {
    if let archive { archive_read_free(archive) }
  }

  var consumed: Int64 { source.file.consumed }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    if let failure { throw failure }
    let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
    if count >= 0 { return count }
    let failure = damage()
    self.failure = failure
    throw failure
  }

  private func damage() -> InputError {
    if let error = source.error { return error }
    let words = archive_error_string(archive).map { String(cString: $0) } ?? "unknown damage"
    // Nothing is wrong with it: zstd's own program says the same.
    // <https://facebook.github.io/zstd/zstd_manual.html#Chapter17>
    if words.hasSuffix("Frame requires too much memory for decoding") {
      return InputError(
        "it was compressed with a larger window (zstd --long) than is taken unasked",
        hint: .convert(.zstd))
    }
    return InputError(
      "the compressed data is damaged (\(words)) near compressed byte \(consumed)",
      hint: "what precedes the damage was read; import the file again once it is whole")
  }
}
