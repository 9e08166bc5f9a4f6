internal import Files
internal import JSON

/// Lines that are one in several: a request told in a block of lines, and what a container runtime cut: by the tag `P` of Kubernetes' runtime interface,
/// by a `log` without its newline in Docker's files.
enum CutLine {
  /// Whether a line of the log goes on in the next.
  @inline(__always)
  static func isCut(_ line: Bytes) -> Bool {
    guard let first = line.first else { return false }
    if first == UInt8(ascii: "{") { return isDocker(line) && dockerPart(of: line)?.isLast == false }
    if first &- 0x30 < 10 { return runtimePart(of: line)?.isLast == false }
    return RequestBlock.begins(line)
  }

  /// A line as one of the parts that a runtime writes.
  struct Part {
    /// 0 for the standard output, 1 for what a program says of errors.
    var stream: Int
    /// Whether its line ends with it.
    var isLast: Bool
    /// Whether it is Docker's.
    var isDocker: Bool
  }

  static func part(of line: Bytes) -> Part? {
    if isDocker(line) {
      return dockerPart(of: line).map {
        Part(stream: $0.stream, isLast: $0.isLast, isDocker: true)
      }
    }
    return runtimePart(of: line).map {
      Part(stream: $0.stream, isLast: $0.isLast, isDocker: false)
    }
  }

  /// The parts of one line together, as if it had never been cut, followed by padding; nil where
  /// there is but one line. What another stream wrote in between is no part of it.
  static func joined(_ text: Bytes) -> [UInt8]? {
    guard text.place(of: 0x0A) != nil else { return nil }
    if let block = RequestBlock.joined(text) {
      return block + [UInt8](repeating: 0, count: JSONParser.padding)
    }
    var whole: [UInt8] = []
    var stream: Int?
    let isDocker = isDocker(text)
    for line in text.split(separator: 0x0A) {
      let line = Bytes(rebasing: line)
      if isDocker {
        guard let part = dockerPart(of: line) else { return nil }
        guard part.stream == stream ?? part.stream else { continue }
        stream = part.stream
        whole += whole.isEmpty ? line.part(0..<part.end) : line.part(dockerStart.count..<part.end)
        if part.isLast { whole += line.part(part.end..<line.count) }
      } else {
        guard let part = runtimePart(of: line) else { return nil }
        guard part.stream == stream ?? part.stream else { continue }
        stream = part.stream
        if whole.isEmpty {
          whole += line.part(0..<part.tag)
          whole += "F ".utf8
        }
        whole += line.part(part.tag + 2..<line.count)
      }
    }
    return whole + [UInt8](repeating: 0, count: JSONParser.padding)
  }

  private struct RuntimePart {
    var stream: Int
    /// Where its tag stands.
    var tag: Int
    var isLast: Bool
  }

  /// `TIME stdout P …`
  private static func runtimePart(of line: Bytes) -> RuntimePart? {
    guard let blank = line.part(0..<40).place(of: 0x20), blank >= 19 else { return nil }
    let tag = blank + 8
    guard line.count > tag + 1, line[blank + 1] == UInt8(ascii: "s"), line[tag - 1] == 0x20,
      line[tag + 1] == 0x20,
      line[tag] == UInt8(ascii: "P") || line[tag] == UInt8(ascii: "F")
    else { return nil }
    let stream = line.part(blank + 1..<tag - 1)
    guard stream.isEqual(to: "stdout") || stream.isEqual(to: "stderr") else { return nil }
    return RuntimePart(
      stream: stream[4] == UInt8(ascii: "u") ? 0 : 1, tag: tag,
      isLast: line[tag] == UInt8(ascii: "F"))
  }

  private static let dockerStart: StaticByteText = #"{"log":""#
  private static let dockerEnd: StaticByteText = #"","stream":""#

  private static func isDocker(_ line: Bytes) -> Bool { line.starts(with: dockerStart.bytes) }

  /// `{"log":"…\n","stream":"stdout","time":"…"}`: where the log's text ends, and whether with the
  /// newline that ends a line.
  private static func dockerPart(of line: Bytes) -> (end: Int, stream: Int, isLast: Bool)? {
    guard isDocker(line), line.last == UInt8(ascii: "}") else { return nil }
    // The log may speak of streams itself: the last counts.
    var end = line.count - dockerEnd.count
    let first = max(dockerStart.count, line.count - 256)
    while end >= first {
      if line[end] == UInt8(ascii: "\""), line.part(end..<line.count).starts(with: dockerEnd.bytes)
      {
        let stream =
          line.part(end + dockerEnd.count..<line.count).starts(with: "stderr".utf8) ? 1 : 0
        return (
          end, stream, end >= 2 && line[end - 1] == UInt8(ascii: "n") && line[end - 2] == 0x5C
        )
      }
      end -= 1
    }
    return nil
  }
}

/// Text that is compared with bytes.
private struct StaticByteText: ExpressibleByStringLiteral, Sendable {
  let text: StaticString

  init(stringLiteral text: StaticString) { self.text = text }

  var bytes: Bytes { Bytes(start: text.utf8Start, count: text.utf8CodeUnitCount) }
  var count: Int { text.utf8CodeUnitCount }
}
