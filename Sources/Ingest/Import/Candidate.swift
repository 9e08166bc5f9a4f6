internal import Events

/// A source that a stream may be, as far as the two have been compared.
struct Candidate {
  let lineage: Lineage
  /// How far the marks agree.
  private(set) var agreed: Int64 = 0
  /// How far the lines agree: at least as far as the marks.
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
    isOpen = false
    if style == .documents { return try close(ledger, documents: bytes) }
    var place = 0
    if !endsInNewline {
      guard bytes.first == 0x0A else { return }
      place = 1
    }
    var chain = LineChain()
    for digest in try ledger.lines(of: lineage.source, after: agreed) {
      let rest = bytes.part(place..<bytes.count)
      let newline = rest.place(of: 0x0A)
      guard newline != nil || (isAtEnd && !rest.isEmpty) else { break }
      chain.append(rest.part(0..<(newline ?? rest.count)))
      guard chain.digests.last == digest else {
        chain.removeLast()
        break
      }
      endsInNewline = newline != nil
      place += newline.map { $0 + 1 } ?? rest.count
      if newline == nil { break }
    }
    known = agreed + Int64(place)
    lines = chain.digests
    if place > 0, lines.isEmpty { endsInNewline = true }
  }

  /// The same for sources that are cut after their objects.
  private mutating func close(_ ledger: any Ledger, documents bytes: Bytes) throws {
    var place = 0
    var chain = LineChain()
    for digest in try ledger.lines(of: lineage.source, after: agreed) {
      guard let document = DocumentScanner.first(in: bytes, from: place) else { break }
      chain.append(bytes.part(document))
      guard chain.digests.last == digest else {
        chain.removeLast()
        break
      }
      place = document.upperBound
    }
    known = agreed + Int64(place)
    lines = chain.digests
    endsInNewline = true
  }
}
