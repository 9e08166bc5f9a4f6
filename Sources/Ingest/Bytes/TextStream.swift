internal import Batches
internal import Events

/// The content of a log as UTF-8, whatever its encoding. Offsets count the bytes of that.
final class TextStream: ByteStream {
  private let stream: any ByteStream
  private let encoding: TextEncoding
  /// What comes out next.
  private var ready: [UInt8]
  private var start = 0
  /// What has come in and is not spelt yet: less than a character.
  private var rest: [UInt8] = []
  private var isAtEnd = false
  /// Damage that was met, told after what precedes it.
  private var failure: InputError?

  /// So many bytes tell the encoding.
  static let headLength = 4096
  private static let room = 1 << 16

  /// Reads the first bytes, and refuses what is no log.
  init(_ stream: any ByteStream) throws(InputError) {
    self.stream = stream
    let head = TextStream.read(TextStream.headLength, of: stream)
    failure = head.failure
    encoding = try TextEncoding(ofLog: head.bytes)
    ready = encoding == .utf8 ? head.bytes : []
    rest = encoding == .utf8 ? [] : head.bytes
  }

  var consumed: Int64 { stream.consumed }
  var memory: UInt64 { stream.memory }

  /// In another encoding its bytes are not those of the stream.
  func takeRestarts() -> [RestartPoint] { encoding == .utf8 ? stream.takeRestarts() : [] }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    while start == ready.count {
      if let failure { throw failure }
      if encoding == .utf8 { return try stream.read(into: buffer) }
      if isAtEnd { return 0 }
      spell()
    }
    let count = min(buffer.count, ready.count - start)
    buffer.copyBytes(from: ready[start..<start + count])
    start += count
    return count
  }

  /// Spells more in UTF-8, whole characters as long as more may come.
  private func spell() {
    let more = TextStream.read(TextStream.room, of: stream)
    failure = more.failure
    isAtEnd = more.bytes.isEmpty
    rest += more.bytes
    let whole = isAtEnd ? rest.count : encoding.wholeCharacters(in: rest)
    ready = encoding.utf8(of: rest[..<whole])
    rest.removeFirst(whole)
    start = 0
  }

  /// So many bytes, or as many as there are, and why there are no more.
  private static func read(
    _ count: Int, of stream: any ByteStream
  ) -> (bytes: [UInt8], failure: InputError?) {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    defer { room.deallocate() }
    var filled = 0
    do throws(InputError) {
      while filled < count {
        let got = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: room[filled...]))
        if got == 0 { break }
        filled += got
      }
    } catch {
      return (Array(room[..<filled]), error)
    }
    return (Array(room[..<filled]), nil)
  }
}
