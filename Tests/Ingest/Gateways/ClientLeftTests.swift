import Events
import Ingest
import Testing

/// Clients that hung up, and calls that failed behind a status of success.
@Suite struct ClientLeftTests {
  @Test(
    arguments: [
      // HAProxy's session states: <https://docs.haproxy.org/2.6/configuration.html#8.5>
      (haproxy("503", "CC--"), .cancelled, .unknown), (haproxy("-1", "CH--"), .cancelled, .unknown),
      (haproxy("500", "CD--"), .cancelled, .unknown), (haproxy("504", "sH--"), .timeout, .gateway),
      (haproxy("503", "sC--"), .unavailable, .gateway), (haproxy("500", "----"), .server, .vendor),
      (haproxy("429", "CD--"), .rateLimit, .unknown),
      // Envoy's response flags
      (envoy("0", "DC", "downstream_remote_disconnect"), .cancelled, .unknown),
      (envoy("0", "DR", "-"), .cancelled, .unknown), (envoy("0", "-", "-"), .cancelled, .unknown),
      (
        envoy("503", "UF,URX", "upstream_reset_before_response_started{connection_failure}"),
        .unavailable, .gateway
      ),
      (envoy("503", "-", "via_upstream"), .unavailable, .vendor),
      (
        #"{"status":499,"request_time":1.5,"upstream_status":"-","request":"GET /a HTTP/1.1"}"#,
        .cancelled, .unknown
      ),
      (
        #"{"httpRequest":{"requestMethod":"GET","requestUrl":"https://a.example/b","status":499},"logName":"l","jsonPayload":{"statusDetails":"client_disconnected_before_any_response"}}"#,
        .cancelled, .unknown
      ),
    ] as [(String, Kind, AnsweredBy)])
  func `who hung up is told from who answered`(line: String, kind: Kind, answeredBy: AnsweredBy)
    throws
  {
    let event = try event(line)
    #expect(event.kind == kind)
    #expect(event.answeredBy == answeredBy)
  }

  @Test func `a success that the client did not wait for stays one`() throws {
    #expect(try explain(haproxy("200", "CD--")).outcome == "success")
    #expect(try explain(envoy("200", "DC", "via_upstream")).outcome == "success")
  }

  @Test(
    arguments: [
      (#""grpc_status":"Unavailable","grpc_status_number":14"#, "UNAVAILABLE", .unavailable),
      (#""grpc_status":4"#, "DEADLINE_EXCEEDED", .timeout),
      (#""grpc_status":"RESOURCE_EXHAUSTED""#, "RESOURCE_EXHAUSTED", .rateLimit),
      (#""grpc_status_number":"16""#, "UNAUTHENTICATED", .auth),
      (#""response":{"headers":{"grpc-status":"5"}}"#, "NOT_FOUND", .notFound),
      (#""trailers":{"grpc-status":"13","grpc-message":"boom"}"#, "INTERNAL", .server),
    ] as [(String, String, Kind)])
  func `a call of gRPC that failed is an event behind a 200`(
    member: String, code: String, kind: Kind
  ) throws {
    let event = try event(#"{"status":200,"method":"POST","path":"/a.B/C",\#(member)}"#)
    #expect(event.status == 200)
    #expect(event.code == code)
    #expect(event.kind == kind)
  }

  @Test(arguments: [
    #""grpc_status":"OK","grpc_status_number":0"#, #""grpc_status":0"#, #""grpc_status":"-""#,
    #""grpc_status":null"#, #""grpc_status":"""#, #""request":{"headers":{"grpc-status":"5"}}"#,
  ])
  func `a call that came to nothing bad is a success`(member: String) throws {
    #expect(
      try explain(#"{"time":"2026-11-12T08:00:00Z","status":200,"path":"/a.B/C",\#(member)}"#)
        .outcome
        == "success")
  }
}

private func haproxy(_ status: String, _ state: String) -> String {
  "Nov 12 08:28:18 lb haproxy[1540]: 192.0.2.60:54241 [12/Nov/2026:08:28:18.698] https~ be/s1 "
    + "0/0/1/-1/227 \(status) 0 - - \(state) 33/15/1/0/0 0/0 \"GET /a HTTP/1.1\""
}

private func envoy(_ status: String, _ flags: String, _ details: String) -> String {
  #"{"start_time":"2026-11-12T08:00:00.956Z","method":"GET","path":"/a","response_code":\#(status),"#
    + #""response_flags":"\#(flags)","response_code_details":"\#(details)","duration":6120}"#
}
