internal import Events

/// The first lines of a log, whatever its compression.
package enum LogHead {
  package static func lines(of path: String, limit: Int) throws -> [String] {
    let stream = try Input(path: path, size: nil).open().stream
    var reader = LineReader(
      stream, from: 0, hash: ContentHash(), pending: [], owesNewline: false, limit: 1 << 20)
    var lines: [String] = []
    while lines.count < limit, let line = try reader.next() {
      lines.append(String(repairing: line.text))
    }
    return lines
  }
}
