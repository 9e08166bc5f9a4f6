internal import Files

/// How a source is cut into lines. Its first bytes decide, so that it stays the same as the source
/// grows.
enum LineStyle {
  /// At newlines.
  case lines
  /// After each JSON object, wherever its newlines are: files that are one array, or whose objects
  /// are spread over lines or follow one another without any. What stands between objects is passed
  /// over.
  case documents

  /// The style of a source that begins so.
  init(of head: Bytes) {
    let text = Envelope.text(of: head)
    self = .lines
    guard let first = text.first else { return }
    if first == UInt8(ascii: "[") {
      let next = text.dropFirst().first { !$0.isBlank && $0 != 0x0A && $0 != 0x0D }
      if next == nil || next == UInt8(ascii: "{") || next == UInt8(ascii: "]") { self = .documents }
    } else if first == UInt8(ascii: "{") {
      // A line that was cut off behind its first byte has an object in the next.
      let rest = text.dropFirst()
      let end = rest.firstIndex { !$0.isBlank && $0 != 0x0D }
      let next = rest.first { !$0.isBlank && $0 != 0x0A && $0 != 0x0D }
      if let end, text[end] == 0x0A, next == nil || next == UInt8(ascii: "\"") {
        self = .documents
      } else if text.place(of: 0x0A) == nil, DocumentScanner.lengthOfFollowed(text) != nil {
        self = .documents
      }
    }
  }

  /// The style of a file; nil where it cannot be read.
  init?(ofFile path: String) {
    guard let start = LogStart(ofFile: path) else { return nil }
    self = start.style
  }
}
