internal import Cluster

extension ClusterError.Hint {
  /// What to type, or what to do before that.
  var words: String {
    switch self {
    case .text(let words): words
    case .makeTables: "errata cluster-schema URL --apply makes them; without --apply it prints them"
    case .nameEdge: "give it a name of its own with --as"
    case .sendAs(let name): "go on with that name: --as \(shellWord(name))"
    case .compare: "errata verify URL compares it with a store that was sent there"
    }
  }
}

extension ClusterError {
  /// What to do about it.
  var advice: String? {
    if let hint { return hint.words }
    return cause == .unreachable
      ? "look whether the servers are up, and whether the address is right: ClickHouse answers HTTP at port "
        + "8123 and HTTPS at 8443" : nil
  }
}
