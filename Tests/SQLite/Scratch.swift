import Foundation
import SQLite

/// A database in a file of its own, which goes when the test is over.
final class Scratch {
  let path = FileManager.default.temporaryDirectory.appending(path: "errata-\(UUID()).db").path
  let connection: Connection

  init() throws {
    connection = try Connection(path: path, access: .write)
  }

  deinit {
    for ending in ["", "-journal"] { try? FileManager.default.removeItem(atPath: path + ending) }
  }
}
