internal import Arguments
internal import Cluster
internal import Store

/// What `--store` names: a store in a file of this machine, or a cluster that stores are sent to.
enum NamedStore: Sendable {
  case file(Store)
  case cluster(ClusterAddress)

  init?(_ text: String?) throws {
    guard let text, !text.isEmpty else { return nil }
    self =
      ClusterAddress.isAddress(text)
      ? .cluster(try ClusterAddress(text)) : .file(Store(path: text))
  }

  /// As people are told of it.
  var words: String {
    switch self {
    case .file(let store): store.path
    case .cluster(let address): address.words
    }
  }

  var isCluster: Bool { if case .cluster = self { true } else { false } }

  /// The file that is kept on this machine: the store itself, or what stands beside a cluster.
  var ownFile: Store? {
    switch self {
    case .file(let store): store
    case .cluster(let address): Store(beside: address)
    }
  }
}

extension Invocation {
  /// The store that is meant: here alone files are told from clusters.
  var namedStore: NamedStore {
    get throws {
      if let named = try NamedStore(self[.store]) { return named }
      guard let path = Store.defaultPath else {
        throw UsageError("there is no home for a store", hint: "name one with --store PATH")
      }
      return .file(Store(path: path))
    }
  }

  /// The store of a command that is about a file, and about no cluster.
  var storeOption: Store {
    get throws {
      switch try namedStore {
      case .file(let store): return store
      case .cluster: throw UsageError(ofFilesAlone: command.name)
      }
    }
  }
}

extension UsageError {
  /// What a command does to a file is done to a cluster in another way, or where the file is.
  init(ofFilesAlone command: String, _ option: Option? = nil) {
    let words = [command, option?.flag].compactMap { $0 }.joined(separator: " ")
    self.init(
      "\(words) is for a store in a file, and --store names a cluster", hint: instead[words])
  }
}

private let instead = [
  "prune":
    "Tables that errata cluster-schema --days 400 makes lose older rows by themselves; of others a month "
    + "is dropped at a time: ALTER TABLE event DROP PARTITION 202611.",
  "backup":
    "ClickHouse copies its tables by BACKUP; a store that is sent there is copied where it is.",
  "push": "--store names the file that is sent, the URL behind push where it goes.",
  "import --reread":
    "Name the store in a file with --store, and send what changed with errata push --again URL.",
  "rejects --retry":
    "Name the store in a file with --store, and send what changed with errata push --again URL.",
  "verify --repair":
    "Servers see to their tables themselves; what is missing is sent by errata push URL.",
]
