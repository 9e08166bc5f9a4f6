internal import Batches
internal import Files
internal import JSON
internal import Profiles

/// Lines that another line says again of the same request, such as an error log's before the access
/// log's. Such a line is an event until the other comes: then it is none of its own any more, and its text
/// becomes the message of the other's event. Where no other comes, as where no access log is written, it
/// stays what it is.
struct Echoes {
  /// A line that the other may come to.
  struct Line {
    var text: [UInt8]
    /// The event that it is so far; nil where it is none.
    var row: Int?
    var offset: Int64
  }

  private let rules: [GatewayProfile.Echo?]
  private let hasRules: Bool
  private var open: [[UInt8]: Line] = [:]

  /// The two lines stand close together, so no more need to be remembered.
  private static let most = 512

  init(_ gateways: [GatewayProfile]) {
    rules = gateways.map(\.echo)
    hasRules = gateways.contains { $0.echo != nil }
  }

  mutating func forget() {
    if !open.isEmpty { open.removeAll() }
  }

  /// Whether a record is of the sort that another says again.
  func isEcho(_ record: JSONValue, of gateway: Int) -> Bool {
    guard hasRules, gateway >= 0, let rule = rules[gateway],
      let value = rule.path.value(in: record)?.string
    else { return false }
    return value.starts(with: rule.prefix.utf8)
  }

  /// What a record of that sort says.
  func text(of record: JSONValue, of gateway: Int) -> [UInt8]? {
    guard gateway >= 0, let rule = rules[gateway] else { return nil }
    return rule.message.value(in: record)?.string.map { Array($0) }
  }

  /// Remembers a record of that sort.
  mutating func keep(_ record: JSONValue, of gateway: Int, row: Int?, offset: Int64) {
    guard gateway >= 0, let rule = rules[gateway] else { return }
    if open.count >= Echoes.most { open.removeAll() }
    open[key(of: record, rule)] = Line(
      text: text(of: record, of: gateway) ?? [], row: row, offset: offset)
  }

  /// The line that a record says again.
  mutating func take(for record: JSONValue, of gateway: Int) -> Line? {
    guard !open.isEmpty, gateway >= 0, let rule = rules[gateway] else { return nil }
    return open.removeValue(forKey: key(of: record, rule))
  }

  /// Whether a line may be of that sort, by a look at its bytes.
  func mayBeEcho(_ line: Bytes) -> Bool {
    hasRules
      && rules.contains { rule in
        guard var prefix = rule?.prefix else { return false }
        return prefix.withUTF8 { line.place(of: $0, from: 0) != nil }
      }
  }

  /// What tells one request from another.
  private func key(of record: JSONValue, _ rule: GatewayProfile.Echo) -> [UInt8] {
    var key: [UInt8] = []
    for path in rule.key {
      let value = path.value(in: record)
      if let text = value?.string { key += text } else { key += (value?.numberText ?? "").utf8 }
      key.append(0)
    }
    return key
  }
}
