internal import Batches
internal import JSON
internal import Profiles

/// Lines that only repeat what another line says of the same request, such as an error log's beside
/// an access log's. They are no events of their own; their text is kept until the batch ends, and
/// becomes the message of that other line's event.
struct Echoes {
  private let rules: [GatewayProfile.Echo?]
  private let hasRules: Bool
  private var texts: [[UInt8]: [UInt8]] = [:]

  /// The two lines stand close together, so no more need to be remembered.
  private static let most = 512

  init(_ gateways: [GatewayProfile]) {
    rules = gateways.map(\.echo)
    hasRules = gateways.contains { $0.echo != nil }
  }

  mutating func forget() {
    if !texts.isEmpty { texts.removeAll() }
  }

  /// Whether a record is an echo; then its text is remembered.
  mutating func isEcho(_ record: JSONValue, of gateway: Int) -> Bool {
    guard hasRules, gateway >= 0, let rule = rules[gateway],
      let value = rule.path.value(in: record)?.string, value.starts(with: rule.prefix.utf8)
    else { return false }
    if texts.count >= Echoes.most { texts.removeAll() }
    if let text = rule.message.value(in: record)?.string {
      texts[key(of: record, rule)] = Array(text)
    }
    return true
  }

  /// The text that an echo of a record had.
  mutating func text(for record: JSONValue, of gateway: Int) -> [UInt8]? {
    guard hasRules, gateway >= 0, !texts.isEmpty, let rule = rules[gateway] else { return nil }
    return texts.removeValue(forKey: key(of: record, rule))
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
