internal import Profiles

/// What the values of text layouts must be, by their names. Many layouts have values of the same name.
final class ValueChecks {
  private struct Key: Hashable {
    var name: String
    var gateway: Int
  }

  private let rules: PathRules
  private var known: [Key: CompiledLayout.Step.Check] = [:]
  private var knownFlags: [String: SegmentFlags] = [:]

  /// Further names are asked about each time: the keys of pairs are names as well.
  private static let most = 4096

  init(_ rules: PathRules) {
    self.rules = rules
  }

  /// What a value by that name must be for a line to be the gateway's.
  func check(of name: String, gateway: Int) -> CompiledLayout.Step.Check {
    let key = Key(name: name, gateway: gateway)
    if let known = known[key] { return known }
    let check = checkAnew(name, gateway)
    if known.count < ValueChecks.most { known[key] = check }
    return check
  }

  private func flags(of name: String) -> SegmentFlags {
    if let known = knownFlags[name] { return known }
    let found = rules.flags(of: name)
    if knownFlags.count < ValueChecks.most { knownFlags[name] = found }
    return found
  }

  private func checkAnew(_ name: String, _ gateway: Int) -> CompiledLayout.Step.Check {
    let names = name.split(separator: ".").map(String.init)
    let path = names.map(normalisedPath)
    let fields = rules.meanings(of: path, flags: names.map(flags))
      .filter { $0.gateway < 0 || Int($0.gateway) == gateway }.map(\.field)
    if fields.contains(.status) {
      return rules.hasWords(for: .status, gateway: gateway) ? .none : .status
    }
    // `requestTime` is a date where Amazon writes it, and a duration where NGINX does. A profile of
    // one's own is believed.
    if fields.contains(.latency) {
      if path == ["durationus"] { return .whole }
      let isBuiltIn = gateway < 0 || rules.gateways[gateway].file == nil
      let isSeconds = isBuiltIn && rules.unit(of: path, name: name, gateway: gateway) == .seconds
      return isSeconds ? .seconds : .duration
    }
    if fields.contains(.time) {
      return path == ["clock"] || path == ["date"] ? .partOfTime : .time
    }
    if path == ["upstreamresponsetime"] { return .amount }
    // IIS writes it into each line.
    if path == ["sip"] { return .address }
    if fields.contains(.host) { return path == ["vhost"] ? .hostName : .host }
    return fields.contains(.consumer) ? .name : .none
  }
}
