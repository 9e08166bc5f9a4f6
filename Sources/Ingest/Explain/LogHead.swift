internal import Events

/// The first lines of a log, whatever its compression.
package enum LogHead {
  package static func lines(of path: String, limit: Int) throws -> [String] {
    let stream = try Input(path: path, size: nil).open()
    var head = [UInt8](repeating: 0, count: PrefixProof.headLength)
    let count = try head.withUnsafeMutableBytes { head throws(InputError) in
      try stream.fill(head)
    }
    head.removeLast(head.count - count)
    let encoding = try head.withUnsafeBufferPointer { head throws(InputError) in
      try TextEncoding(ofLog: head)
    }
    var reader = LineReader(
      stream, from: 0, hash: ContentHash(), pending: head, owesNewline: false, limit: 1 << 20,
      encoding: encoding)
    var lines: [String] = []
    while lines.count < limit, let line = try reader.next() {
      lines.append(String(repairing: line.text))
    }
    return lines
  }
}
