internal import Files
internal import Times

/// What the head of an answer says that matters here.
package struct AnswerHead: Equatable {
  /// Of HTTP; 0 before it is known.
  package private(set) var status = 0
  /// Milliseconds.
  package private(set) var retryAfter: Int64?
  /// Whether it says where the answer ends: an answer that ends with the connection may have been cut.
  package private(set) var tellsEnd = false
  /// Whether it has been seen to its own end.
  package private(set) var isWhole = false
  /// The fields that are asked for, by their names in lower case.
  private let wanted: Set<String>
  private var fields: [String: String] = [:]

  /// - Parameter wanted: names of fields, in lower case, that are kept beside what matters always.
  package init(keeping wanted: Set<String> = []) { self.wanted = wanted }

  /// What a field says that was to be kept.
  package subscript(name: String) -> String? { fields[name] }

  /// - Parameter now: milliseconds since the epoch.
  package mutating func add(line: UnsafeBufferPointer<UInt8>, now: Int64) {
    let text = String(decoding: line, as: UTF8.self)
    // What a server says first may only be that it listens.
    if text.hasPrefix("HTTP/") {
      self = AnswerHead(keeping: wanted)
      let words = text.split(separator: " ", maxSplits: 2)
      status = words.count > 1 ? Int(words[1].prefix { $0.isNumber }) ?? 0 : 0
    }
    guard let colon = text.firstIndex(of: ":") else {
      isWhole = isWhole || line.allSatisfy { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
      return
    }
    let value = text[text.index(after: colon)...].drop { $0 == " " }.prefix { !$0.isNewline }
    let name = text[..<colon].lowercased()
    if wanted.contains(name) { fields[name] = String(value) }
    switch name {
    case "content-length", "transfer-encoding": tellsEnd = true
    case "retry-after": retryAfter = AnswerHead.delay(String(value), now: now)
    default: break
    }
  }

  /// Seconds, or a moment: <https://www.rfc-editor.org/rfc/rfc9110#field.retry-after>. A day at most.
  private static func delay(_ text: String, now: Int64) -> Int64? {
    if let seconds = Int64(text) {
      return min(max(seconds, 0), Milliseconds.day / 1000) * 1000
    }
    let moment = text.withBytes { parseTime($0, zone: .utc) }
    return moment.map { min(max($0 - now, 0), Milliseconds.day) }
  }
}
