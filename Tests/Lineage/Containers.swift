import Foundation

/// Compressed files made by hand, of blocks that are stored as they are: a model test makes many.
enum Container: CaseIterable {
  case gzip, zstd

  var suffix: String { self == .gzip ? ".gz" : ".zst" }

  /// One gzip member (RFC 1952) or zstd frame (RFC 8878).
  func wrapping(_ content: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] =
      self == .gzip
      ? [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
      : [0x28, 0xB5, 0x2F, 0xFD, 0xA0] + little(content.count)
    var start = 0
    repeat {
      let end = min(start + 60_000, content.count)
      let isLast = end == content.count
      let count = end - start
      if self == .gzip {
        bytes += [isLast ? 1 : 0] + little(count).prefix(2) + little(~count).prefix(2)
      } else {
        bytes += little(count << 3 | (isLast ? 1 : 0)).prefix(3)
      }
      bytes += content[start..<end]
      start = end
    } while start < content.count
    return self == .gzip ? bytes + little(Int(crc(content))) + little(content.count) : bytes
  }

  private func little(_ number: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  private func crc(_ content: [UInt8]) -> UInt32 {
    ~content.reduce(~0) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
  }
}
