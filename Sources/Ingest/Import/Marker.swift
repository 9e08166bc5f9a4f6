internal import Glibc

/// Bytes of a file before a place that was read: while they stand there, the file was not cut short
/// and written anew under the read. Of a file read from its start, its first bytes.
struct Marker {
  let offset: Int64
  private let start: Int64
  private let bytes: [UInt8]

  private static let length: Int64 = 4096

  init(before offset: Int64, in file: PlainStream) {
    self.offset = offset
    start = max(0, offset - Marker.length)
    bytes = file.bytes(at: start, count: Int(offset == 0 ? Marker.length : offset - start))
  }

  /// Whether the file still has it, and everything before a place.
  func holds(in file: PlainStream, upTo end: Int64) -> Bool {
    guard let size = file.status?.st_size, Int64(size) >= end else { return false }
    return offset - start <= bytes.count && file.bytes(at: start, count: bytes.count) == bytes
  }
}

/// A file was cut short or written anew while it was read.
struct Rewritten: Error {}
