import Foundation
import Testing

@testable import Cluster

/// One or several servers that know each other, for tests to make databases on.
protocol ServerSet: Sendable {
  var count: Int { get }
  /// What the servers call themselves together, where rows are spread over them.
  var cluster: String? { get }
  var credentials: Credentials { get }
  /// Where a server listens on loopback without TLS; nil where it does not.
  var port: Int? { get }
  /// The address of a database on a server.
  func address(_ database: String, server: Int) throws -> ClusterAddress
}

extension ServerSet {
  func address(_ database: String) throws -> ClusterAddress { try address(database, server: 0) }

  /// A connection to a database that is there, and empty, on all servers.
  func connection(_ database: String, server: Int = 0) throws -> ClusterConnection {
    for number in 0..<count {
      let address = try address(database, server: number)
      let connection = try ClusterConnection(address, credentials)
      let name = quotedName(address.database)
      for sql in ["DROP DATABASE IF EXISTS \(name)", "CREATE DATABASE \(name)"] {
        _ = try connection.ask(ClusterRequest(sql, isInDatabase: false))
      }
    }
    return try ClusterConnection(address(database, server: server), credentials)
  }
}

/// The kinds of servers that tests run on.
enum ServerKind: String, Sendable {
  /// Two of version 18.16, which Debian has, with tables over both as shards.
  case pair
  /// The current engine.
  case engine
  /// The one whose address is in `ERRATA_CLICKHOUSE_URL`.
  case named

  static let all: [ServerKind] = NamedServer.url == nil ? [.pair, .engine] : [.named]

  /// The one that a test is run on.
  @TaskLocal static var current = all[0]

  var servers: any ServerSet {
    get throws {
      switch self {
      case .pair: try ServerPair.shared.get()
      case .engine: try EngineServer.shared.get()
      case .named: try NamedServer()
      }
    }
  }
}

/// Runs each test once on every kind of servers, with the same expectations.
struct OnEveryServer: SuiteTrait, TestTrait, TestScoping {
  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing run: @Sendable () async throws -> Void
  ) async throws {
    for kind in ServerKind.all {
      try await ServerKind.$current.withValue(kind) { try await run() }
    }
  }
}

extension Trait where Self == OnEveryServer {
  static var onEveryServer: Self { OnEveryServer() }
}

/// A server that somebody runs, and whose address is in the environment; who asks stands there as well.
struct NamedServer: ServerSet {
  static let url = ProcessInfo.processInfo.environment["ERRATA_CLICKHOUSE_URL"]
  let count = 1
  let cluster: String? = nil
  let credentials: Credentials
  private let place: ClusterAddress

  init() throws {
    place = try ClusterAddress(NamedServer.url ?? "")
    credentials = try Credentials(
      environment: { ProcessInfo.processInfo.environment[$0] }, file: nil)
  }

  var port: Int? {
    !place.isSecure && ["127.0.0.1", "localhost"].contains(place.host) ? place.port : nil
  }

  /// Databases there may have any name: tests use none but those that begin so.
  func address(_ database: String, server: Int) throws -> ClusterAddress {
    let scheme = place.isSecure ? "https" : "http"
    let user = place.user.map { "&user=\(ClusterAddress.encoded($0))" } ?? ""
    return try ClusterAddress(
      "\(scheme)://\(place.host):\(place.port)\(place.path)?database=errata_test_\(database)\(user)"
    )
  }
}
