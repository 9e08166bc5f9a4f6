internal import Batches

/// A compressed stream that is given up where it unpacks to more than any log does: a few bytes
/// that become terabytes would fill the disk or take a day.
final class BoundedStream: ByteStream {
  private let stream: any ByteStream
  private var unpacked: Int64 = 0

  /// So much is read whatever its ratio.
  static let free: Int64 = 256 << 20
  /// The most that a compressed byte may become beyond that. Logs compress five- to fiftyfold.
  static let mostRatio: Int64 = 1000

  init(_ stream: any ByteStream) {
    self.stream = stream
  }

  var consumed: Int64 { stream.consumed }
  var memory: UInt64 { stream.memory }
  func takeRestarts() -> [RestartPoint] { stream.takeRestarts() }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    if unpacked > BoundedStream.free, unpacked / BoundedStream.mostRatio > consumed {
      throw InputError(
        "unpacks to more than \(BoundedStream.mostRatio) times its size, as no log does",
        hint: "what precedes was read; where it is a log after all, unpack it and import that")
    }
    let count = try stream.read(into: buffer)
    unpacked += Int64(count)
    return count
  }
}
