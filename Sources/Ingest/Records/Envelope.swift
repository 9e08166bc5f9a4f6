internal import Events

/// What stands around the JSON of a line: a container runtime's, syslog's or compose's prefix.
enum Envelope {
  /// A line without the blanks around it, and without the byte order mark of its file.
  static func text(of line: Bytes) -> Bytes {
    let text = line.trimmed
    guard text.first == 0xEF, text.starts(with: byteOrderMark) else { return text }
    return text.part(byteOrderMark.count..<text.count).trimmed
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The part of a line's text that is JSON, or nil where there is none.
  static func json(in text: Bytes) -> Bytes? {
    guard let first = text.first, let last = text.last else { return nil }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") && last == UInt8(ascii: "]") {
      return text
    }
    // Leading NULs are the parser's to repair.
    if first == 0 { return text }
    guard last == UInt8(ascii: "}"),
      let start = text.prefix(longest).firstIndex(of: UInt8(ascii: "{"))
    else { return nil }
    return text.part(start..<text.count)
  }

  /// Longer prefixes do not occur.
  private static let longest = 512
}
