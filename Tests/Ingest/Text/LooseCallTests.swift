import Events
import Ingest
import Testing
import Times

/// Lines of text that say why a client's request failed, behind what it asked for.
@Suite struct LooseCallTests {
  @Test(
    arguments: [
      (
        #"2026/01/06 16:16:37 [probe] ERROR a: Post "https://api.example.com/v1/a": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"#,
        "POST", "/v1/a", Kind.timeout
      ),
      (
        #"WARN[0023] Request Failed      error="Get \"https://api.example.com/v1/a?b=1\": dial tcp 192.0.2.7:443: connect: can't assign requested address""#,
        "GET", "/v1/a", .unavailable
      ),
      (
        #"ERROR[0020] Failed to forward  error="Post \"https://api.example.com/v1/a\": EOF""#,
        "POST",
        "/v1/a", .unavailable
      ),
      (
        "could not fetch it: Get https://api.example.com/v1/a: net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)",
        "GET", "/v1/a", .timeout
      ),
      (
        "network error DELETE https://api.example.com/v1/a: connection refused", "DELETE", "/v1/a",
        .unavailable
      ),
      (
        "GET https://api.example.com/v1/a net::ERR_CONNECTION_REFUSED", "GET", "/v1/a", .unavailable
      ),
      (
        "x [GET] FAILED https://api.example.com/v1/a - net::ERR_CONNECTION_RESET", "GET", "/v1/a",
        .unavailable
      ),
    ] as [(String, String, String, Kind)])
  func `a request to which no response came is told with why`(
    line: String, method: String, path: String, kind: Kind
  ) throws {
    let event = try #require(try explain(line).event, "\(line)")
    #expect(event.status == nil)
    #expect(event.method == method)
    #expect(event.path == path)
    #expect(event.kind == kind)
    #expect(event.vendor == "api.example.com")
  }

  @Test(arguments: [
    // Nothing failed, or nobody asked for it.
    #"Get "https://api.example.com/v1/a" to see the manual"#,
    "see https://api.example.com/v1/a: connection refused is explained there",
    "Retrying: Get \"https://api.example.com/v1/a\": context deadline exceeded",
    "Get https://api.example.com/v1/a: then set the timeout",
    "GET https://api.example.com/v1/a and then net::ERR_CONNECTION_REFUSED may come",
    "please get https://api.example.com/v1/a: i/o timeout",
    #"fmt.Errorf("Get %q: dial tcp", url)"#,
  ])
  func `a URL in another place is no request`(line: String) throws {
    let outcome = try explain(line).outcome
    #expect(outcome != "event" && outcome != "success", "\(line)")
  }

  @Test func `a call of gRPC is told by its method and the name of its code`() throws {
    let event = try event(
      #"{"level":"warn","method":"/shop.v1.Orders/Get","code":"NotFound","duration":"10.2ms","message":"failed"}"#
    )
    #expect(event.code == "NOT_FOUND")
    #expect(event.kind == .notFound)
    #expect(event.latency == 10.2)
    let other = try explain(#"{"level":"warn","method":"/a/b","code":"NotFound","message":"x"}"#)
    #expect(other.outcome != "event")
  }
}
