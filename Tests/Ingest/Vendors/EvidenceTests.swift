import Batches
import Events
import Ingest
import Testing

/// Which vendor a response is from, where the line does not name one.
@Suite struct EvidenceTests {
  @Test(arguments: [
    (503, #"{"error":{"code":"TEMPORAL_UNAVAILABLE"}}"#, "mimicbot"),
    (403, #"{"error":{"code":"NO_AGENCY","message":"x"}}"#, "mimicbot"),
    (402, #"{"error":{"code":"PLAN_LIMIT_REACHED"}}"#, "mimicbot"),
    (404, #"{"error":{"code":"NOT_FOUND","message":"x","requestId":"req_1"}}"#, "mimicbot"),
    (
      400,
      #"{"error":{"code":"VALIDATION_ERROR","details":{"issues":[{"path":["a"],"message":"b"}]}}}"#,
      "mimicbot"
    ),
    (401, #"{"error":"invalid_api_key","message":"x","status":"error"}"#, "zihin"),
    (429, #"{"error":{"message":"Rate limit exceeded.","code":"BAD_REQUEST"}}"#, "flowestate"),
    (
      400, #"{"error":{"message":"Validation error: a: b","code":"VALIDATION_ERROR"}}"#,
      "flowestate"
    ),
    (429, #"{"error":"Rate limit exceeded","retryAfter":23}"#, "zenstep"),
    (
      400, #"{"error":"Validation failed","details":[{"path":"a","message":"b"}]}"#, "zenstep"
    ),
  ])
  func `a body that only one vendor writes tells the vendor`(
    status: Int, body: String, vendor: String
  ) throws {
    for body in [body, quoted(body)] {
      let explanation = try explain(#"{"status":\#(status),"response_body":\#(body)}"#)
      #expect(explanation.vendor == vendor)
      #expect(explanation.rules.contains { $0.field == "vendor" && $0.rule == "body" })
    }
  }

  @Test(arguments: [
    (401, #"{"error":"Unauthorized"}"#),
    (404, #"{"error":"Not found"}"#),
    (403, #"{"error":{"code":"FORBIDDEN","message":"x"}}"#),
    (404, #"{"error":{"message":"x","code":"NOT_FOUND"}}"#),
    (500, #"{"error":{"code":"INTERNAL_ERROR","message":"x"}}"#),
    (401, #"{"error":{"code":"UNAUTHENTICATED","message":"x"}}"#),
    (401, #"{"error":{"code":"UNAUTHORIZED","message":"x"}}"#),
    (429, #"{"error":{"code":"RATE_LIMITED"}}"#),
    (402, #"{"error":{"code":"SOMETHING"}}"#),
    (400, #"{"error":{"code":"BAD_REQUEST","message":"x"}}"#),
    (400, #"{"error":{"code":"VALIDATION_ERROR","message":"Invalid request body"}}"#),
    (400, #"{"error":{"code":"invalid_request","message":"x","param":"y"}}"#),
    (429, #"{"error":{"code":"rate_limited","message":"x"}}"#),
    (404, #"{"error":{"code":"not_found","message":"x","requestId":"req_1"}}"#),
    (400, #"{"error":"Validation failed"}"#),
    (400, #"{"error":"Validation failed","details":[{"field":"a"}]}"#),
    (429, #"{"error":"Rate limit exceeded","retryAfter":"soon"}"#),
    (400, #"{"error":"bad","message":"x","status":400}"#),
    (502, #""<html><title>502 Bad Gateway</title></html>""#),
  ])
  func `a body that many vendors write tells nothing`(status: Int, body: String) throws {
    let explanation = try explain(#"{"status":\#(status),"response_body":\#(body)}"#)
    #expect(explanation.outcome == "event")
    #expect(explanation.vendor == nil)
  }

  @Test(arguments: [
    (#""vendor":"Zenstep""#, "zenstep"),
    (#""provider":"zof-ai""#, "zof"),
    (#""host":"API.GetZenstep.com:443""#, "zenstep"),
    (#""upstream_cluster":"outbound|443||api.zihin.ai""#, "zihin"),
    (#""upstream":"api.flowestate.app:443""#, "flowestate"),
    (#""request":{"url":"https://u:p@mimicbot.app:8443/v1"}"#, "mimicbot"),
    (#""service":{"name":"flowestate","host":"10.0.0.7"}"#, "flowestate"),
    (#""vendor":"acme","host":"api.zof.ai""#, "acme"),
    (#""host":"notgetzenstep.com""#, "notgetzenstep.com"),
    (#""host":"getzenstep.com.evil.test""#, "getzenstep.com.evil.test"),
    (#""host":"localhost:8080","url":"https://api.zof.ai/v1/runs""#, "zof"),
  ])
  func `what the line says of the vendor decides`(member: String, vendor: String) throws {
    #expect(try event(#"{"status":500,\#(member)}"#).vendor == vendor)
  }

  @Test func `the line outranks the body, and the user outranks both`() throws {
    let line = #"{"status":429,"host":"api.zof.ai","body":{"error":"x","retryAfter":23}}"#
    #expect(try event(line).vendor == "zof")
    #expect(try event(line, vendor: "MimicBot").vendor == "mimicbot")
    #expect(try event(line, vendor: "Acme Corp").vendor == "acme corp")
  }

  @Test(arguments: [
    (#""url":"https://API.Example.com:8443/v1/x?y=1""#, "api.example.com"),
    (#""authority":"Shop.Example.org:443""#, "shop.example.org"),
    (#""upstream_cluster":"outbound|443||api.example.net""#, "api.example.net"),
    (#""service":{"name":"Billing","host":"10.1.2.3"}"#, "billing"),
    (#""host":"localhost","service_name":"billing""#, "billing"),
    (#""host":"10.0.0.1:80""#, "10.0.0.1"),
    (#""host":"[2001:db8::1]:443""#, "2001:db8::1"),
  ])
  func `a vendor without a profile is its host, else the gateway's name for it`(
    member: String, vendor: String
  ) throws {
    #expect(try event(#"{"status":500,\#(member)}"#).vendor == vendor)
  }

  @Test(arguments: [
    "_", "*", ".", "-", "*.example.com", "~^(www\\\\.)+a$", "$host", "{host}", "<host>",
  ])
  func `what no host is called is no vendor, and the next that is named is`(host: String) throws {
    #expect(try event(#"{"status":500,"path":"/x","host":"\#(host)"}"#).vendor == nil)
    #expect(
      try event(#"{"status":500,"host":"\#(host)","url":"https://api.zof.ai/v1/runs"}"#).vendor
        == "zof")
    let templated = try event(#"{"status":500,"url":"https://\#(host)/v1/runs?a=1"}"#)
    #expect(templated.vendor == nil)
    #expect(templated.path == "/v1/runs")
  }

  @Test(arguments: [
    #"{"status":405,"method":"OPTIONS","url":"*"}"#,
    #"::1 - - [01/Jul/2026:06:25:11 -0500] "OPTIONS * HTTP/1.0" 405 136 "-" "x""#,
  ])
  func `what is asked of the server as a whole has an asterisk for its path`(line: String) throws {
    let event = try event(line)
    #expect(event.vendor == nil)
    #expect(event.method == "OPTIONS")
    #expect(event.path == "*")
  }

  @Test func `the logger's own host is no vendor where a service is named`() throws {
    #expect(try event(#"{"status":500,"path":"/x"}"#).vendor == nil)
  }
}
