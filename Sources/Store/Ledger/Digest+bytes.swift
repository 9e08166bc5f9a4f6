internal import Batches
internal import Files

extension Digest {
  /// Sixteen bytes, big-endian, as stored.
  func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
    withUnsafeBytes(of: (high.bigEndian, low.bigEndian), body)
  }

  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 16 else { return nil }
    self.init(
      high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }
}

extension ContentMark {
  /// Four bytes a line, big-endian, as stored.
  func withLineBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
    lines.map { $0.bigEndian }.withUnsafeBytes(body)
  }

  static func lines(_ bytes: UnsafeRawBufferPointer) -> [UInt32] {
    stride(from: 0, to: bytes.count / 4 * 4, by: 4).map {
      UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self))
    }
  }
}
