internal import Batches
internal import JSON
internal import Profiles

/// Lines that say what another line of the same request says, which alone counts: their text is kept
/// for it until the batch ends.
struct Echoes {
  private let rules: [GatewayProfile.Echo?]
  private let hasRules: Bool
  private var texts: [[UInt8]: [UInt8]] = [:]

  /// Requests wait for milliseconds: more are not remembered.
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
