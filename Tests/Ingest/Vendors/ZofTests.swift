import Events
import Ingest
import Testing

/// zof.ai/docs/api/errors
@Suite struct ZofTests {
  private static func refusal(
    _ status: Int, _ message: String, _ kind: Kind, _ retry: RetryAdvice
  ) -> Refusal {
    Refusal(
      status: status, body: #"{"error":{"code":"some_code","message":"\#(message)"}}"#,
      code: "some_code", message: message, kind: kind, retry: retry)
  }

  private static let refusals = [
    Refusal(
      status: 400,
      body: #"""
        {"error":{"code":"invalid_request",
        "message":"environment must be one of: staging, production","param":"environment"}}
        """#,
      code: "invalid_request", message: "environment must be one of: staging, production",
      kind: .validation, retry: .never,
      details: #"{"issues":[{"path":"environment","#
        + #""message":"environment must be one of: staging, production"}],"param":"environment"}"#),
    refusal(400, "Malformed JSON in request body", .malformed, .never),
    refusal(400, "Missing required field", .validation, .never),
    refusal(401, "API key has expired", .auth, .refresh),
    refusal(403, "Role lacks runs:create", .permission, .never),
    refusal(404, "No such run", .notFound, .never),
    refusal(409, "Run is completed already", .conflict, .never),
    refusal(429, "Rate limit exceeded", .rateLimit, .afterDelay),
    refusal(500, "Transient fault", .server, .backoffIfIdempotent),
  ]

  @Test(arguments: Way.allCases, refusals)
  func `each documented refusal is read however the vendor is known`(way: Way, refusal: Refusal)
    throws
  {
    try check(refusal, of: .zof, by: way)
  }

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
