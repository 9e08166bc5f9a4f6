import Foundation

/// `errata serve` as it runs beside a test, which ends it.
final class Served {
  let port: Int
  /// `/` and the token.
  let root: String
  private let sandbox: Sandbox
  private let process = Process()
  private let output = Pipe()

  struct NoAddress: Error {
    let printed: String
  }

  /// What it answered.
  struct Page {
    var status: Int
    var head: String
    var body: String
  }

  init(_ sandbox: Sandbox, _ arguments: String = "") throws {
    self.sandbox = sandbox
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", "exec '\(Repository.errata.path)' serve \(arguments)"]
    process.currentDirectoryURL = sandbox.folder
    process.environment = sandbox.environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    var printed = ""
    while !printed.hasSuffix("\n") {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { break }
      printed += String(decoding: data, as: UTF8.self)
    }
    guard let address = printed.wholeMatch(of: /http:\/\/127\.0\.0\.1:(\d+)(\/[0-9a-f]{32})\/\n/),
      let port = Int(address.1)
    else { throw NoAddress(printed: printed) }
    self.port = port
    root = String(address.2)
  }

  deinit { _ = stop() }

  /// Ends it by a signal; its status, and what else it printed.
  func stop() -> (status: Int32, rest: String) {
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
    let rest = try? output.fileHandleForReading.readToEnd()
    return (process.terminationStatus, String(decoding: rest ?? Data(), as: UTF8.self))
  }

  var isRunning: Bool { process.isRunning }
  var processID: Int32 { process.processIdentifier }

  /// Asks for a target as it stands, on a connection of its own.
  func get(_ target: String) throws -> Page {
    let answer = try sandbox.output(
      """
      exec 3<>/dev/tcp/127.0.0.1/\(port)
      printf 'GET %s HTTP/1.1\\r\\nHost: localhost:\(port)\\r\\nConnection: close\\r\\n\\r\\n' '\(target)' >&3
      cat <&3
      """)
    let parts = answer.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    let words = answer.split(separator: " ", maxSplits: 2)
    return Page(
      status: words.count > 1 ? Int(words[1]) ?? 0 : 0, head: String(parts[0]),
      body: parts.count > 1 ? String(parts[1]) : "")
  }

  /// The events that `/healthz` counts.
  func events() throws -> Int {
    let page = try get("/healthz")
    let count = page.body.firstMatch(of: /\nevents (\d+)\n/).flatMap { Int($0.1) }
    guard page.status == 200, let count else { throw NoAddress(printed: page.body) }
    return count
  }
}
