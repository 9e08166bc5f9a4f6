import Cluster
import Foundation
import Glibc

/// Two servers, each of which knows both as the shards of the cluster `pair`.
///
/// All tests that do not kill one share them; each has a database of its own.
final class ServerPair: ServerSet, @unchecked Sendable {
  let servers: [ClusterServer]
  private let lifeline: Int32

  static let shared: Result<ServerPair, any Error> = Result { try ServerPair() }

  init() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "errata-cluster-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    lifeline = try sweeper(of: folder)
    let ports = try freePorts(6)
    servers = (0..<2).map { number in
      ClusterServer(
        in: folder.appending(path: "server\(number)"),
        ports: Array(ports[3 * number..<3 * number + 3]))
    }
    for server in servers {
      try server.configure(shards: servers)
      try server.start()
    }
    for server in servers {
      let connection = try ClusterConnection(
        ClusterAddress("http://127.0.0.1:\(server.port)/"), Credentials())
      connection.patience = 60_000
      do {
        _ = try connection.ask(ClusterRequest("SELECT 1 FORMAT RowBinary"))
      } catch {
        throw NoServer(error: error, log: server.log)
      }
    }
  }

  struct NoServer: Error {
    var error: any Error
    var log: String
  }

  deinit {
    for server in servers { server.kill() }
    close(lifeline)
  }

  var count: Int { servers.count }
  let cluster: String? = "pair"
  let credentials = Credentials()
  var port: Int? { servers[0].port }

  func address(_ database: String, server: Int) throws -> ClusterAddress {
    try ClusterAddress("http://127.0.0.1:\(servers[server].port)/?database=\(database)")
  }
}

/// Removes a folder when this process is gone, or its descriptor is closed.
func sweeper(of folder: URL) throws -> Int32 {
  let ends = try lifelineEnds()
  let process = Process()
  process.executableURL = URL(filePath: "/bin/sh")
  process.arguments = ["-c", "cat >/dev/null; sleep 1; rm -rf \"$0\"", folder.path]
  process.standardInput = FileHandle(fileDescriptor: ends.read, closeOnDealloc: true)
  try process.run()
  return ends.write
}

/// Ports that nobody listened at a moment ago.
func freePorts(_ count: Int) throws -> [Int] {
  var sockets: [Int32] = []
  defer { for socket in sockets { close(socket) } }
  return try (0..<count).map { _ in
    let (socket, port) = try listeningSocket()
    sockets.append(socket)
    return port
  }
}

/// A socket on loopback that listens, and its port.
func listeningSocket() throws -> (socket: Int32, port: Int) {
  let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  guard listener >= 0 else { throw POSIXError(.EMFILE) }
  _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
  var address = loopback(port: 0)
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isBound = withUnsafeMutablePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(listener, $0, length) == 0 && listen(listener, 64) == 0
        && getsockname(listener, $0, &length) == 0
    }
  }
  guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
  return (listener, Int(UInt16(bigEndian: address.sin_port)))
}

func loopback(port: Int) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  address.sin_port = UInt16(port).bigEndian
  return address
}
