internal import CMicrohttpd
internal import Glibc

extension Head {
  /// What the library read of a request, before it was answered.
  init(
    of connection: OpaquePointer, _ exchange: Exchange, method: UnsafePointer<CChar>,
    version: UnsafePointer<CChar>
  ) {
    self.init(method: String(cString: method), target: exchange.target)
    var lines = Lines(start: UInt(bitPattern: method))
    // Method, target and version stand side by side, with a space between each two.
    lines.read(strlen(method), at: UInt(bitPattern: method), behind: 0)
    lines.read(exchange.length, at: exchange.place, behind: 1)
    lines.read(strlen(version), at: UInt(bitPattern: version), behind: 1)
    lines.endLine()
    let firstLine = lines.end
    withUnsafeMutablePointer(to: &lines) { lines in
      _ = MHD_get_connection_values_n(
        connection, .HEADER_KIND,
        { context, _, name, nameLength, value, valueLength in
          guard let lines = context?.assumingMemoryBound(to: Lines.self), let name else {
            return .NO
          }
          lines.pointee.add(name, nameLength, value, valueLength)
          return .YES
        }, lines)
    }
    lines.endLine()
    let size = UInt(errata_http_head_size(connection))
    headers = lines.headers
    headerBytes = Int(clamping: Int64(size) - Int64(clamping: firstLine &- lines.start))
    isExact = lines.isExact && lines.end == lines.start &+ size
  }

  /// What of a head was handed over so far: each part has to stand where the one before ends. Only
  /// addresses are compared.
  private struct Lines {
    let start: UInt
    private(set) var end: UInt
    private(set) var isExact = true
    private(set) var headers: [(name: String, value: String)] = []

    init(start: UInt) {
      self.start = start
      end = start
    }

    mutating func read(_ length: Int, at place: UInt, behind gap: UInt) {
      if place != end &+ gap { isExact = false }
      end = place &+ UInt(length)
    }

    /// CR LF.
    mutating func endLine() { end = end &+ 2 }

    mutating func add(
      _ name: UnsafePointer<CChar>, _ nameLength: Int, _ value: UnsafePointer<CChar>?,
      _ valueLength: Int
    ) {
      read(nameLength, at: UInt(bitPattern: name), behind: 0)
      // Between a colon and the value there may be space.
      let place = UInt(bitPattern: value)
      if place <= end || place - end > 1024 { isExact = false }
      end = place &+ UInt(valueLength)
      endLine()
      headers.append((Lines.text(name, nameLength).lowercased(), Lines.text(value, valueLength)))
    }

    private static func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
      let bytes = UnsafeRawBufferPointer(start: start, count: length)
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
