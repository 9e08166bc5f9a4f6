import Questions
import Testing

@testable import Cluster

/// A database with tables on all servers, spread over them where there are several, and what a test
/// asks of it.
struct ClusterBase {
  let servers: any ServerSet
  let name: String
  let connection: ClusterConnection
  let dialect: Dialect

  /// On the servers of the kind that a test is run on, unless it says which.
  init(_ name: String, on servers: (any ServerSet)? = nil) throws {
    let servers = try servers ?? ServerKind.current.servers
    self.servers = servers
    self.name = name
    connection = try servers.connection(name)
    connection.patience = 60_000
    dialect = try Dialect(of: connection)
    for server in 0..<servers.count {
      let connection = try connection(to: server)
      try ClusterSchema(
        database: connection.address.database, dialect: Dialect(of: connection),
        layout: .init(cluster: servers.cluster)
      ).apply(on: connection)
    }
  }

  /// Another connection.
  func connection(to server: Int = 0) throws -> ClusterConnection {
    try ClusterConnection(servers.address(name, server: server), servers.credentials)
  }

  /// A connection with something in between.
  func connection(through proxy: FaultyProxy) throws -> ClusterConnection {
    let connection = try ClusterConnection(
      ClusterAddress(
        "http://127.0.0.1:\(proxy.port)/?database=\(servers.address(name).database)"),
      servers.credentials)
    connection.patience = 60_000
    return connection
  }

  func push(
    _ store: any BatchSource, as edge: String = "edge", through proxy: FaultyProxy? = nil
  ) throws -> Push {
    let connection = try proxy.map { try self.connection(through: $0) } ?? self.connection
    nonisolated(unsafe) let store = store
    return try Push({ store }, to: connection, as: edge)
  }

  /// - Parameter user: who asks, where it is not who made the tables.
  func reader(through proxy: FaultyProxy? = nil, user: String? = nil) throws -> ClusterReader {
    let own = try servers.address(name)
    let place =
      try proxy.map {
        try ClusterAddress("http://127.0.0.1:\($0.port)/?database=\(own.database)")
      } ?? own
    let credentials = user.map { Credentials(user: $0) } ?? servers.credentials
    return try ClusterReader { try ClusterConnection(place, credentials) }
  }

  func verify(_ store: any BatchSource, as edge: String = "edge") throws -> ClusterVerification {
    try ClusterVerification(store, on: connection, as: edge)
  }

  /// The rows of an answer, with tabs between their values.
  func rows(_ sql: String) throws -> [String] {
    String(decoding: try connection.ask(ClusterRequest(sql)), as: UTF8.self)
      .split(separator: "\n").map { String($0) }
  }
}
