internal import Batches
internal import Events
internal import Files
internal import Glibc
internal import JSON

/// Cuts a stream of bytes into lines, and keeps digests that prove what has been read.
///
/// Offsets count decompressed bytes from the start of the source.
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
    /// How many lines of the log it is: a container runtime may have cut it.
    var count = 1
  }

  private let stream: any ByteStream
  let limit: Int
  var buffer: UnsafeMutableBufferPointer<UInt8>
  /// Where the next line starts in the buffer.
  var start = 0
  /// Where the bytes end.
  var end = 0
  var isAtEnd = false
  /// Where the next line starts in the source.
  var offset: Int64
  var hash: ContentHash
  /// Up to where in the buffer the hash has come.
  var hashed = 0
  /// The hash at the start of the line read last, if that was passed over as too long.
  var hashAtLongLine: ContentHash?
  var lineDigests = LineDigests()
  private var marks: [ContentMark] = []
  var nextMark: Int64
  /// How the source is cut into lines; nil until its first bytes are there.
  private(set) var style: LineStyle?
  /// Where the digests of lines stood before the line read last.
  private(set) var digestsBefore = LineDigests.Place()
  /// The columns that the last header names; nil before the first.
  var columns: Columns? { didSet { headerNumber += 1 } }
  /// How many headers there were: by this a new one is noticed.
  private(set) var headerNumber = 0
  var headers: [ColumnHeader] = []
  /// Whether nothing but blank lines and remarks was read yet: the next line may be a header.
  var isAtFirst: Bool
  /// Lines of a group that are still to be handed out, and how long the group is.
  var groupLines: ArraySlice<CutGroup.Entry> = []
  var groupLength = 0
  /// Whether more lines of a group come: all of them belong in one batch.
  var isInGroup = false
  /// Whether the next byte, if it is a newline, ends a line that was read without it.
  private(set) var owesNewline: Bool

  /// How far apart marks are, at least.
  static let markDistance: Int64 = 1 << 16

  /// - Parameters:
  ///   - offset: where reading goes on in the source.
  ///   - hash: the hash of everything before.
  ///   - pending: bytes from there on that were taken from the stream already.
  ///   - owesNewline: whether the line before was read without its newline, which is then no line.
  ///   - limit: longer lines are too long.
  ///   - style: how the source is cut into lines; nil to tell it by its first bytes.
  ///   - header: the last one before `offset`.
  init(
    _ stream: any ByteStream, from offset: Int64, hash: consuming ContentHash, pending: [UInt8],
    owesNewline: Bool, limit: Int, style: LineStyle? = nil, header: ColumnHeader? = nil
  ) {
    self.stream = stream
    self.style = style ?? (offset > 0 ? .lines : nil)
    self.offset = offset
    self.limit = limit
    self.owesNewline = owesNewline
    isAtFirst = offset == 0
    columns = header.flatMap(Columns.kept)
    self.hash = hash
    nextMark = offset + LineReader.markDistance
    buffer = .allocate(capacity: pending.count + LineReader.room(for: limit))
    _ = buffer.update(from: pending)
    end = pending.count
  }

  deinit {
    buffer.deallocate()
  }

  /// So many bytes are read at once.
  private static let portion = 1 << 18

  private static func room(for limit: Int) -> Int { 1 << 20 + limit + JSONParser.padding }

  /// The next line, or nil at the end.
  mutating func next() throws(InputError) -> Line? {
    if isInGroup { return nextOfGroup() }
    if owesNewline { try takeOwedNewline() }
    markIfDue()
    hashAtLongLine = nil
    digestsBefore = lineDigests.place
    if style != .lines {
      if style == nil { findStyle() }
      if style == .documents { return try nextDocument() }
    }
    var searched = start
    while true {
      if let newline = find(from: searched) {
        if newline - start > limit {
          if let object = takeObject() { return object }
          if buffer[start] == 0 { return try skipLongLine() }
        }
        let text = text(start, newline)
        if newline - start <= limit {
          if CutLine.isCut(text) { return try cutLine(firstEnd: newline) }
          if isAtFirst || columns != nil || buffer[start] == UInt8(ascii: "#") {
            return try columnLine(firstEnd: newline)
          }
        }
        let line = Line(
          text: text, offset: offset, length: Int64(newline - start),
          isTooLong: newline - start > limit, isTerminated: true)
        lineDigests.append(line.text)
        start = newline + 1
        offset += line.length + 1
        return line
      }
      if isAtEnd { return lastLine() }
      if end - start > limit {
        if let object = takeObject() { return object }
        return try skipLongLine()
      }
      let held = end - start
      try refill()
      searched = start + held
    }
  }

  /// Goes back to the start of the line read last, which is not to be consumed yet.
  mutating func putBack(_ line: Line) {
    offset = line.offset
    lineDigests.go(back: digestsBefore)
    if let before = hashAtLongLine.take() {
      hash = before
      hashed = start
    } else {
      start -= Int(line.length)
    }
  }

  /// The digest of everything consumed so far.
  mutating func proof() -> ContentMark {
    catchUp()
    return ContentMark(offset: offset, digest: hash.digest)
  }

  /// The marks since the last call; the last of them stands here.
  mutating func takeMarks() -> [ContentMark] {
    if marks.last?.offset != offset { mark() }
    defer { marks.removeAll(keepingCapacity: true) }
    return marks
  }

  /// Forgets what was read ahead, and gives the memory back: the stream goes on from `offset`.
  mutating func rest() {
    catchUp()
    buffer.deallocate()
    buffer = UnsafeMutableBufferPointer(start: nil, count: 0)
    start = 0
    end = 0
    hashed = 0
    isAtEnd = false
  }

  /// Tells the style by the first bytes that can be read. Damage among them is met again later.
  private mutating func findStyle() {
    while end - start < PrefixProof.headLength, !isAtEnd {
      do throws(InputError) { try refill() } catch { break }
    }
    style = LineStyle(of: text(start, min(end, start + PrefixProof.headLength)))
  }

  private mutating func takeOwedNewline() throws(InputError) {
    if start == end { try refill() }
    guard start < end else { return }
    owesNewline = false
    if buffer[start] == 0x0A {
      start += 1
      offset += 1
    }
  }

  private mutating func markIfDue() {
    if offset >= nextMark { mark() }
  }

  private mutating func mark() {
    var mark = proof()
    mark.lines = lineDigests.take()
    marks.append(mark)
    nextMark = offset + LineReader.markDistance
  }

  mutating func catchUp() {
    if hashed < start {
      hash.update(text(hashed, start))
      hashed = start
    }
  }

  func text(_ from: Int, _ to: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[from..<to])
  }

  func find(from: Int) -> Int? {
    guard from < end, let base = buffer.baseAddress,
      let found = memchr(base + from, 0x0A, end - from)
    else { return nil }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
  }

  /// Moves what is left to the front and reads more behind it.
  mutating func refill() throws(InputError) {
    if buffer.isEmpty { buffer = .allocate(capacity: LineReader.room(for: limit)) }
    catchUp()
    let left = end - start
    if start > 0, let base = buffer.baseAddress {
      memmove(base, base + start, left)
      start = 0
      hashed = 0
      end = left
    }
    // Not more than a core's own cache keeps until it is cut and copied.
    let room = min(buffer.count - JSONParser.padding - end, LineReader.portion)
    guard room > 0, let base = buffer.baseAddress else { return }
    let count = try stream.read(into: UnsafeMutableRawBufferPointer(start: base + end, count: room))
    end += count
    isAtEnd = count == 0
  }

  mutating func lastLine() -> Line? {
    guard start < end else { return nil }
    let line = Line(
      text: text(start, end), offset: offset, length: Int64(end - start),
      isTooLong: end - start > limit, isTerminated: false)
    lineDigests.append(line.text)
    offset += line.length
    start = end
    return line
  }

  mutating func pass(_ count: Int) {
    offset += Int64(count)
    start += count
  }
}
