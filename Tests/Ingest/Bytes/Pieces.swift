@testable import Ingest

/// A stream that gives its bytes in pieces.
final class Pieces: ByteStream {
  private let bytes: [UInt8]
  private let size: Int
  private var place = 0

  init(_ bytes: [UInt8], of size: Int) {
    self.bytes = bytes
    self.size = size
  }

  var consumed: Int64 { Int64(place) }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(size, buffer.count, bytes.count - place)
    buffer.copyBytes(from: bytes[place..<place + count])
    place += count
    return count
  }
}
