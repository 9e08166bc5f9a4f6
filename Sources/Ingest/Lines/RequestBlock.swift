internal import Files

/// A request in several lines, of which the first names it and the last tells how it was answered: as Rails
/// writes them while nothing makes it write one, `Started GET "/a" for …` to `Completed 200 OK in 4ms`, and
/// wai's logger for development, `GET /a` to `  Status: 200 OK 0.0001s`.
enum RequestBlock {
  /// No block is longer; a first line with more behind it is a line like any other.
  static let mostLines = 64
  static let longest = 1 << 15

  /// Whether a block begins with a line.
  static func begins(_ line: Bytes) -> Bool {
    guard let first = line.first, first &- 0x41 < 26 else { return false }
    return isStarted(line) || isBareRequest(line)
  }

  /// `Started GET "/a" for 192.0.2.7 at 2026-01-06 16:16:37 +0000`
  private static func isStarted(_ line: Bytes) -> Bool {
    guard line[0] == UInt8(ascii: "S"), line.count > 24, line.starts(with: "Started ".utf8) else {
      return false
    }
    let rest = line.part(8..<line.count)
    guard let blank = rest.part(0..<12).place(of: 0x20), isMethod(rest.part(0..<blank)) else {
      return false
    }
    return rest[blank + 1] == UInt8(ascii: "\"") && line.holds("\" for ")
      && !line.holds("Completed ")
  }

  /// `GET /a`, and nothing else.
  private static func isBareRequest(_ line: Bytes) -> Bool {
    guard line.count < 2048, let blank = line.part(0..<8).place(of: 0x20), blank > 2,
      blank + 1 < line.count, line[blank + 1] == UInt8(ascii: "/"), isMethod(line.part(0..<blank))
    else { return false }
    return line.part(blank + 1..<line.count).place(of: 0x20) == nil
  }

  /// What a line is to the block that began with another.
  enum Part {
    case inner
    case last
    case stranger
  }

  static func part(_ line: Bytes, ofBlock first: Bytes) -> Part {
    if first[0] == UInt8(ascii: "S"), isStarted(first) {
      if line.starts(with: "Completed ".utf8) { return .last }
      guard let byte = line.first else { return .inner }
      // What another request begins with, a logger of its own, a server.
      if byte == UInt8(ascii: "{") || byte.isDigit || line.starts(with: "Started ".utf8) {
        return .stranger
      }
      return .inner
    }
    guard let byte = line.first, byte.isBlank else { return .stranger }
    return line.trimmed.starts(with: "Status: ".utf8) ? .last : .inner
  }

  /// The first line and the last of a block; nil for anything else.
  static func joined(_ text: Bytes) -> [UInt8]? {
    guard let end = text.place(of: 0x0A), begins(text.part(0..<end)) else { return nil }
    let last = text.lastIndex(of: 0x0A) ?? end
    var whole = Array(text.part(0..<end))
    whole.append(0x20)
    whole += text.part(last + 1..<text.count).trimmed
    return whole
  }
}
