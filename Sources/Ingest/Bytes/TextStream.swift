internal import Events

/// Content as UTF-8, whatever it was written in. Offsets behind it count what comes out.
final class TextStream: ByteStream {
  private let stream: any ByteStream
  private let encoding: TextEncoding
  /// What comes out next.
  private var ready: [UInt8]
  private var start = 0
  /// What has come in and is not spelt yet: less than a character.
  private var rest: [UInt8] = []
  private var isAtEnd = false

  /// So many bytes tell the encoding.
  static let headLength = 4096
  private static let room = 1 << 16

  /// Reads the first bytes, and refuses what is no log.
  init(_ stream: any ByteStream) throws(InputError) {
    self.stream = stream
    ready = try TextStream.read(TextStream.headLength, of: stream)
    encoding = try TextEncoding(ofLog: ready)
    if encoding != .utf8 {
      rest = ready
      ready = []
    }
  }

  var consumed: Int64 { stream.consumed }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    if start == ready.count {
      if encoding == .utf8 { return try stream.read(into: buffer) }
      while start == ready.count, !isAtEnd { try spell() }
    }
    let count = min(buffer.count, ready.count - start)
    buffer.copyBytes(from: ready[start..<start + count])
    start += count
    return count
  }

  /// Spells more in UTF-8, whole characters as long as more may come.
  private func spell() throws(InputError) {
    let more = try TextStream.read(TextStream.room, of: stream)
    isAtEnd = more.isEmpty
    rest += more
    let whole = isAtEnd ? rest.count : encoding.wholeCharacters(in: rest)
    ready = encoding.utf8(of: rest[..<whole])
    rest.removeFirst(whole)
    start = 0
  }

  /// So many bytes, or as many as there are.
  private static func read(
    _ count: Int, of stream: any ByteStream
  ) throws(InputError) -> [UInt8] {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    defer { room.deallocate() }
    let filled = try stream.fill(room)
    return Array(room[..<filled])
  }
}
