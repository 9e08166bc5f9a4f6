internal import Batches
internal import Glibc

/// Tells whether a file was cut short or written anew since it was read up to a place: then the
/// bytes before that place are no longer the same. Of a file that is read from its start, its first
/// bytes are compared.
struct RewriteCheck {
  let offset: Int64
  private let start: Int64
  /// How many bytes are compared, and their digest.
  private let count: Int
  private let digest: Digest

  private static let length: Int64 = 4096

  init(before offset: Int64, in file: PlainStream) {
    self.offset = offset
    start = max(0, offset - RewriteCheck.length)
    let bytes = file.bytes(
      at: start, count: Int(offset == 0 ? RewriteCheck.length : offset - start))
    count = bytes.count
    digest = RewriteCheck.digest(of: bytes)
  }

  /// Whether the file still has these bytes, and is at least as long as it was read.
  func holds(in file: PlainStream, upTo end: Int64) -> Bool {
    guard let size = file.status?.st_size, Int64(size) >= end, offset - start <= count else {
      return false
    }
    return RewriteCheck.digest(of: file.bytes(at: start, count: count)) == digest
  }

  private static func digest(of bytes: [UInt8]) -> Digest {
    var hash = ContentHash()
    bytes.withUnsafeBufferPointer { hash.update($0) }
    return hash.digest
  }
}

/// A file was cut short or written anew while it was read.
struct Rewritten: Error {}
