internal import Batches
internal import Files

/// Finds out how much of a stream is already in the ledger, whatever its name is now, and whether
/// or not it was compressed since.
///
/// The stream is hashed from its start. The hash is compared with every stored source that begins
/// alike, at each of that source's marks; after the last mark that agrees, line by line. Bytes that
/// were read and not yet proven are kept, so that the stream need not be rewound.
struct PrefixProof: ~Copyable {
  private let stream: any ByteStream
  private(set) var head = Head()
  /// Bytes of the stream from `start` on.
  private var bytes: [UInt8] = []
  private var start: Int64 = 0
  /// The hash of everything before `start`, and how many newlines, or objects, stand there.
  private var hashAtStart = ContentHash()
  private var newlines: Int64 = 0
  /// The hash of everything before `hashed`.
  private var hash = ContentHash()
  private var hashed: Int64 = 0
  /// Whether a newline precedes the mark compared last.
  private var endsInNewline = true
  private(set) var isAtEnd = false
  private var candidates: [SourceCandidate] = []
  /// Called now and then while known bytes are passed over; an error it throws ends that.
  private let onPassed: () throws -> Void

  /// How the stream is cut into lines.
  var style: LineStyle { head.bytes.withUnsafeBufferPointer { LineStyle(of: $0) } }

  /// How long a head is at most.
  static let headLength = 4096

  /// The stream's first bytes, by which a new source will be known.
  struct Head {
    var bytes: [UInt8] = []

    /// The digest of the first bytes, up to an offset.
    func mark(upTo end: Int64) -> ContentMark {
      let length = min(Int64(bytes.count), end)
      return ContentMark(offset: length, digest: digest(Int(length)))
    }

    /// The digest of the first line, of a stream that is consumed up to `end`; nil when it is too
    /// long to tell, or there is none.
    func firstLine(upTo end: Int64) -> Digest? {
      let length = bytes.withUnsafeBufferPointer { head in
        LineStyle(of: head) == .lines
          ? head.place(of: 0x0A) ?? head.count
          : DocumentScanner.first(in: head)?.upperBound ?? head.count
      }
      guard length > 0, length <= end, length < PrefixProof.headLength else { return nil }
      return digest(length)
    }

    private func digest(_ length: Int) -> Digest {
      var hash = ContentHash()
      bytes.withUnsafeBufferPointer { hash.update($0.part(0..<length)) }
      return hash.digest
    }
  }
  /// Where two marks are further apart than this, the proof ends: the rest counts as new.
  private static let mostAhead = 16 << 20

  init(_ stream: any ByteStream, onPassed: @escaping () throws -> Void = {}) {
    self.stream = stream
    self.onPassed = onPassed
  }

  /// Compares with every source of the ledger that begins alike, best matches first.
  mutating func run(_ ledger: any Ledger) throws -> [SourceCandidate] {
    readHead()
    return try compare(with: lineages(ledger), ledger)
  }

  /// Compares with one source.
  mutating func run(_ ledger: any Ledger, with lineage: Lineage) throws -> SourceCandidate? {
    readHead()
    return try compare(with: [lineage], ledger).first
  }

  private mutating func readHead() {
    while bytes.count < PrefixProof.headLength, readMore(PrefixProof.headLength) {}
    head = Head(bytes: Array(bytes.prefix(PrefixProof.headLength)))
  }

  /// Sources that begin as the stream does, or, of a short stream, with the same line.
  private func lineages(_ ledger: any Ledger) throws -> [Lineage] {
    var lineages: [Lineage] = []
    var hash = ContentHash()
    var hashed = 0
    try head.bytes.withUnsafeBufferPointer { head in
      for length in try ledger.headLengths().reversed() where length > 0 && length <= head.count {
        hash.update(head.part(hashed..<Int(length)))
        hashed = Int(length)
        lineages += try ledger.lineages(head: ContentMark(offset: length, digest: hash.digest))
      }
    }
    if head.bytes.count < PrefixProof.headLength,
      let line = head.firstLine(upTo: Int64(head.bytes.count))
    {
      for lineage in try ledger.lineages(firstLine: line)
      where !lineages.contains(where: { $0.source == lineage.source }) {
        lineages.append(lineage)
      }
    }
    return lineages
  }

