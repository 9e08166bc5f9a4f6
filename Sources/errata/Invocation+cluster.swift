internal import Arguments
internal import Cluster
internal import Files
internal import Glibc

extension Option {
  static let edge = Option(
    "as", value: "NAME", "what a cluster knows this store as; by default the host's name")
}

// Which cluster is meant, and who asks it.
extension Invocation {
  /// A connection to the cluster of an address.
  func connection(to address: ClusterAddress) throws -> ClusterConnection {
    try dialer(to: address).connect()
  }

  func dialer(to address: ClusterAddress) throws -> ClusterDialer {
    Interruption.watch()
    return ClusterDialer(
      address: address,
      credentials: try Credentials(
        environment: { name in getenv(name).map { PathText.text(of: $0) } },
        file: configFolder.map { $0 + "/clickhouse" }),
      isQuiet: has(.quiet))
  }

  /// What a store is sent as.
  var edgeName: String { self[.edge] ?? hostName }
}

/// Makes connections to a cluster, on whichever thread, that end what they do when someone wants them
/// to.
struct ClusterDialer: Sendable {
  let address: ClusterAddress
  let credentials: Credentials
  /// Whether nothing is said of what is tried again.
  let isQuiet: Bool

  func connect() throws -> ClusterConnection {
    let connection = try ClusterConnection(address, credentials)
    connection.isStopped = { Interruption.signal != nil }
    guard !isQuiet else { return connection }
    var lastSaid = -Double.infinity
    connection.onRetry = { error, wait in
      // Who waits for long hears of it now and then.
      guard Clock.seconds - lastSaid > 30 else { return }
      lastSaid = Clock.seconds
      Complaint("\(error.message); it is tried again").say()
    }
    return connection
  }
}
