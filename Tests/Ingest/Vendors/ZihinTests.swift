import Events
import Ingest
import Testing

/// docs.zihin.ai/reference/errors
@Suite struct ZihinTests {
  private static func refusal(
    _ status: Int, _ code: String, _ message: String, _ kind: Kind, _ retry: RetryAdvice,
    details: String? = nil
  ) -> Refusal {
    let more = details.map { #","details":\#($0)"# } ?? ""
    return Refusal(
      status: status,
      body: #"{"error":"\#(code)","message":"\#(message)","status":"error"\#(more)}"#,
      code: code, message: message, kind: kind, retry: retry, details: details)
  }

  private static let refusals = [
    refusal(401, "authentication_required", "No authentication provided", .auth, .refresh),
    refusal(401, "invalid_api_key", "API key is invalid or expired", .auth, .refresh),
    refusal(401, "invalid_token", "JWT token is invalid or expired", .auth, .refresh),
    refusal(403, "insufficient_permissions", "User lacks required role", .permission, .never),
    refusal(429, "rate_limit_exceeded", "Too many requests", .rateLimit, .afterDelay),
    refusal(429, "quota_exceeded", "Monthly/daily quota reached", .planLimit, .upgrade),
    refusal(400, "invalid_request", "Malformed request body", .malformed, .never),
    refusal(400, "model_not_found", "Specified model doesn't exist", .notFound, .never),
    refusal(404, "agent_not_found", "Agent ID not found", .notFound, .never),
    refusal(404, "tenant_not_found", "Tenant ID not found", .notFound, .never),
    refusal(502, "provider_error", "LLM provider returned an error", .upstream, .backoff),
    refusal(504, "provider_timeout", "LLM provider didn't respond", .timeout, .backoff),
    refusal(503, "provider_unavailable", "LLM provider is down", .upstream, .backoff),
    refusal(
      409, "INVALID_SESSION_STATE", "Session is engaged", .conflict, .never,
      details: #"{"current_mode":"engaged"}"#),
    refusal(422, "NO_TRIGGER_HISTORY", "No earlier webhook", .conflict, .never),
    refusal(422, "NO_CALLBACK_CONFIG", "No outbound callback", .conflict, .never),
    refusal(
      502, "DELIVERY_FAILED", "Twilio returned an error", .upstream, .backoffIfIdempotent,
      details: #"{"statusCode":401,"latencyMs":812}"#),
  ]

  @Test(arguments: Way.allCases, refusals)
  func `each documented refusal is read however the vendor is known`(way: Way, refusal: Refusal)
    throws
  {
    try check(refusal, of: .zihin, by: way)
  }

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
