internal import Files
internal import JSON
internal import Times

/// What the values of some lines look like, as fields of a profile.
package struct ProfileGuess: Sendable {
  /// A value of the lines.
  package struct Value: Sendable {
    /// The path of a member, or a name for what stands in a line of text.
    package var name: String
    /// A field of a gateway's profile; nil where it looks like none.
    package var field: String?
    package var unit: String?
    /// Whether it has blanks in some lines.
    package var hasBlanks = false
  }

  package enum Part: Sendable {
    case literal(String)
    case value(Value)
  }

  package enum Content: Sendable {
    case json([Value])
    case text([Part])
  }

  package let content: Content

  /// Nil where nothing in the lines looks like a status.
  init?(from samples: [String], isTimed: Bool = true) {
    guard !samples.isEmpty else { return nil }
    if let members = MemberEvidence(of: samples)?.values {
      content = .json(members)
    } else if !samples.contains(where: { $0.hasPrefix("{") }),
      let parts = LineColumns(of: samples, isTimed: isTimed)?.parts
    {
      content = .text(parts)
    } else {
      return nil
    }
  }

  /// Its values.
  package var values: [Value] {
    switch content {
    case .json(let values): values
    case .text(let parts):
      parts.compactMap { if case .value(let value) = $0 { value } else { nil } }
    }
  }
}

/// What a value could be, by the look of some examples of it.
struct ValueLook {
  private var count = 0
  private var statuses = 0
  private var usual = 0
  private var methods = 0
  private var paths = 0
  private var requests = 0
  private var times = 0
  private var latencies = 0
  private var numbers = 0
  private var blanks = 0
  private var distinct: Set<String> = []

  /// Statuses of which nearly all responses have one.
  private static let usualStatuses: Set<Int64> = [
    200, 201, 202, 204, 206, 301, 302, 304, 307, 308, 400, 401, 402, 403, 404, 405, 406, 408, 409,
    410, 413, 415, 422, 423, 429, 499, 500, 501, 502, 503, 504, 520, 521, 522, 524,
  ]

  mutating func add(_ text: String) {
    count += 1
    if distinct.count < 16 { distinct.insert(text) }
    var text = text
    text.withUTF8 { bytes in
      let bytes = Bytes(rebasing: bytes[...])
      if bytes.contains(where: \.isBlank) { blanks += 1 }
      if let number = bytes.integer {
        numbers += 1
        if bytes.count == 3, (100...599).contains(number) { statuses += 1 }
        if ValueLook.usualStatuses.contains(number) { usual += 1 }
      } else if bytes.number != nil {
        numbers += 1
      }
      if isMethod(bytes) { methods += 1 }
      if bytes.first == UInt8(ascii: "/") || bytes.starts(with: "http://".utf8)
        || bytes.starts(with: "https://".utf8)
      {
        paths += bytes.contains(where: \.isBlank) ? 0 : 1
      }
      if let blank = bytes.place(of: 0x20), isMethod(bytes.part(0..<blank)) { requests += 1 }
      if ValueLook.isTime(bytes) { times += 1 }
      if bytes.place(of: UInt8(ascii: ":")) == nil, let (_, unit) = splitUnit(bytes), unit != nil {
        latencies += 1
      }
    }
  }

  private static func isTime(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 10 else { return false }
    // A number is a time only where it is one of these decades.
    if let number = bytes.number {
      return [1e9...3e9, 1e12...3e12, 1e15...3e15, 1e18...3e18].contains { $0.contains(number) }
    }
    return parseTime(bytes, zone: .utc) != nil
  }

  var isConstant: Bool { distinct.count == 1 }
  var constant: String? { isConstant ? distinct.first : nil }
  var hasBlanks: Bool { blanks > 0 }
  var isStatus: Bool { isAll(statuses) }
  /// Whether they are a status though nothing says so.
  var isUsualStatus: Bool { isAll(usual) }
  var isNumber: Bool { isAll(numbers) }

  /// The field that the values look like, aside from a status.
  var field: String? {
    if isAll(requests) { return "request_line" }
    if isAll(methods) { return "method" }
    if isAll(paths) { return "path" }
    if isAll(times) { return "time" }
    if isAll(latencies) { return "latency" }
    return nil
  }

  private func isAll(_ some: Int) -> Bool { count > 0 && some * 10 >= count * 9 }
}
