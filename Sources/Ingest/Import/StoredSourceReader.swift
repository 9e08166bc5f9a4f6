internal import Batches
internal import Files
internal import Glibc

/// Reads parts of a log again that was imported before, from wherever the log is now.
///
/// A file is taken for that log only as far as the ledger's digests prove it: what was read of a
/// part is accepted once the digest of everything up to the part's end agrees.
struct StoredSourceReader {
  let source: StoredSource
  let ledger: any Ledger
  /// Longer lines are too long.
  let maxLine: Int

  /// Why parts could not be read again.
  enum Obstacle {
    /// There is no file by that name, or by one derived from it.
    case gone
    /// Other logs stand there now.
    case another
    /// It begins as it did, and goes on differently or ends before.
    case changed
  }

  /// Calls `read` with the lines of each part; then, when these are proven, `accept`, else
  /// `refuse`. Returns why something is left that was not accepted; nil when nothing is. Where the
  /// log is under another name, `onFound` is told which.
  func run(
    _ read: (StoredRange, inout LineReader) throws -> Void,
    accept: (StoredRange) throws -> Void, refuse: () -> Void,
    onFound: (String) -> Void = { _ in }
  ) throws -> Obstacle? {
    var left = source.ranges[...]
    var obstacle = Obstacle.gone
    // Nothing else is opened: a pipe would keep us waiting.
    for path in candidates where FileKind(path: path) == .file {
      guard !left.isEmpty else { break }
      if obstacle == .gone { obstacle = .another }
      guard let head = open(path), head.skip(to: source.head.offset),
        head.digest == source.head.digest, let style = LineStyle(ofFile: path)
      else { continue }
      obstacle = .changed
      let all = left.count
      // From the start again as often as that helps: parts may cover the same bytes.
      var before = 0
      while before != left.count, !left.isEmpty, let content = open(path) {
        before = left.count
        try run(content, style, &left, read, accept, refuse)
      }
      if path != source.path, left.count < all { onFound(path) }
    }
    return left.isEmpty ? nil : obstacle
  }

  private func open(_ path: String) -> ProvenStream? {
    (try? Input(path: path, size: nil).open()).map { ProvenStream($0.stream) }
  }

  private func run(
    _ content: ProvenStream, _ style: LineStyle, _ left: inout ArraySlice<StoredRange>,
    _ read: (StoredRange, inout LineReader) throws -> Void,
    _ accept: (StoredRange) throws -> Void, _ refuse: () -> Void
  ) throws {
    while let range = left.first {
      guard content.skip(to: range.offset) else { return }
      content.end = range.end
      // A line taken without its newline has it in the next part.
      let owesNewline = style == .lines && content.last.map { $0 != 0x0A } ?? false
      var lines = LineReader(
        content, from: range.offset, hash: ContentHash(), pending: [], owesNewline: owesNewline,
        limit: maxLine, style: style,
        header: try ledger.header(of: source.id, before: range.offset))
      do {
        try read(range, &lines)
      } catch is InputError {
        return refuse()
      }
      guard content.skip(to: range.end), content.digest == range.proof else {
        return refuse()
      }
      try accept(range)
      left.removeFirst()
    }
  }

  /// Where the log may be: its own path, and files beside it.
  private var candidates: [String] {
    source.path == "-" ? [] : [source.path] + NeighbourFiles.siblings(of: source.path)
  }
}

/// A stream that ends where it is told to, and knows the digest of all that was read of it.
private final class ProvenStream: ByteStream {
  private let stream: any ByteStream
  private var hash = ContentHash()
  private var offset: Int64 = 0
  /// The byte read last.
  private(set) var last: UInt8?
  /// Where it ends for now.
  var end: Int64 = 0

  init(_ stream: any ByteStream) {
    self.stream = stream
  }

  var consumed: Int64 { stream.consumed }
  var digest: Digest { hash.digest }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    let room = Int(min(Int64(buffer.count), end - offset))
    guard room > 0 else { return 0 }
    let count = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<room]))
    hash.update(UnsafeBufferPointer(rebasing: buffer.bindMemory(to: UInt8.self)[..<count]))
    offset += Int64(count)
    if count > 0 { last = buffer[count - 1] }
    return count
  }

  /// Reads on to an offset; false where it ends before, or is damaged.
  func skip(to place: Int64) -> Bool {
    end = place
    guard offset <= place else { return false }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while offset < place {
      let count = chunk.withUnsafeMutableBytes { (try? read(into: $0)) ?? 0 }
      if count == 0 { return false }
    }
    return true
  }
}
