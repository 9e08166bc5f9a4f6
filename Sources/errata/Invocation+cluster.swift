internal import Arguments
internal import Cluster
internal import Files
internal import Glibc

extension Option {
  static let edge = Option(
    "as", value: "NAME", "what the cluster knows this store as; by default the host's name")
}

// Which cluster is meant, and who asks it.
extension Invocation {
  /// A connection to the cluster of an address, which ends what it does when someone wants it to.
  func connection(to address: ClusterAddress) throws -> ClusterConnection {
    let credentials = try Credentials(
      environment: { name in getenv(name).map { PathText.text(of: $0) } },
      file: configFolder.map { $0 + "/clickhouse" })
    let connection = try ClusterConnection(address, credentials)
    Interruption.watch()
    connection.isStopped = { Interruption.signal != nil }
    guard !has(.quiet) else { return connection }
    var lastSaid = -Double.infinity
    connection.onRetry = { error, wait in
      // Who waits for long hears of it now and then.
      guard Clock.seconds - lastSaid > 30 else { return }
      lastSaid = Clock.seconds
      Complaint("\(error.message); it is tried again").say()
    }
    return connection
  }

  /// What a store is sent as.
  var edgeName: String { self[.edge] ?? hostName }
}
