import Foundation
import Testing

/// Everything that fuzzing found, and the corpus it started from, once more; in turn, as the targets
/// keep their readers.
@Suite(.serialized) struct ReplayTests {
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/fuzz")

  @Test(arguments: FuzzTarget.allCases)
  func `no input of the fixtures traps`(target: FuzzTarget) throws {
    let folder = Self.fixtures.appending(path: target.rawValue)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
    #expect(!names.isEmpty)
    for name in names {
      let input = try Array(Data(contentsOf: folder.appending(path: name)))
      input.withUnsafeBufferPointer { target.run($0) }
    }
  }
}
