internal import Batches
internal import Events
internal import Files
internal import Glibc
internal import Times

/// Goes to the place of an event's line in a file that may be its log: straight to it where that can
/// be done, else from the file's start.
struct LineSeek {
  let place: Event.Place
  /// What a store knows of the line; nil for nothing.
  let origin: LineOrigin?
  let origins: (any LineOrigins)?
  /// Whether the number of the line is wanted.
  let countsLines: Bool
  /// Whether a gzip file may be entered in its middle.
  var usesRestarts = true

  /// A file's content from the line on.
  struct Found {
    var stream: any ByteStream
    var style: LineStyle
    /// How many lines precede it; nil where that is not known.
    var linesBefore: Int64?
    /// Whether the file was entered in its middle.
    var isRestarted = false
  }

  enum Outcome {
    case found(Found)
    case gone
    case tooFar
  }

  /// Compressed logs without a restart point are read up to this far.
  private static let farthest: Int64 = 256 << 20

  /// - Parameter left: how many bytes may still be unpacked of files that need not be the log.
  func run(in path: String, left: inout Int64) -> Outcome {
    guard let size = LineSeek.size(ofFile: path), let start = LogStart(ofFile: path),
      origin.map({ start.isOf($0.head) }) ?? true,
      let open = try? Input(path: path, size: nil).open()
    else { return .gone }
    let anchor = anchor(start.style)
    let from = anchor?.offset ?? place.offset
    let stream: any ByteStream
    var isRestarted = false
    if !open.isDecoded {
      guard size - place.length >= place.offset, open.file.seek(to: from) else { return .gone }
      stream = open.stream
    } else if let restarted = restarted(path, at: from) {
      stream = restarted
      isRestarted = true
    } else {
      let end = place.offset.addingClamped(place.length)
      guard end <= LineSeek.farthest else { return .tooFar }
      if path != place.path, path != origin?.path {
        guard end <= left else { return .tooFar }
        left -= end
      }
      guard LineSeek.pass(from, of: open.stream) != nil else { return .gone }
      stream = open.stream
    }
    guard let passed = LineSeek.pass(place.offset - from, of: stream) else { return .gone }
    return .found(
      Found(
        stream: stream, style: start.style, linesBefore: anchor?.lines.addingClamped(passed),
        isRestarted: isRestarted))
  }

  /// Nil for what is no file: a pipe would keep us waiting.
  private static func size(ofFile path: String) -> Int64? {
    guard let status = stat(path: path), FileKind(status) == .file else { return nil }
    return Int64(status.st_size)
  }

  /// From where on lines are to be counted, and how many precede that; nil for nowhere.
  private func anchor(_ style: LineStyle) -> (offset: Int64, lines: Int64)? {
    guard countsLines else { return nil }
    // The newline before a batch was counted with it: one that is owed stands behind its start.
    if style == .lines, let origin, origin.batch > 0, origin.linesBefore > 0,
      origin.batch <= place.offset
    {
      return (origin.batch - 1, origin.linesBefore - 1)
    }
    return place.offset <= LineSeek.farthest ? (0, 0) : nil
  }

  private func restarted(_ path: String, at offset: Int64) -> (any ByteStream)? {
    guard usesRestarts, let origin, let origins else { return nil }
    return LineSeek.stream(of: path, from: offset) {
      try origins.restart(in: origin.source, file: $0, upTo: offset)
    }
  }

  /// What a gzip file holds from a place on, from the nearest point before it; nil where none is
  /// known, or the file is not what it was.
  static func stream(
    of path: String, from offset: Int64, _ restart: (_ file: UInt64) throws -> RestartPoint?
  ) -> (any ByteStream)? {
    guard let file = try? Input(path: path, size: nil).openFile(),
      let digest = GzipRestarts.digest(of: file), let point = try? restart(digest),
      case let distance = offset - point.offset, (0...LineSeek.farthest).contains(distance),
      let stream = GzipStream(file, from: point),
      LineSeek.pass(distance, of: stream) != nil
    else { return nil }
    return stream
  }

  /// Reads so many bytes, and returns how many newlines are among them; nil where there are fewer.
  private static func pass(_ count: Int64, of stream: any ByteStream) -> Int64? {
    var lines: Int64 = 0
    var left = count
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while left > 0 {
      let step = Int(min(left, Int64(chunk.count)))
      let got = chunk.withUnsafeMutableBytes { buffer in
        (try? stream.fill(UnsafeMutableRawBufferPointer(rebasing: buffer[..<step]))) ?? 0
      }
      if got < step { return nil }
      for byte in chunk[..<got] where byte == UInt8(ascii: "\n") { lines += 1 }
      left -= Int64(got)
    }
    return lines
  }
}

/// What a log begins with.
struct LogStart {
  private let head: PrefixProof.Head
  let style: LineStyle

  /// Nil where the file cannot be read.
  init?(ofFile path: String) {
    guard let stream = try? Input(path: path, size: nil).open().stream else { return nil }
    var bytes = [UInt8](repeating: 0, count: PrefixProof.headLength)
    let count = bytes.withUnsafeMutableBytes { (try? stream.fill($0)) ?? 0 }
    head = PrefixProof.Head(bytes: Array(bytes[..<count]))
    style = head.bytes.withUnsafeBufferPointer { LineStyle(of: $0) }
  }

  /// Whether it may be the log that a source is known by.
  func isOf(_ source: ContentMark) -> Bool {
    head.mark(upTo: source.offset) == ContentMark(offset: source.offset, digest: source.digest)
  }
}
