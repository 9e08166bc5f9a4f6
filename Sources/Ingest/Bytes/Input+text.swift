extension Input {
  /// What a file, a pipe or standard input (`-`) holds, as one text: of at most so many bytes,
  /// compressed or not, in any encoding that a log may be written in.
  package static func text(of path: String, most: Int) throws(InputError) -> String {
    let stream = try Input(path: path, size: nil, isNamed: true).open().stream
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 1)
    defer { chunk.deallocate() }
    var bytes: [UInt8] = []
    while true {
      let count = try stream.fill(chunk)
      if count == 0 { break }
      bytes += chunk[..<count]
      guard bytes.count <= most else { throw InputError("has more than \(most >> 20) MiB") }
    }
    guard !bytes.contains(0) else {
      throw InputError("is no text: it has zeros in it", hint: "name a text, or paste one")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
