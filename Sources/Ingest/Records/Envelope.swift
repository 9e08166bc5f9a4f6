internal import Events

/// What stands around the JSON of a line: a container runtime's, syslog's or compose's prefix.
enum Envelope {
  /// The part of a line that is JSON, or nil where there is none.
  static func json(in line: Bytes) -> Bytes? {
    let text = line.trimmed
    guard let first = text.first, let last = text.last else { return nil }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") && last == UInt8(ascii: "]") {
      return text
    }
    // A byte order mark and leading NULs are the parser's to repair.
    if first == 0xEF || first == 0 { return text }
    guard last == UInt8(ascii: "}"),
      let start = text.prefix(longest).firstIndex(of: UInt8(ascii: "{"))
    else { return nil }
    return text.part(start..<text.count)
  }

  /// Longer prefixes do not occur.
  private static let longest = 512
}
