internal import Batches
internal import Files
internal import Glibc

/// A log that was opened and recognised by its content: which source it is, how much of it is
/// stored already, and its lines from there on.
final class IdentifiedLog {
  let input: Input
  private let open: OpenInput
  private(set) var place: Place?
  var lines: LineReader
  /// The source that it is; nil for one not met before.
  private(set) var source: Int64?
  /// Of a new source that begins like another one: that source, and the mark where they part,
  /// unless the ledger has one there.
  private var parent: Int64?
  private var fork: ContentMark?
  private var head: PrefixProof.Head
  /// Whether nothing of it is new: it is the beginning of a source of which more is stored, or a
  /// copy of another file. Should it grow, it must be recognised anew.
  var isPrefix: Bool { match.map { $0.isPrefix || $0.isCopy } ?? false }
  /// Whether it is a copy of another file, which is that source's own.
  var isCopy: Bool { match?.isCopy ?? false }
  /// What the ledger knew of it when it was opened; nil for nothing.
  private(set) var match: Match?
  /// Whether such a prefix ends in an unfinished line.
  let hasTail: Bool
  /// Tells whether its file was written anew; nil for a pipe and for what is decompressed.
  private var check: RewriteCheck?

  init(
    _ input: Input, _ open: OpenInput, _ proof: consuming PrefixProof, _ match: Match?, limit: Int,
    header: ColumnHeader? = nil
  ) {
    let known = match?.known ?? 0
    self.input = input
    self.open = open
    place = open.place
    head = proof.head
    self.match = match
    let pending = Array(proof.rest(after: known))
    let style = proof.style
    hasTail = match.map { $0.isPrefix || $0.isCopy } == true && !pending.isEmpty
    let hash = proof.hash(before: known)
    if let match {
      if match.isWhole || match.isPrefix {
        source = match.source
      } else {
        parent = match.source
        fork = ContentMark(offset: known, digest: hash.digest, lines: match.lines)
      }
    }
    lines = LineReader(
      open.stream, from: known, hash: hash, pending: pending,
      owesNewline: style == .lines && !(match?.endsInNewline ?? true), limit: limit,
      style: known > 0 ? style : nil, header: header)
    self.match?.lines = []
    if source != nil { head = PrefixProof.Head() }
    if isPlainFile { check = RewriteCheck(before: known, in: open.file) }
  }

  /// The source that a stream begins like, and how far.
  struct Match {
    var source: Int64
    /// How many of its first bytes are stored already.
    var known: Int64
    /// Whether that is all that is stored of the source.
    var isWhole: Bool
    /// Whether that is all there is of the stream.
    var isPrefix: Bool
    /// Whether it is so little that other logs may begin so too, and the source's own file is
    /// another.
    var isCopy: Bool
    var endsInNewline: Bool
    /// Before `known`.
    var newlines: Int64
    /// The digests of the lines since the last mark.
    var lines: [UInt32]
  }

  var isPlainFile: Bool { open.file.isRegular && !open.isDecoded && input.path != "-" }

  /// Whether it can be read a second time.
  var isRepeatable: Bool { open.file.isRegular && (input.path != "-" || open.file.seek(to: 0)) }

  /// About how many bytes of memory decompression takes, where that is much.
  var memory: UInt64 { open.stream.memory }

  /// Bytes taken from the file so far.
  var consumed: Int64 { open.stream.consumed }

  var status: stat? { open.file.status }

  /// From where it can be unpacked again: places noticed since the last call.
  func takeRestarts() -> [RestartPoint] { open.stream.takeRestarts() }

  /// Prepares a batch that was read from here for the ledger; throws when the file was not what it
  /// had been all the while.
  func seal(_ batch: Batch) throws(Rewritten) {
    batch.marks = lines.takeMarks()
    batch.headers = lines.takeHeaders()
    batch.restarts = takeRestarts()
    if let fork, !fork.lines.isEmpty {
      batch.marks.insert(fork, at: 0)
      // It stands in the first batch alone.
      self.fork?.lines = []
    }
    batch.place = place
    guard let check else { return }
    let next = RewriteCheck(before: lines.offset, in: open.file)
    guard check.holds(in: open.file, upTo: lines.offset) else { throw Rewritten() }
    self.check = next
    if let size = status?.st_size { batch.place?.size = Int64(size) }
  }

  /// Where a batch belongs that ends at a place.
  func origin(upTo end: Int64) -> Origin {
    if let source { return .known(source: source) }
    return .new(
      head: head.mark(upTo: parent == nil ? end : .max), firstLine: head.firstLine(upTo: end),
      parent: parent, fork: fork?.offset ?? 0, path: input.path)
  }

  /// The first batch of a new source was stored.
  func became(_ source: Int64) {
    self.source = source
    parent = nil
    fork = nil
    head = PrefixProof.Head()
  }

  /// The file has another name now.
  func moved(to place: Place) { self.place = place }

  /// Whether the file still holds what was read.
  var isIntact: Bool { check?.holds(in: open.file, upTo: lines.offset) ?? true }

  /// Its file has another descriptor from now on; -1 until there is one.
  func stand(on descriptor: Int32) { open.file.stand(on: descriptor) }

  /// Gives back memory until `wake`.
  func rest() { lines.rest() }

  /// Goes on where it stopped.
  func wake() { open.file.seek(to: lines.offset) }
}
