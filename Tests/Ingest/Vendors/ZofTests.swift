import Events
import Ingest
import Testing

/// zof.ai/docs/api/errors
@Suite struct ZofTests {
  @Test func `the delay of a 429 is in its header`() throws {
    let event = try event(
      #"""
      {"url":"https://api.zof.ai/v1/runs","status":429,"response":{"headers":
      {"retry-after":["12"],"x-ratelimit-reset":["1795132804"]},
      "body":{"error":{"code":"rate_limited","message":"Rate limit exceeded"}}}}
      """#)
    #expect(event.retryAfter == 12_000)
    #expect(event.vendor == "zof")
  }
}
