import Batches
import Testing

@testable import Ingest

/// What is remembered of an error is remembered by the status that tells of it.
@Suite struct ErrorRuleCacheTests {
  @Test func `an error inside of a response is not that of the response`() {
    var cache = ErrorRuleCache()
    var row = EventRow()
    row.status = 500
    var asked: [Int] = []
    func look(_ status: Int) {
      _ = cache.rule(of: row, status, hasIssues: false) {
        asked.append(status)
        return nil
      }
    }
    // Their places in the cache are the same.
    for status in [404, 404, 500, 500, 404] { look(status) }
    #expect(asked == [404, 500, 404])
  }
}
