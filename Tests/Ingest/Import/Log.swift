import Events
import Foundation
import Testing

@testable import Ingest

/// A folder of logs for one test, and a ledger they are imported into.
final class Log {
  let ledger = MemoryLedger()
  private let folder = FileManager.default.temporaryDirectory.appending(
    path: "errata-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path() }

  func write(_ text: String, to name: String = "a.log") throws {
    try write(Array(text.utf8), to: name)
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: folder.appending(path: name))
  }

  /// Imports files and says what came of it.
  @discardableResult
  func importing(
    _ names: String..., maxLine: Int = 1 << 20, workers: Int = 2,
    progress: @escaping (Importer.Summary) -> Bool = { _ in true }
  ) throws -> Importer.Summary {
    var options = Importer.Options()
    options.maxLine = maxLine
    options.workers = workers
    let importer = try Importer(
      ledger: ledger, catalog: catalog(), options: options, progress: progress)
    try importer.run(names.map { Input(path: path($0), size: nil, isNamed: true) })
    return importer.summary
  }

  /// Runs a compressor on a file, in place.
  func run(_ tool: String, _ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [tool] + arguments.map { path($0) }
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(tool)")
  }

  func bytes(of name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: folder.appending(path: name)))
  }
}

/// Lines with the ids `id-0001` and on, each an event.
func lines(_ ids: some Sequence<Int>) -> String {
  ids.map { line($0) + "\n" }.joined()
}

func line(_ id: Int) -> String {
  let digits = String(id + 100_000).dropFirst()
  return #"{"time":"2026-11-20T10:00:00Z","status":503,"path":"/x","request_id":"id-\#(digits)"}"#
}
