internal import Batches
internal import Files

/// A stored source that a stream may be, and how far the two have been compared.
struct SourceCandidate {
  let lineage: Lineage
  /// Up to where the digests at the marks agree.
  private(set) var agreed: Int64 = 0
  /// Up to where the lines agree: at least as far as the marks do.
  private(set) var known: Int64 = 0
  /// Whether the last line that agrees had its newline.
  private(set) var endsInNewline = true
  /// The digests of the lines that agree since the last mark.
  private(set) var lines: [UInt32] = []
  /// Whether there is more to compare.
  private(set) var isOpen = true
  private var next = 0

  init(_ lineage: Lineage) {
    self.lineage = lineage
    isOpen = !lineage.marks.isEmpty
  }

  /// Where the two are to be compared next; nil when all has been said.
  var nextMark: Int64? { isOpen ? lineage.marks[next].offset : nil }

  /// Whether all that the ledger has of the source stands in the stream.
  var isWhole: Bool { known == lineage.consumed }

  /// Takes the stream's digest at the next mark: false where they part before it.
  mutating func compare(_ digest: Digest, endsInNewline: Bool) -> Bool {
    guard lineage.marks[next].digest == digest else { return false }
    agreed = lineage.marks[next].offset
    known = agreed
    self.endsInNewline = endsInNewline
    next += 1
    isOpen = next < lineage.marks.count
    return true
  }

  /// Compares line by line what follows the last mark, up to the first that differs.
  /// `bytes` are the stream's from there on, to its end if `isAtEnd`.
  mutating func close(_ ledger: any Ledger, _ bytes: Bytes, _ style: LineStyle, isAtEnd: Bool)
    throws
  {
    let mark = nextMark ?? agreed
    isOpen = false
    var start = 0
    if !endsInNewline, style == .lines {
      guard bytes.first == 0x0A else { return }
      start = 1
    }
    let lines = ContentLines(bytes: bytes, style: style, isAtEnd: isAtEnd)
    let digests = try ledger.lines(of: lineage.source, after: agreed)
    let room = Int(clamping: mark - agreed)
    let common = lines.shared(with: digests, from: start, before: room)
    known = agreed + Int64(common.end)
    self.lines = common.digests
    if style == .documents || common.end > 0 { endsInNewline = common.endsInNewline }
  }
}

/// What a stream holds beyond its last mark, line by line or object by object.
private struct ContentLines {
  let bytes: Bytes
  let style: LineStyle
  let isAtEnd: Bool

  /// The lines that a stream has in common with a source.
  struct Common {
    /// Where the last of them ends, with its newline.
    var end: Int
    var endsInNewline = true
    var digests: [UInt32] = []
  }

  /// The lines from a place on that have these digests.
  ///
  /// Lines without a digest of their own are shared where the next digest agrees. Where the stream
  /// ends with such lines, they are shared if they end before the source's next mark, which is
  /// `room` bytes behind the last one: the source goes on there.
  func shared(with digests: [UInt32], from start: Int, before room: Int) -> Common {
    var common = Common(end: start)
    var own = LineDigests()
    var place = start
    var left = digests[...]
    var hasOwnDigest = true
    while let line = line(from: place) {
      hasOwnDigest = own.append(bytes.part(line.content))
      if hasOwnDigest {
        guard let digest = left.popFirst(), own.values.last == digest else {
          own.removeLast()
          break
        }
        common.end = line.end
        common.endsInNewline = line.isTerminated
      }
      place = line.end
      if !line.isTerminated { break }
    }
    if isAtEnd, style == .lines, !hasOwnDigest, place == bytes.count, bytes[place - 1] == 0x0A,
      place < room
    {
      common.end = place
      common.endsInNewline = true
    }
    common.digests = own.values
    return common
  }

  /// The line, or object, that begins at a place or behind it; nil where there is none that is
  /// whole.
  private func line(from place: Int) -> (content: Range<Int>, end: Int, isTerminated: Bool)? {
    if style == .documents {
      return DocumentScanner.first(in: bytes, from: place).map { ($0, $0.upperBound, true) }
    }
    let rest = bytes.part(place..<bytes.count)
    if let newline = rest.place(of: 0x0A) {
      return (place..<place + newline, place + newline + 1, true)
    }
    return isAtEnd && !rest.isEmpty ? (place..<bytes.count, bytes.count, false) : nil
  }
}
