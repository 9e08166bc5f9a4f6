import Foundation
import Rendering
import Testing

/// A week in the formats people read, as it stands in `Samples`: open them to see what is made.
///
/// `ERRATA_RECORD=1 swift test --filter SampleTests` writes down what differs; then look at it.
@Suite struct SampleTests {
  static let files = [(Format.table, "weekly.txt"), (.md, "weekly.md"), (.html, "weekly.html")]

  @Test(arguments: files)
  func `the sample is shown as it was looked at`(_ format: Format, _ name: String) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Samples/\(name)")
    let text = rendered(weekly, as: format)
    if ProcessInfo.processInfo.environment["ERRATA_RECORD"] != nil {
      try Data(text.utf8).write(to: file)
    }
    #expect(try Data(contentsOf: file) == Data(text.utf8), "\(name) differs")
  }
}
