import Events
import Ingest
import Testing

/// docs.getzenstep.com/rest-api/errors
@Suite struct ZenstepTests {
  private static let refusals = [
    Refusal(
      status: 400,
      body: #"""
        {"error":"Validation failed",
        "details":[{"path":"events[0].eventType","message":"Invalid enum value"}]}
        """#,
      message: "Validation failed", kind: .validation, retry: .never,
      details: #"{"issues":[{"path":"events[0].eventType","message":"Invalid enum value"}]}"#),
    Refusal(
      status: 401, body: #"{"error":"Unauthorized"}"#, message: "Unauthorized", kind: .auth,
      retry: .refresh),
    Refusal(
      status: 403, body: #"{"error":"Forbidden"}"#, message: "Forbidden", kind: .permission,
      retry: .never),
    Refusal(
      status: 404, body: #"{"error":"Not found"}"#, message: "Not found", kind: .notFound,
      retry: .never),
    Refusal(
      status: 409, body: #"{"error":"A flow with this name already exists"}"#,
      message: "A flow with this name already exists", kind: .conflict, retry: .never),
    Refusal(
      status: 429, body: #"{"error":"Rate limit exceeded","retryAfter":23}"#,
      message: "Rate limit exceeded", kind: .rateLimit, retry: .afterDelay, retryAfter: 23_000),
    Refusal(
      status: 429, body: #"{"error":"Rate limit exceeded","retryAfter":23}"#,
      message: "Rate limit exceeded", kind: .rateLimit, retry: .afterDelay, retryAfter: 23_000,
      headers: #"{"X-RateLimit-Limit":"300","X-RateLimit-Reset":"1795132804","Retry-After":"23"}"#),
    Refusal(
      status: 500, body: #"{"error":"Internal server error"}"#, message: "Internal server error",
      kind: .server, retry: .backoffIfIdempotent),
  ]

  @Test(arguments: Way.allCases, refusals)
  func `each documented refusal is read however the vendor is known`(way: Way, refusal: Refusal)
    throws
  {
    try check(refusal, of: .zenstep, by: way)
  }

  @Test(arguments: ["Unauthorized", "not_found", "A flow with this name already exists"])
  func `Zenstep's prose is no code, not even where it is one word`(prose: String) throws {
    let event = try event(
      #"{"vendor":"zenstep","status":409,"body":{"error":"\#(prose)"}}"#)
    #expect(event.code == nil)
    #expect(event.message == prose)
    #expect(event.kind == .conflict)
  }

  @Test func `every issue is kept, with its path as Zenstep writes it`() throws {
    let event = try event(
      #"""
      {"vendor":"zenstep","status":400,"body":{"error":"Validation failed","details":[
      {"path":"events","message":"Array must contain at most 50 element(s)"},
      {"path":"events[12].flow.id","message":"Invalid uuid"}]}}
      """#)
    #expect(
      event.details == #"{"issues":["#
        + #"{"path":"events","message":"Array must contain at most 50 element(s)"},"#
        + #"{"path":"events[12].flow.id","message":"Invalid uuid"}]}"#)
  }

  @Test func `the header says the delay where the body does not`() throws {
    let event = try event(
      #"""
      {"vendor":"zenstep","status":429,"response":{"headers":{"Retry-After":"7"},
      "body":{"error":"Rate limit exceeded"}}}
      """#)
    #expect(event.retryAfter == 7000)
  }

  @Test func `an answer in a shape of the gateway's own still has its message`() throws {
    let event = try event(
      #"{"vendor":"zenstep","status":502,"body":{"message":"no upstream","code":"E1"}}"#)
    #expect(event.message == "no upstream")
    #expect(event.code == nil)
    #expect(event.kind == .upstream)
  }
}
