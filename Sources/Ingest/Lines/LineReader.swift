internal import Events
internal import Glibc
internal import JSON

/// Lines of a byte stream, in one buffer, with the proof of what has been consumed.
///
/// Offsets and lengths count decompressed bytes from the start of the source, in its own encoding;
/// the text of a line is UTF-8.
struct LineReader: ~Copyable {
  /// A line without its newline.
  struct Line {
    /// Valid until the next call; followed by readable padding. Empty when the line is too long.
    var text: UnsafeBufferPointer<UInt8>
    var offset: Int64
    /// Without the newline.
    var length: Int64
    var isTooLong: Bool
    /// False for a last line without its newline.
    var isTerminated: Bool
  }

  private let stream: any ByteStream
  private let limit: Int
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  /// Where the next line starts in the buffer.
  private var start = 0
  /// Where the bytes end.
  private var end = 0
  private var isAtEnd = false
  private let encoding: TextEncoding
  /// Where lines of another encoding than UTF-8 are written in it.
  private let transcoded: UnsafeMutableBufferPointer<UInt8>
  /// Where the next line starts in the source.
  private(set) var offset: Int64
  private var hash: ContentHash
  /// Up to where in the buffer the hash has come.
  private var hashed = 0
  private(set) var marks: [Mark] = []
  private var nextMark: Int64
  /// Whether a newline that comes first belongs to a line read before.
  private var owesNewline: Bool

  /// How far apart the proofs of content are, at least.
  static let markDistance: Int64 = 1 << 16

  /// `pending` are bytes that precede what the stream gives next. A line read before without its
  /// newline `owesNewline`: when that comes, it counts as nothing.
  init(
    _ stream: any ByteStream, from offset: Int64, hash: consuming ContentHash, pending: [UInt8],
    owesNewline: Bool, limit: Int, encoding: TextEncoding = .utf8
  ) {
    self.stream = stream
    self.offset = offset
    self.limit = limit
    self.owesNewline = owesNewline
    self.hash = hash
    self.encoding = encoding
    transcoded = .allocate(
      capacity: encoding == .utf8 ? 0 : TextEncoding.bound(limit) + JSONParser.padding)
    nextMark = offset + LineReader.markDistance
    buffer = .allocate(capacity: max(1 << 20, pending.count) + limit + JSONParser.padding)
    _ = buffer.update(from: pending)
    end = pending.count
  }

  deinit {
    buffer.deallocate()
    transcoded.deallocate()
  }

  /// The next line, or nil at the end.
  mutating func next() throws(InputError) -> Line? {
    if owesNewline { try takeOwedNewline() }
    markIfDue()
    var searched = start
    while true {
      if let newline = find(from: searched) {
        if newline - start > limit, buffer[start] == 0 { return try skipLongLine() }
        let line = line(to: newline, isTerminated: true)
        start = newline + encoding.width
        offset += line.length + Int64(encoding.width)
        return line
      }
      if isAtEnd { return lastLine() }
      if end - start > limit { return try skipLongLine() }
      let held = end - start
      try refill()
      // Half a newline may have been there.
      searched = start + max(0, held - encoding.width + 1)
    }
  }

  /// Goes back to the start of a line that is not to be consumed yet.
  mutating func putBack(_ line: Line) {
    start -= Int(line.length)
    offset = line.offset
  }

  /// The proof of everything consumed so far.
  mutating func proof() -> Mark {
    catchUp()
    return Mark(offset: offset, digest: hash.digest)
  }

  /// Proofs taken since the last call.
  mutating func takeMarks() -> [Mark] {
    defer { marks.removeAll(keepingCapacity: true) }
    return marks
  }

  private mutating func takeOwedNewline() throws(InputError) {
    while end - start < encoding.width, !isAtEnd { try refill() }
    guard start < end else { return }
    owesNewline = false
    if isNewline(at: start) {
      start += encoding.width
      offset += Int64(encoding.width)
    }
  }

  private mutating func markIfDue() {
    guard offset >= nextMark else { return }
    marks.append(proof())
    nextMark = offset + LineReader.markDistance
  }

  private mutating func catchUp() {
    if hashed < start {
      hash.update(text(hashed, start))
      hashed = start
    }
  }

  private func text(_ from: Int, _ to: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[from..<to])
  }

  /// Where the next newline starts.
  private func find(from: Int) -> Int? {
    var from = from
    while from < end, let base = buffer.baseAddress,
      let found = memchr(base + from, 0x0A, end - from)
    {
      let place = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
      if encoding == .utf8 { return place }
      // Of a code unit, which may also hold this byte and be no newline.
      let unit = place - (place - start) % 2
      if isNewline(at: unit) { return unit }
      from = place + 1
    }
    return nil
  }

  private func isNewline(at place: Int) -> Bool {
    encoding.isNewline(text(0, end), at: place)
  }

  /// The line from `start` on.
  private func line(to end: Int, isTerminated: Bool) -> Line {
    let isTooLong = end - start > limit
    var content = text(start, end)
    if encoding != .utf8, !isTooLong {
      let count = encoding.transcode(content, into: transcoded)
      content = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(transcoded)[..<count])
    }
    return Line(
      text: content, offset: offset, length: Int64(end - start), isTooLong: isTooLong,
      isTerminated: isTerminated)
  }

  /// Moves what is left to the front and reads more behind it.
  private mutating func refill() throws(InputError) {
    catchUp()
    let left = end - start
    if start > 0, let base = buffer.baseAddress {
      memmove(base, base + start, left)
      start = 0
      hashed = 0
      end = left
    }
    let room = buffer.count - JSONParser.padding - end
    guard room > 0, let base = buffer.baseAddress else { return }
    let count = try stream.read(into: UnsafeMutableRawBufferPointer(start: base + end, count: room))
    end += count
    isAtEnd = count == 0
  }

  private mutating func lastLine() -> Line? {
    guard start < end else { return nil }
    let line = line(to: end, isTerminated: false)
    offset += line.length
    start = end
    return line
  }

  /// Passes over a line that does not fit, in constant memory. Only the zeros before one that does
  /// may be as many as they like: a log cut off under a writer that keeps its place begins so.
  private mutating func skipLongLine() throws(InputError) -> Line {
    let first = offset
    var hasOnlyZeros = encoding == .utf8
    while true {
      if hasOnlyZeros {
        passZeros()
        hasOnlyZeros = end - start <= limit
      }
      if let newline = find(from: start) {
        let length = offset - first + Int64(newline - start)
        let fits = hasOnlyZeros && newline - start <= limit
        let content = fits ? text(start, newline) : text(start, start)
        offset += Int64(newline - start + encoding.width)
        start = newline + encoding.width
        return Line(
          text: content, offset: first, length: length, isTooLong: !fits, isTerminated: true)
      }
      if !hasOnlyZeros || isAtEnd { pass(isAtEnd ? end - start : (end - start) & -encoding.width) }
      if isAtEnd {
        return Line(
          text: text(start, start), offset: first, length: offset - first, isTooLong: true,
          isTerminated: false)
      }
      try refill()
    }
  }

  private mutating func passZeros() {
    var place = start
    while place < end, buffer[place] == 0 { place += 1 }
    pass(place - start)
  }

  private mutating func pass(_ count: Int) {
    offset += Int64(count)
    start += count
  }
}
