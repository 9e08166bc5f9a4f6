internal import Batches
internal import Files
internal import Glibc

/// An input as it is read: what is known of it, and where it goes on.
final class Reading {
  let input: Input
  private let open: OpenInput
  private(set) var place: Place?
  var lines: LineReader
  /// The source that it is; nil for one not met before.
  private(set) var source: Int64?
  /// Of a new source: what it branches from, and the proof of that where no mark stands.
  private var parent: Int64?
  private var fork: Mark?
  private var head: PrefixProof.Head
  /// Whether nothing of it is new, although the ledger has more of its source, or the source's own
  /// file is another: it goes on from here only after another look.
  var isPrefix: Bool { choice.map { $0.isPrefix || $0.isCopy } ?? false }
  /// Whether it is but a copy of a file that is there as well.
  var isCopy: Bool { choice?.isCopy ?? false }
  /// What of it was known at first.
  private(set) var choice: Choice?
  /// An unfinished last line of such a prefix.
  let hasTail: Bool
  /// What stands before the place it goes on from; nil where that cannot change under the read.
  private var marker: Marker?

  init(
    _ input: Input, _ open: OpenInput, _ proof: consuming PrefixProof, _ choice: Choice?, limit: Int
  ) {
    let known = choice?.known ?? 0
    self.input = input
    self.open = open
    place = open.place
    head = proof.head
    self.choice = choice
    let pending = Array(proof.rest(after: known))
    let style = proof.style
    hasTail = choice.map { $0.isPrefix || $0.isCopy } == true && !pending.isEmpty
    let hash = proof.hash(before: known)
    if let choice {
      if choice.isWhole || choice.isPrefix {
        source = choice.source
      } else {
        parent = choice.source
        fork = Mark(offset: known, digest: hash.digest, lines: choice.lines)
      }
    }
    lines = LineReader(
      open.stream, from: known, hash: hash, pending: pending,
      owesNewline: style == .lines && !(choice?.endsInNewline ?? true), limit: limit,
      style: known > 0 ? style : nil)
    self.choice?.lines = []
    if source != nil { head = PrefixProof.Head() }
    if isPlainFile { marker = Marker(before: known, in: open.file) }
  }

  /// What of a stream is known.
  struct Choice {
    var source: Int64
    var known: Int64
    var isWhole: Bool
    var isPrefix: Bool
    /// Whether it is so little that its source is told by its file, and that is another one.
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

  /// Prepares a batch that was read from here for the ledger; throws when the file was not what it
  /// had been all the while.
  func seal(_ batch: Batch) throws(Rewritten) {
    batch.marks = lines.takeMarks()
    if let fork, !fork.lines.isEmpty {
      batch.marks.insert(fork, at: 0)
      // It stands in the first batch alone.
      self.fork?.lines = []
    }
    batch.place = place
    guard let marker else { return }
    let next = Marker(before: lines.offset, in: open.file)
    guard marker.holds(in: open.file, upTo: lines.offset) else { throw Rewritten() }
    self.marker = next
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
  var isIntact: Bool { marker?.holds(in: open.file, upTo: lines.offset) ?? true }

  /// Its file has another descriptor from now on; -1 until there is one.
  func stand(on descriptor: Int32) { open.file.stand(on: descriptor) }

  /// Gives back memory until `wake`.
  func rest() { lines.rest() }

  /// Goes on where it stopped.
  func wake() { open.file.seek(to: lines.offset) }
}
