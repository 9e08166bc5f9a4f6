import Events
import Ingest
import Testing

/// mimicbot.app/docs/reference/errors
@Suite struct MimicBotTests {
  @Test(arguments: [
    ("3600", 3_600_000 as Int64), ("86400", 86_400_000),
  ])
  func `a public 429 has its window in the header`(header: String, delay: Int64) throws {
    let event = try event(
      #"""
      {"host":"mimicbot.app","status":429,"response":{"headers":{"Retry-After":"\#(header)"},
      "body":{"error":{"code":"RATE_LIMITED"}}}}
      """#)
    #expect(event.retryAfter == delay)
    #expect(event.kind == .rateLimit)
  }

  @Test func `an issue's path is an array, and is written like any other`() throws {
    let event = try event(
      #"""
      {"vendor":"mimicbot","status":400,"body":{"error":{"code":"VALIDATION_ERROR",
      "message":"Invalid request body","requestId":"req_1","details":{"issues":[
      {"path":["clientUrl"],"message":"Invalid url"},
      {"path":["actions",0,"name"],"message":"Required"},
      {"path":[2,"id"],"message":"Invalid uuid"},
      {"path":[],"message":"Expected object"}]}}}}
      """#)
    #expect(
      event.details == #"{"issues":[{"path":"clientUrl","message":"Invalid url"},"#
        + #"{"path":"actions[0].name","message":"Required"},"#
        + #"{"path":"[2].id","message":"Invalid uuid"},"#
        + #"{"path":"","message":"Expected object"}]}"#)
  }

  @Test func `other details are kept as they are`() throws {
    let event = try event(
      #"""
      {"vendor":"mimicbot","status":401,"body":{"error":{"code":"UNAUTHENTICATED",
      "message":"Human-readable description","requestId":"req_...",
      "details":{"optional":"per-error context"}}}}
      """#)
    #expect(event.details == #"{"optional":"per-error context"}"#)
    #expect(event.requestID == "req_...")
  }

  @Test(arguments: [
    ("You have used 5000 of 5000 monthly messages", "monthly messages", 5000),
    ("Plan limit reached: bots (limit 5)", "bots", 5),
    ("Your plan allows 3 bots", "bots", 3),
    ("Your agency has used all of its 1,000 monthly messages.", "monthly messages", 1000),
    ("Plan limit reached for active actions: 10/10", "active actions", 10),
    ("The starter plan is limited to 1 bot. Upgrade to add more.", "bots", 1),
    ("Monthly message limit of 50,000 reached", "monthly messages", 50_000),
    ("Seat limit reached (maximum 25)", "seats", 25),
    ("You've used 5000 monthly messages of your 5000", "monthly messages", 5000),
    ("Your agency has 12 bots; the plan allows 10.", "bots", 10),
  ])
  func `the message names resource and limit`(message: String, resource: String, limit: Int) throws
  {
    let event = try event(
      #"""
      {"vendor":"mimicbot","status":402,
      "body":{"error":{"code":"PLAN_LIMIT_REACHED","message":"\#(message)"}}}
      """#)
    #expect(event.kind == .planLimit)
    #expect(event.details == #"{"resource":"\#(resource)","limit":\#(limit)}"#)
  }

  @Test(arguments: ["Plan limit reached", "Upgrade your plan to continue"])
  func `a limit that no message names is not made up`(message: String) throws {
    let event = try event(
      #"""
      {"vendor":"mimicbot","status":402,
      "body":{"error":{"code":"PLAN_LIMIT_REACHED","message":"\#(message)"}}}
      """#)
    #expect(event.kind == .planLimit)
    #expect(event.details == nil)
  }
}
