package import Batches
internal import Files

/// Single lines of a log, whatever its compression: the first ones, or one at an offset.
package enum LogHead {
  /// A line, and the header under which it stands.
  package struct Line {
    package var text: String
    var columns: Columns?

    /// A line by itself, or behind the lines of its header.
    package init(_ text: String) {
      var rest = text.utf8[...]
      while let end = rest.firstIndex(of: 0x0A) {
        let isDirective = rest.first == UInt8(ascii: "#")
        let columns = Array(rest[..<end]).withUnsafeBufferPointer {
          isDirective ? Columns(directive: $0, at: 0) : Columns(first: $0, at: 0)
        }
        rest = rest[rest.index(after: end)...]
        if let columns {
          self.init(String(Substring(rest)), under: columns)
          return
        }
        if !isDirective { break }
      }
      self.init(text, under: nil)
    }

    init(_ text: String, under columns: Columns?) {
      self.text = text
      self.columns = columns
    }
  }

  /// The line that starts at a byte of the decompressed log; nil where there is none.
  ///
  /// - Parameter restart: from where a gzip file, known by the hash of its first bytes, can be unpacked
  ///   that is not behind the line.
  package static func line(
    of path: String, at offset: Int64,
    restart: (_ file: UInt64) throws -> RestartPoint? = { _ in nil }
  ) throws -> Line? {
    if try lines(of: path, limit: headerLines).contains(where: { $0.columns != nil }) {
      return try headedLine(of: path, at: offset)
    }
    if FileKind(path: path) == .file, let start = LogStart(ofFile: path),
      let stream = LineSeek.stream(of: path, from: offset, restart)
    {
      var reader = reader(of: stream, from: offset, start.style)
      // What was noted of a log may be wrong: then it is read from its start after all.
      if let line = try? reader.next() { return Line(String(repairing: line.text)) }
    }
    let stream = try Input(path: path, size: nil, isNamed: true).open().stream
    var left = offset
    var style: LineStyle?
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while left > 0 {
      let step = Int(min(left, Int64(bytes.count)))
      let got = try bytes.withUnsafeMutableBytes { buffer in
        try stream.fill(UnsafeMutableRawBufferPointer(rebasing: buffer[..<step]))
      }
      if got < step { return nil }
      left -= Int64(got)
      style =
        style
        ?? bytes.withUnsafeBufferPointer {
          LineStyle(of: $0.part(0..<min(step, PrefixProof.headLength)))
        }
    }
    var reader = reader(of: stream, from: offset, style)
    return try reader.next().map { Line(String(repairing: $0.text)) }
  }

  /// A log with a header has one among so many lines.
  private static let headerLines = 20

  /// The same in a log whose columns are named: read from its start, for the header that holds there.
  private static func headedLine(of path: String, at offset: Int64) throws -> Line? {
    var reader = try reader(of: path)
    while let line = try reader.next() {
      if line.offset == offset {
        return Line(String(repairing: line.text), under: reader.columns)
      }
      if line.offset > offset { return nil }
      _ = reader.takeMarks()
      _ = reader.takeHeaders()
    }
    return nil
  }

  package static func lines(of path: String, limit: Int) throws -> [Line] {
    var reader = try reader(of: path)
    var lines: [Line] = []
    while lines.count < limit, let line = try reader.next() {
      lines.append(Line(String(repairing: line.text), under: reader.columns))
    }
    return lines
  }

  private static func reader(of path: String) throws -> LineReader {
    reader(of: try Input(path: path, size: nil, isNamed: true).open().stream, from: 0)
  }

  private static func reader(
    of stream: any ByteStream, from offset: Int64, _ style: LineStyle? = nil
  ) -> LineReader {
    LineReader(
      stream, from: offset, hash: ContentHash(), pending: [], owesNewline: false, limit: 1 << 20,
      style: style)
  }
}
