internal import Events

/// Finds out how much of a stream is already in the ledger, whatever its name, and whether it was
/// compressed in between.
///
/// The stream is hashed from its start and compared, mark by mark, with every source that begins
/// alike. What has been read beyond the last proof is kept, so that a stream need not be rewound.
struct PrefixProof: ~Copyable {
  /// The source that this is, as far as it is known.
  struct Finding {
    /// Nil: nothing of it is known.
    var source: Int64?
    /// How many bytes are known.
    var known: Int64 = 0
    /// Whether all that the ledger has of the source was proven; else this branches off.
    var isWhole = false
    /// Whether the last known line had its newline.
    var endsInNewline = true
    /// Newlines among the known bytes.
    var newlines: Int64 = 0

    /// How many lines are known.
    var lines: Int64 { newlines + (endsInNewline ? 0 : 1) }
  }

  private let stream: any ByteStream
  private var hash = ContentHash()
  /// The hash at the last proof.
  private var provenHash = ContentHash()
  private(set) var finding = Finding()
  /// What was read beyond the last proof: the stream from `finding.known` on.
  private(set) var pending: [UInt8] = []
  /// How much has been hashed.
  private var hashed: Int64 = 0
  /// The digest of the stream's first bytes, by which a new source will be known.
  private(set) var head = Mark(offset: 0, digest: Digest(high: 0, low: 0))
  private(set) var encoding = TextEncoding.utf8

  /// How long a head is at most.
  static let headLength = 4096
  /// Proofs further apart than this are given up: the rest counts as new.
  private static let mostPending = 16 << 20

  init(_ stream: any ByteStream) {
    self.stream = stream
  }

  /// Reads on until it is known where the new begins. Throws where the stream is no log.
  mutating func run(ledger: any Ledger) throws {
    readHead()
    encoding = try pending.withUnsafeBufferPointer { head throws(InputError) in
      try TextEncoding(ofLog: head)
    }
    prove(try candidates(ledger))
  }

  /// The hash of everything known.
  consuming func takeHash() -> ContentHash { provenHash.copy() }

  private mutating func readHead() {
    while pending.count < PrefixProof.headLength {
      if readMore(PrefixProof.headLength - pending.count) == 0 { break }
    }
    head = pending.withUnsafeBufferPointer { PrefixProof.mark($0) }
  }

  private static func mark(_ bytes: UnsafeBufferPointer<UInt8>) -> Mark {
    var hash = ContentHash()
    hash.update(bytes)
    return Mark(offset: Int64(bytes.count), digest: hash.digest)
  }

  private func candidates(_ ledger: any Ledger) throws -> [Lineage] {
    var lineages: [Lineage] = []
    for length in try ledger.headLengths() where length <= Int64(pending.count) && length > 0 {
      let mark = pending.withUnsafeBufferPointer { PrefixProof.mark($0.part(0..<Int(length))) }
      lineages += try ledger.lineages(head: mark)
    }
    return lineages
  }

  /// Compares at every mark of every candidate that has agreed so far.
  private mutating func prove(_ lineages: [Lineage]) {
    var next = Array(repeating: 0, count: lineages.count)
    while true {
      var nearest: Int64?
      for (index, lineage) in lineages.enumerated() where next[index] < lineage.marks.count {
        nearest = min(nearest ?? .max, lineage.marks[next[index]].offset)
      }
      guard let nearest, reach(nearest) else { return }
      let digest = hash.digest
      var agreed: Int?
      for (index, lineage) in lineages.enumerated()
      where next[index] < lineage.marks.count && lineage.marks[next[index]].offset == nearest {
        if lineage.marks[next[index]].digest == digest {
          next[index] += 1
          // A source that ends here is this log; one that goes on must agree again first.
          if agreed == nil || lineage.consumed == nearest { agreed = index }
        } else {
          next[index] = lineage.marks.count
        }
      }
      if let agreed {
        accept(lineages[agreed], at: nearest)
      }
    }
  }

  private mutating func accept(_ lineage: Lineage, at offset: Int64) {
    let newlyProven = Int(offset - finding.known)
    if newlyProven > 0 {
      finding.endsInNewline = pending.withUnsafeBufferPointer {
        encoding.endsInNewline($0.part(0..<newlyProven))
      }
    }
    for byte in pending[..<newlyProven] where byte == 0x0A { finding.newlines += 1 }
    pending.removeFirst(newlyProven)
    finding.source = lineage.source
    finding.known = offset
    finding.isWhole = offset == lineage.consumed
    provenHash = hash.copy()
  }

  /// Hashes up to an offset; false where the stream ends before, or the proof is given up.
  private mutating func reach(_ offset: Int64) -> Bool {
    while finding.known + Int64(pending.count) < offset {
      if pending.count > PrefixProof.mostPending { return false }
      let missing = offset - finding.known - Int64(pending.count)
      if readMore(Int(min(missing, 1 << 20))) == 0 { return false }
    }
    let from = Int(hashed - finding.known)
    let to = Int(offset - finding.known)
    if from < to { pending.withUnsafeBufferPointer { hash.update($0.part(from..<to)) } }
    hashed = offset
    return true
  }

  /// Reads up to `count` bytes more; 0 at the end, and where the stream is damaged: who reads on
  /// meets the damage again, after the lines that precede it.
  private mutating func readMore(_ count: Int) -> Int {
    let start = pending.count
    pending.append(contentsOf: repeatElement(0, count: count))
    let got = pending.withUnsafeMutableBytes { bytes in
      (try? stream.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))) ?? 0
    }
    pending.removeLast(count - got)
    return got
  }
}
