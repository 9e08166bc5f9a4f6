import Events
import Ingest
import Testing

/// How long to wait, of limits without Retry-After.
@Suite struct DelayTests {
  @Test(
    arguments: [
      ("Please retry after 20 seconds.", 20_000), ("Please try again in 7m12s.", 432_000),
      ("Expected available in 42 seconds.", 42_000), ("Please retry in 36.429760048s.", 36_430),
      ("Daily limit reached. Resets in 12h 34m.", 45_240_000), ("Retry after 6", 6000),
      ("Try again in 350ms", 350), ("Wait 2 minutes", 120_000),
      ("Retry after the number of seconds in the Retry-After header.", nil),
      ("Please wait a few minutes", nil), ("24 requests allowed", nil),
    ] as [(String, Int64?)])
  func `a message may say so`(message: String, delay: Int64?) throws {
    let event = try event(#"{"status":429,"response":{"body":{"message":"\#(message)"}}}"#)
    #expect(event.retryAfter == delay)
  }

  @Test(
    arguments: [
      (#""x-ratelimit-reset":"1763632860""#, 60_000),
      (#""x-ratelimit-reset":1763632860500"#, 60_500),
      (#""x-ratelimit-reset":"30""#, 30_000), (#""x-rate-limit-reset":"1763632800""#, 0),
      (#""ratelimit-reset":"7""#, 7000), (#""x-ratelimit-reset-after":"1.5""#, 1500),
      (#""x-ratelimit-reset-requests":"6m0s""#, 360_000),
      (#""anthropic-ratelimit-requests-reset":"2025-11-20T10:00:12Z""#, 12_000),
      (#""ratelimit":"\"default\";r=0;t=9""#, 9000),
      (#""RateLimit":"limit=10, remaining=0, reset=4""#, 4000),
      (#""x-ratelimit-remaining":"0","x-ratelimit-reset":"30""#, 30_000),
      (#""x-ratelimit-remaining":"12","x-ratelimit-reset":"30""#, nil),
      (#""x-ratelimit-reset":"30","retry-after":"2""#, 2000), (#""x-ms-retry-after-ms":"35""#, 35),
    ] as [(String, Int64?)])
  func `a header may say when the limit begins anew`(header: String, delay: Int64?) throws {
    let line = #"""
      {"time":"2025-11-20T10:00:00Z","status":429,"path":"/x","response":{"headers":{\#(header)}}}
      """#
    #expect(try event(line).retryAfter == delay)
  }

  @Test func `what is no limit does not wait for one`() throws {
    let line = #"""
      {"time":"2025-11-20T10:00:00Z","status":404,"path":"/x",
      "response":{"headers":{"x-ratelimit-reset":"30"},"body":{"message":"Retry after 5 seconds"}}}
      """#
    #expect(try event(line).retryAfter == nil)
  }
}
