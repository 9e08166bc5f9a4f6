import Events
import Ingest
import Testing
import Times

@Suite struct OutcomeTests {
  @Test(arguments: [
    (#"{"status":200,"path":"/x"}"#, "success"), (#"{"status":"204","path":"/x"}"#, "success"),
    (#"{"status":301,"path":"/x"}"#, "success"), (#"{"status":101,"path":"/x"}"#, "success"),
    (#"{"status":302,"response_body":{"ok":false}}"#, "success"),
    (#"{"status":200,"response_body":{"ok":true}}"#, "success"),
    (#"{"status":200,"response_body":"done"}"#, "success"),
    (#"{"status":200,"response_body":{"errors":[]}}"#, "success"),
    (#"{"status":200,"error":null,"path":"/x"}"#, "success"),
    (#"{"status":400,"path":"/x"}"#, "event"), (#"{"status":999}"#, "event"),
    (#"{"status":200,"response_body":{"ok":false,"error":"ratelimited"}}"#, "event"),
    (#"{"status":200,"response_body":"{\"success\":false}"}"#, "event"),
    (#"{"status":200,"response_body":{"errors":[{"message":"x"}]}}"#, "event"),
    (#"{"status":200,"vendor":"zihin","response_body":{"error":"x","status":"error"}}"#, "event"),
    (#"{"status":0,"method":"GET","path":"/x"}"#, "event"),
    (#"{"statusCode":-1,"path":"/x"}"#, "event"),
    (#"{"res":{"statusCode":null},"req":{"method":"GET","url":"/x"}}"#, "event"),
    (#"{"status":"-","requestMethod":"GET"}"#, "event"),
    (#"{"status":null}"#, "skipped"), (#"{"status":0}"#, "skipped"),
    (#"{"level":"info","message":"started"}"#, "skipped"),
    (#"{"status":"success","path":"/x"}"#, "skipped"), (#"{"status":12,"path":"/x"}"#, "skipped"),
    (#"{"upstream":{"status":500}}"#, "skipped"), (#"{"CacheResponseStatus":404}"#, "skipped"),
    (#"{"response_body":{"error":{"code":"X"}}}"#, "skipped"),
    ("{}", "skipped"), ("[]", "skipped"), ("[1,2]", "skipped"), (#"{"records":[]}"#, "skipped"),
    ("", "blank"), ("  \t", "blank"),
    ("GET /x at 500", "no_json"), ("42", "no_json"), (#""text""#, "no_json"),
    (#"{"status":500"#, "json_syntax"), (#"{"status":500}{"status":"#, "json_syntax"),
    (#"{"status":500}{"status":500}"#, "event"),
    ("{\"a\":\"\0\"}", "nul"), ("\u{FEFF}status", "no_json"),
  ])
  func `a line is an event, a success, skipped, blank or rejected`(line: String, outcome: String)
    throws
  {
    #expect(try explain(line).outcome == outcome)
  }

  @Test func `nesting beyond the limit is a reason of its own`() throws {
    let line = String(repeating: #"{"a":"#, count: 300) + "1" + String(repeating: "}", count: 300)
    #expect(try explain(line).outcome == "too_deep")
  }

  @Test func `no response is a timeout without a status`() throws {
    let event = try event(
      #"""
      {"status":0,"method":"GET","url":"https://api.zof.ai/v1/runs",
      "error":{"code":"ETIMEDOUT","message":"timed out"}}
      """#)
    #expect(event.status == nil)
    #expect(event.kind == .timeout)
    #expect(event.vendor == "zof")
    #expect(event.message == "timed out")
  }

  @Test func `a GraphQL error has the code of its extensions`() throws {
    let event = try event(
      #"""
      {"status":200,"host":"shop.example.com","response_body":
      {"data":null,"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}]}}
      """#)
    #expect(event.status == 200)
    #expect(event.code == "THROTTLED")
    #expect(event.kind == .rateLimit)
  }

  @Test(arguments: [
    #"2026-11-20T10:00:00.1Z stdout F {"status":503,"path":"/x"}"#,
    #"caddy  | {"status":503,"path":"/x"}"#,
    #"<158>1 2026-11-20T10:00:00Z host app - - - {"status":503,"path":"/x"}"#,
    #"{"log":"{\"status\":503,\"path\":\"/x\"}\n","stream":"stdout","time":"2026-11-20T10:00:00Z"}"#,
    #"{"level":"info","message":"{\"status\":503,\"path\":\"/x\"}"}"#,
    #"[{"status":200},{"status":503,"path":"/x"}]"#,
    #"{"records":[{"status":200},{"status":503,"path":"/x"}]}"#,
    #"{"entries":[{"message":"x"},{"status":503,"path":"/x"}]}"#,
    #"  {"status":503,"path":"/x"}  "#, "{\"status\":503,\"path\":\"/x\"}\r",
    "\u{FEFF}{\"status\":503,\"path\":\"/x\"}", "\0\0{\"status\":503,\"path\":\"/x\"}",
  ])
  func `what stands around a record is taken off`(line: String) throws {
    let event = try event(line)
    #expect(event.status == 503)
    #expect(event.path == "/x")
  }

  @Test func `a wrapped record without a time has that of its wrapper`() throws {
    let event = try event(
      #"{"log":"{\"status\":503,\"path\":\"/x\"}","time":"2026-11-20T10:00:00Z"}"#)
    #expect(event.time.map(formatTime) == "2026-11-20T10:00:00.000Z")
  }
}
