import Questions
import Testing

@testable import Cluster

/// A database with tables on both servers, spread over them, and what a test asks of it.
struct ClusterBase {
  let pair: ServerPair
  let name: String
  let connection: ClusterConnection
  let dialect: Dialect

  init(_ name: String, on pair: ServerPair) throws {
    self.pair = pair
    self.name = name
    connection = try pair.connection(name)
    connection.patience = 60_000
    dialect = try Dialect(of: connection)
    for server in pair.servers.indices {
      let connection = try ClusterConnection(pair.address(name, server: server), Credentials())
      try ClusterSchema(
        database: name, dialect: Dialect(of: connection), layout: .init(cluster: "pair")
      ).apply(on: connection)
    }
  }

  /// A connection with something in between.
  func connection(through proxy: FaultyProxy) throws -> ClusterConnection {
    let connection = try ClusterConnection(
      ClusterAddress("http://127.0.0.1:\(proxy.port)/?database=\(name)"), Credentials())
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

  func reader(through proxy: FaultyProxy? = nil) throws -> ClusterReader {
    let address = try proxy.map {
      try ClusterAddress("http://127.0.0.1:\($0.port)/?database=\(name)")
    }
    let place = try address ?? pair.address(name)
    return try ClusterReader { try ClusterConnection(place, Credentials()) }
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
