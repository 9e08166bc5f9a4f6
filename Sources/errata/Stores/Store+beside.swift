internal import Arguments
internal import Cluster
internal import Store

extension Store {
  /// What this machine keeps beside a cluster: what is imported into it until it is there, and what
  /// `check` remembers. Nil where there is no home.
  init?(beside address: ClusterAddress) {
    guard let folder = stateFolder else { return nil }
    self.init(path: "\(folder)/\(address.fileName).db")
  }
}

extension Invocation {
  /// The store beside a cluster.
  func storeBeside(_ address: ClusterAddress) throws -> Store {
    guard let store = Store(beside: address) else {
      throw UsageError(
        "there is no home for what is kept on this machine", hint: "XDG_STATE_HOME names a folder.")
    }
    return store
  }
}

/// `$XDG_STATE_HOME/errata`, by default in `~/.local/state`; nil where there is no home.
/// <https://specifications.freedesktop.org/basedir-spec/latest/>
private var stateFolder: String? {
  if let folder = folder(inVariable: "XDG_STATE_HOME") { return folder + "/errata" }
  return folder(inVariable: "HOME").map { $0 + "/.local/state/errata" }
}
