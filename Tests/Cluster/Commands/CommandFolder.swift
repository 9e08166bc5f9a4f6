import Foundation

/// A folder of its own, with no home but itself, in which errata's commands are run.
final class CommandFolder {
  let folder: URL

  /// The release binary, or another one that `ERRATA_BINARY` names.
  private static let errata: URL = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return ProcessInfo.processInfo.environment["ERRATA_BINARY"].map { root.appending(path: $0) }
      ?? root.appending(path: ".build/release/errata")
  }()

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "errata-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  struct Outcome: Equatable {
    var output: String
    var complaint: String
    var status: Int32
  }

  struct Failed: Error, CustomStringConvertible {
    var description: String
  }

  /// A process that has not been started. What it says goes to files.
  func process(_ arguments: [String], output: URL, complaint: URL) throws -> Process {
    let process = Process()
    process.executableURL = CommandFolder.errata
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = [
      "HOME": folder.path, "TZ": "UTC", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin",
      "TMPDIR": folder.path,
    ].merging(ProcessInfo.processInfo.environment.filter { $0.key.hasPrefix("CLICKHOUSE_") }) {
      own, _ in own
    }
    for file in [output, complaint] { try Data().write(to: file) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: complaint)
    return process
  }

  func run(_ arguments: [String]) throws -> Outcome {
    let files = (0..<2).map { _ in folder.appending(path: ".\(UUID().uuidString)") }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    let process = try process(arguments, output: files[0], complaint: files[1])
    try process.run()
    process.waitUntilExit()
    return Outcome(
      output: try String(contentsOf: files[0], encoding: .utf8),
      complaint: try String(contentsOf: files[1], encoding: .utf8),
      status: process.terminationStatus)
  }

  /// The output of a command that must succeed.
  @discardableResult
  func output(_ arguments: String...) throws -> String {
    let outcome = try run(arguments)
    guard outcome.status == 0 else {
      throw Failed(
        description: "\(arguments.joined(separator: " ")) ends with \(outcome.status): "
          + outcome.complaint)
    }
    return outcome.output
  }

  @discardableResult
  func write(_ lines: [String], to name: String) throws -> String {
    let file = folder.appending(path: name)
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    return file.path
  }
}
