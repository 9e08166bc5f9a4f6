import Events
import Ingest
import Testing

/// Errors inside of errors: what proxies hand on.
@Suite struct InnerErrorTests {
  private func event(_ status: Int, _ body: String) throws -> Event {
    let line =
      #"{"time":"2025-11-20T10:00:00Z","status":\#(status),"path":"/x","response_body":\#(body)}"#
    return try #require(try explain(line).event)
  }

  /// As the clients of OpenAI, Google, LiteLLM and OpenRouter write them.
  @Test(
    arguments: [
      (
        #"{"error":{"message":"Error code: 429 - {'error': {'code': 429, 'message': \"It's over\", 'status': 'RESOURCE_EXHAUSTED', 'x': None}}","code":500}}"#,
        "RESOURCE_EXHAUSTED", "It's over", "rate_limit", 429
      ),
      (
        #"{"error":{"message":"litellm.AuthenticationError: OpenAIException - {\"error\":{\"code\":\"invalid_api_key\",\"message\":\"No key\"}}"}}"#,
        "invalid_api_key", "No key", "auth", nil
      ),
      (
        #"{"error":{"message":"Provider returned error","code":500,"metadata":{"raw":"{\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"}}}"#,
        "overloaded_error", "Overloaded", "unavailable", nil
      ),
      (
        #"{"detail":"429 RESOURCE_EXHAUSTED. {'error': {'code': 429, 'message': 'Too much', 'status': 'RESOURCE_EXHAUSTED'}}"}"#,
        "RESOURCE_EXHAUSTED", "Too much", "rate_limit", 429
      ),
      (#"{"error":"Request failed with status code 429"}"#, nil, nil, "rate_limit", 429),
      (#"{"message":"job 429 of 500 failed"}"#, nil, nil, "server", nil),
      (#"{"message":"could not store {\"message\": \"hi\"}"}"#, nil, nil, "server", nil),
    ] as [(String, String?, String?, String, Int?)])
  func `what is inside tells code and kind`(
    body: String, code: String?, message: String?, kind: String, upstream: Int?
  ) throws {
    let event = try event(500, body)
    #expect(event.status == 500)
    #expect(event.code == code)
    if let message { #expect(event.message == message) }
    #expect(event.kind.name == kind)
    #expect(event.upstreamStatus == upstream)
  }

  @Test func `what is outside is kept as well`() throws {
    let event = try event(
      502,
      #"""
      {"error":{"message":"Provider returned error","code":"p1","metadata":{"raw":"{\"error\":{\"code\":\"c1\",\"message\":\"m1\"}}"}}}
      """#)
    #expect(event.code == "c1")
    #expect(
      event.details == #"""
        {"outer":{"code":"p1","message":"Provider returned error"},"inner":{"code":"c1","message":"m1"}}
        """#)
  }

  @Test func `a sentence of its own stays the message`() throws {
    let event = try event(
      400,
      #"{"message":"The model could not answer you: {\"error\":{\"code\":\"c1\",\"message\":\"m1\"}}"}"#
    )
    #expect(event.code == "c1")
    #expect(event.message?.hasPrefix("The model could not answer you") == true)
  }

  @Test func `secrets in what is inside are redacted`() throws {
    let key = "sk-proj-" + String(repeating: "a1B2", count: 10)
    let event = try event(
      401,
      #"{"error":{"message":"{\"error\":{\"code\":\"c\",\"message\":\"Wrong key \#(key)\"}}"}}"#)
    #expect(event.message?.contains(key) == false)
    #expect(event.details?.contains(key) == false)
  }
}
