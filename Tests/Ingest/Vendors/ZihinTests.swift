import Events
import Ingest
import Testing

/// docs.zihin.ai/reference/errors
@Suite struct ZihinTests {
  @Test func `an exhausted token pack is a plan limit although it is a 429`() throws {
    let event = try event(
      #"""
      {"vendor":"zihin","status":429,"retry_after":60,"body":
      {"error":"token_limit_exceeded","message":"Token pack exhausted","status":"error"}}
      """#)
    #expect(event.kind == .planLimit)
    #expect(event.retryAfter == 60_000)
    #expect(event.details == #"{"resource":"token pack"}"#)
    #expect(try retryAdvice(event) == .upgrade)
  }

  @Test func `the provider's status is not the response's`() throws {
    let event = try event(
      #"""
      {"host":"api.zihin.ai","http":{"status":502},"duration_ms":31,"error":"DELIVERY_FAILED",
      "message":"Twilio returned an error","details":{"statusCode":401,"latencyMs":812}}
      """#)
    #expect(event.status == 502)
    #expect(event.upstreamStatus == 401)
    #expect(event.latency == 31)
    #expect(event.code == "DELIVERY_FAILED")
    #expect(event.answeredBy == .vendor)
  }

  @Test func `a status of "error" is none, and does not hide the line's`() throws {
    let event = try event(
      #"""
      {"vendor":"zihin","status_code":401,"status":"error","error":"invalid_token",
      "message":"JWT token is invalid or expired"}
      """#)
    #expect(event.status == 401)
    #expect(event.code == "invalid_token")
  }

  @Test func `prose in the place of the code is no code`() throws {
    let event = try event(
      #"{"vendor":"zihin","status":502,"body":{"error":"Bad gateway, try again"}}"#)
    #expect(event.code == nil)
    #expect(event.message == "Bad gateway, try again")
  }

  @Test func `a body without a status is known by its code`() throws {
    let event = try event(
      #"""
      {"vendor":"zihin","time":"2026-11-20T10:00:00Z","body":
      {"error":"quota_exceeded","message":"Monthly/daily quota reached","status":"error"}}
      """#)
    #expect(event.status == nil)
    #expect(event.code == "quota_exceeded")
  }
}