  private mutating func compare(with lineages: [Lineage], _ ledger: any Ledger) throws
    -> [SourceCandidate]
  {
    candidates = lineages.map(SourceCandidate.init)
    while let nearest = candidates.lazy.compactMap(\.nextMark).min(), reach(nearest) {
      let digest = hash.digest
      if nearest > start { endsInNewline = bytes[Int(nearest - start) - 1] == 0x0A }
      for index in candidates.indices where candidates[index].nextMark == nearest {
        if !candidates[index].compare(digest, endsInNewline: endsInNewline) {
          try close(index, ledger)
        }
      }
      if let proven = candidates.lazy.filter(\.isOpen).map(\.agreed).min() {
        advance(to: proven)
        try onPassed()
      }
    }
    for index in candidates.indices where candidates[index].isOpen { try close(index, ledger) }
    return candidates.filter { $0.known > 0 }.sorted { $0.known > $1.known }
  }

  private mutating func close(_ index: Int, _ ledger: any Ledger) throws {
    let place = Int(candidates[index].agreed - start)
    let style = style
    try bytes.withUnsafeBufferPointer {
      try candidates[index].close(ledger, $0.part(place..<$0.count), style, isAtEnd: isAtEnd)
    }
  }

  /// What follows a place that was proven, as far as it was read.
  func rest(after offset: Int64) -> ArraySlice<UInt8> {
    if offset >= start { return bytes[Int(offset - start)...] }
    // Only what is in the head is ever taken back.
    return (head.bytes[Int(offset)..<Int(start)] + bytes)[...]
  }

  /// How many newlines, or whole objects, precede a place that was proven.
  func newlines(before offset: Int64) -> Int64 {
    guard offset >= start else {
      return Int64(count(head.bytes[..<Int(offset)]))
    }
    return newlines + Int64(count(bytes[..<Int(offset - start)]))
  }

  /// The hash of everything before a place that was proven.
  consuming func hash(before offset: Int64) -> ContentHash {
    var hash = offset >= start ? hashAtStart.copy() : ContentHash()
    if offset >= start {
      bytes.withUnsafeBufferPointer { hash.update($0.part(0..<Int(offset - start))) }
    } else {
      head.bytes.withUnsafeBufferPointer { hash.update($0.part(0..<Int(offset))) }
    }
    return hash
  }

  /// Forgets what precedes a place.
  private mutating func advance(to offset: Int64) {
    let passed = Int(offset - start)
    guard passed > 0 else { return }
    newlines += Int64(count(bytes[..<passed]))
    if hashed == offset {
      hashAtStart.become(hash)
    } else {
      bytes.withUnsafeBufferPointer { hashAtStart.update($0.part(0..<passed)) }
    }
    bytes.removeFirst(passed)
    start = offset
  }

  private func count(_ bytes: ArraySlice<UInt8>) -> Int {
    let style = style
    return bytes.withUnsafeBufferPointer { bytes in
      if style == .documents { return DocumentScanner.count(in: bytes) }
      var count = 0
      for byte in bytes { count &+= byte == 0x0A ? 1 : 0 }
      return count
    }
  }

  /// Hashes up to an offset; false where the stream ends before, or the proof is given up.
  private mutating func reach(_ offset: Int64) -> Bool {
    while start + Int64(bytes.count) < offset {
      if bytes.count > PrefixProof.mostAhead || !readMore(1 << 16) { return false }
    }
    let from = Int(hashed - start)
    let to = Int(offset - start)
    if from < to { bytes.withUnsafeBufferPointer { hash.update($0.part(from..<to)) } }
    hashed = offset
    return true
  }

  /// Reads up to `count` bytes more; false at the end, and where the stream is damaged: who reads
  /// on meets the damage again, after the lines that precede it.
  private mutating func readMore(_ count: Int) -> Bool {
    let got = withUnsafeTemporaryAllocation(byteCount: count, alignment: 16) { buffer in
      let got = (try? stream.read(into: buffer)) ?? 0
      bytes.append(contentsOf: buffer.prefix(got))
      return got
    }
    isAtEnd = got == 0
    return got > 0
  }
}
