import Cluster
import Foundation
import Glibc

/// The current ClickHouse engine, in a process of its own that speaks HTTP. It ends with the process
/// that started it, however that ends.
final class EngineServer: ServerSet, @unchecked Sendable {
  static let shared: Result<EngineServer, any Error> = Result { try EngineServer() }

  let count = 1
  let cluster: String? = nil
  let credentials = Credentials()
  let port: Int?
  private let process: Process
  private let lifeline: (folder: Int32, process: Int32)

  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  struct Missing: Error, CustomStringConvertible {
    let description = "the current engine is not installed: make test-packages"
  }

  private init() throws {
    let python = EngineServer.root.appending(path: ".venv/bin/python")
    guard FileManager.default.isExecutableFile(atPath: python.path) else { throw Missing() }
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "errata-engine-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let port = try freePorts(1)[0]
    self.port = port
    let ends = try lifelineEnds()
    lifeline = (try sweeper(of: folder), ends.write)
    process = Process()
    process.executableURL = python
    process.arguments = [
      EngineServer.root.appending(path: "Tests/Cluster/Engine/serve.py").path, "\(port)",
      folder.path,
    ]
    process.standardInput = FileHandle(fileDescriptor: ends.read, closeOnDealloc: true)
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let connection = try ClusterConnection(
      ClusterAddress("http://127.0.0.1:\(port)/"), Credentials())
    connection.patience = 60_000
    do {
      _ = try connection.ask(ClusterRequest("SELECT 1 FORMAT RowBinary"))
    } catch {
      throw process.isRunning ? error : Missing()
    }
  }

  func address(_ database: String, server: Int) throws -> ClusterAddress {
    try ClusterAddress("http://127.0.0.1:\(port ?? 0)/?database=\(database)")
  }
}
