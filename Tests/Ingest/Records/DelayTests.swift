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
      ("Try again in 3 requests", nil), ("Retry after 00:00:30", 30_000),
      ("Retry after 14.07:13:56", 1_235_636_000), ("Try again in ~37 min", 2_220_000),
      ("Please try again after '1' seconds.", 1000), ("Try again at 10:30:00", nil),
      ("Quota will be replenished in 00:49:47.", 2_987_000), ("Retry in PT1M30S", 90_000),
      ("Retry in 1 hour and 5 minutes", 3_900_000), ("retry_after: 5", 5000),
      ("Retry after 2025-11-20T10:00:12Z", 12_000), ("Resets at 1763632860", 60_000),
      ("Blocked until Thu, 20 Nov 2025 10:01:00 GMT", 60_000),
      ("Try again on 2025-11-20 10:02:00 UTC", 120_000), ("Retry after 2025-13-45", nil),
      ("请在 30 秒后重试", 30_000), ("30초 후 다시 시도하세요", 30_000), ("10分後に再試行", 600_000),
      ("Versuchen Sie es in 20 Sekunden erneut", 20_000),
      ("повторите через 15 секунд", 15_000), ("Riprova tra 2 minuti", 120_000),
    ] as [(String, Int64?)])
  func `a message may say so`(message: String, delay: Int64?) throws {
    let line =
      #"{"time":"2025-11-20T10:00:00Z","status":429,"response":{"body":{"message":"\#(message)"}}}"#
    #expect(try event(line).retryAfter == delay)
  }

  @Test(
    arguments: [
      (#""resets_in_seconds":123"#, 123_000), (#""resets_at":1763632860"#, 60_000),
      (#""resetAt":"2025-11-20T10:00:12Z""#, 12_000), (#""retry_after":1763632860"#, 60_000),
      (#""retry_in":"30s""#, 30_000), (#""reset":null"#, nil),
    ] as [(String, Int64?)])
  func `a member of the body may say when the limit begins anew`(
    member: String, delay: Int64?
  ) throws {
    for body in [#"{"message":"x",\#(member)}"#, #"{"error":{"message":"x",\#(member)}}"#] {
      let line = #"{"time":"2025-11-20T10:00:00Z","status":429,"response":{"body":\#(body)}}"#
      #expect(try event(line).retryAfter == delay, "\(body)")
    }
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
      (
        #"""
        "x-ratelimit-remaining-requests":"14370","x-ratelimit-reset-requests":"2m59.56s",
        "x-ratelimit-remaining-tokens":"0","x-ratelimit-reset-tokens":"7.66s"
        """#, 7660
      ),
      (#""retry-after":"1763632860""#, 60_000), (#""retry-after":"1763632800000""#, 0),
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
