internal import Files

/// Single lines of a log, whatever its compression: the first ones, or one at an offset.
package enum LogHead {
  /// The line that starts at a byte of the decompressed log; nil where there is none.
  package static func line(of path: String, at offset: Int64) throws -> String? {
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
    var reader = LineReader(
      stream, from: offset, hash: ContentHash(), pending: [], owesNewline: false, limit: 1 << 20,
      style: style)
    return try reader.next().map { String(repairing: $0.text) }
  }

  package static func lines(of path: String, limit: Int) throws -> [String] {
    let stream = try Input(path: path, size: nil, isNamed: true).open().stream
    var reader = LineReader(
      stream, from: 0, hash: ContentHash(), pending: [], owesNewline: false, limit: 1 << 20)
    var lines: [String] = []
    while lines.count < limit, let line = try reader.next() {
      lines.append(String(repairing: line.text))
    }
    return lines
  }
}
