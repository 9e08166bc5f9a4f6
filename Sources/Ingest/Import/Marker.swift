internal import Batches
internal import Glibc

/// Bytes of a file before a place that was read: while they stand there, the file was not cut short
/// and written anew under the read. Of a file read from its start, its first bytes.
struct Marker {
  let offset: Int64
  private let start: Int64
  /// How many bytes there were, and their digest.
  private let count: Int
  private let digest: Digest

  private static let length: Int64 = 4096

  init(before offset: Int64, in file: PlainStream) {
    self.offset = offset
    start = max(0, offset - Marker.length)
    let bytes = file.bytes(at: start, count: Int(offset == 0 ? Marker.length : offset - start))
    count = bytes.count
    digest = Marker.digest(of: bytes)
  }

  /// Whether the file still has it, and everything before a place.
  func holds(in file: PlainStream, upTo end: Int64) -> Bool {
    guard let size = file.status?.st_size, Int64(size) >= end, offset - start <= count else {
      return false
    }
    return Marker.digest(of: file.bytes(at: start, count: count)) == digest
  }

  private static func digest(of bytes: [UInt8]) -> Digest {
    var hash = ContentHash()
    bytes.withUnsafeBufferPointer { hash.update($0) }
    return hash.digest
  }
}

/// A file was cut short or written anew while it was read.
struct Rewritten: Error {}
