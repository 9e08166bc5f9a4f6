import Foundation

/// A folder of its own with `errata` on the path, no store yet, UTC and no home but itself.
///
/// The demo's log stands there as `demo.ndjson.gz`, the gateways' samples as `gateways`.
final class Sandbox {
  let folder: URL

  init() throws {
    guard FileManager.default.isExecutableFile(atPath: Repository.errata.path) else {
      throw BinaryMissing()
    }
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("errata-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try link("demo.ndjson.gz", to: Repository.demo)
    try link("gateways", to: Repository.gateways)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  /// One with the demo's log in its store, which was imported once for all that ask for it.
  static func withDemo() throws -> Sandbox {
    let sandbox = try Sandbox()
    let store = sandbox.folder.appendingPathComponent(storePath)
    try FileManager.default.createDirectory(
      at: store.deletingLastPathComponent(), withIntermediateDirectories: true)
    try demo.get().write(to: store)
    return sandbox
  }

  /// Where a store stands if no other place is named.
  private static let storePath = "data/errata/errata.db"
  private static let demo = Result {
    let sandbox = try Sandbox()
    try sandbox.output("errata import -q demo.ndjson.gz")
    return try Data(contentsOf: sandbox.folder.appendingPathComponent(storePath))
  }

  private func link(_ name: String, to target: URL) throws {
    try FileManager.default.createSymbolicLink(
      at: folder.appendingPathComponent(name), withDestinationURL: target)
  }

  /// What a command line came to.
  struct Outcome {
    var output: String
    var complaint: String
    var status: Int32
  }

  /// Runs a line in bash, with nothing on standard input. What it writes goes to files, so that no
  /// pipe fills up. What hangs is ended after so many seconds: far more than anything takes, however
  /// busy the machine is.
  @discardableResult
  func run(_ line: String, seconds: Int = 900) throws -> Outcome {
    let outputFile = folder.appendingPathComponent(".output")
    let complaintFile = folder.appendingPathComponent(".complaint")
    for file in [outputFile, complaintFile] { try Data().write(to: file) }
    let output = try FileHandle(forWritingTo: outputFile)
    let complaint = try FileHandle(forWritingTo: complaintFile)
    // A shell cannot hear again of pipes that are closed once whoever started it does not want to.
    let status = try EndToEndTests.run(
      "/usr/bin/env",
      [
        "--chdir", folder.path, "--default-signal=PIPE", "timeout", "\(seconds)", "bash",
        "--noprofile", "--norc", "-c",
        line,
      ],
      environment: environment,
      outputs: (output.fileDescriptor, complaint.fileDescriptor))
    try output.close()
    try complaint.close()
    return Outcome(
      output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
      complaint: String(decoding: try Data(contentsOf: complaintFile), as: UTF8.self),
      status: status)
  }

  /// The output of a line that must succeed.
  @discardableResult
  func output(_ line: String) throws -> String {
    let outcome = try run(line)
    guard outcome.status == 0 else {
      throw Failed(line: line, status: outcome.status, complaint: outcome.complaint)
    }
    return outcome.output
  }

  /// The object that a command prints with `--format json`.
  func json(_ line: String) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(try output(line).utf8))
    guard let object = object as? [String: Any] else { throw NoObject(line: line) }
    return object
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  var environment: [String: String] {
    var variables = [
      "PATH": Repository.errata.deletingLastPathComponent().path + ":/usr/local/bin:/usr/bin:/bin",
      "HOME": folder.path, "XDG_DATA_HOME": folder.path + "/data", "TMPDIR": folder.path,
      "TZ": "UTC", "LC_ALL": "C.UTF-8", "TERM": "xterm",
    ]
    // What a sanitizer is told, where the binary is one that it watches.
    for (name, value) in ProcessInfo.processInfo.environment where name.hasSuffix("SAN_OPTIONS") {
      variables[name] = value
    }
    return variables
  }

  struct Failed: Error, CustomStringConvertible {
    let line: String
    let status: Int32
    let complaint: String
    var description: String { "`\(line)` ended with \(status): \(complaint)" }
  }

  struct NoObject: Error, CustomStringConvertible {
    let line: String
    var description: String { "`\(line)` printed no JSON object" }
  }

  struct BinaryMissing: Error, CustomStringConvertible {
    var description: String { "\(Repository.errata.path) is missing: run make build" }
  }
}

/// Where things stand in the repository.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  /// The release binary, or another one that `ERRATA_BINARY` names.
  static let errata =
    ProcessInfo.processInfo.environment["ERRATA_BINARY"].map { root.appending(path: $0) }
    ?? root.appending(path: ".build/release/errata")
  static let fixtures = root.appendingPathComponent("Tests/Fixtures")
  static let demo = fixtures.appendingPathComponent("demo/demo.ndjson.gz")
  static let gateways = fixtures.appendingPathComponent("gateways")
  static let cases = root.appendingPathComponent("Tests/EndToEnd/Cases")

  static func text(of file: URL) throws -> String {
    String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }

  /// The names of a folder's files that end so, in order.
  static func names(in folder: URL, ending: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(ending) }.sorted()
  }
}
