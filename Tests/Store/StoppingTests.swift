import Questions
import Testing

@testable import Store

@Suite struct StoppingTests {
  private static let endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT SUM(i * 0) FROM n"

  @Test func `what takes longer than it may is stopped, by readers opened from it as well`() throws
  {
    let temporary = try TemporaryStore()
    _ = try StoreLedger(temporary.store)
    let reader = try StoreReader(temporary.store)
    reader.stop(at: .now + .milliseconds(200))
    #expect(try reader.newestBatch() == 0)
    #expect(!reader.isStopped)
    let other = try reader.opener()
    for archive in [reader, other] as [any Archive] {
      #expect(throws: StoreError.self) {
        try archive.run(Self.endless, of: .errata, [:]) { _ in }
      }
    }
    #expect(reader.isStopped)
  }
}
