import Batches
import Events
import Foundation
import Ingest
import Testing
import Times

/// Lines that gateways wrote, read by hand and by errata.
@Suite struct GatewayTests {
  @Test func `Kong`() throws {
    try check(
      GatewaySample(
        "kong_docs", 0, "2024-09-19T22:10:39.538Z", 200, "GET", "/example-route", 173,
        "2f6946328ffc4946b8c9120704a4a155"),
      gateway: "kong", success: #""status":200"#)
  }

  @Test(arguments: [
    GatewaySample(
      "apisix_docs", 0, "2023-12-30T03:38:05.819Z", 200, "POST", "/hello", 102, nil),
    GatewaySample("apisix_docs", 2, "2024-01-06T07:53:48.474Z", 200, "GET", "/hello", 103, nil),
    GatewaySample(
      "apisix_docs", 3, "2024-01-06T07:12:25.772Z", 200, "GET", "/opentracing", 104, nil),
    GatewaySample(
      "apisix_docs", 4, "2024-01-06T07:49:59.740Z", 200, "GET", "/opentracing", 112, nil),
  ])
  func `APISIX`(sample: GatewaySample) throws {
    try check(sample, gateway: "apisix", success: #""status":200"#)
  }

  @Test func `APISIX before it told its own latency, whose body is the request's`() throws {
    try check(
      GatewaySample("apisix_docs", 1, "2021-04-26T05:18:14.760Z", 200, "GET", "/hello", 0, nil),
      gateway: "generic", success: #""status":200"#)
    let line = try fixtureLines("gateways/apisix_docs.ndjson")[1]
    let event = try event(line.replacingOccurrences(of: #""status":200"#, with: #""status":500"#))
    #expect(event.message == nil)
  }

  @Test(arguments: [
    GatewaySample(
      "envoy_gateway", 0, "2025-12-31T16:37:40.479Z", 200, "GET", "/assets/image.webp", 11,
      "3bbc0252-2d5c-49fe-bd89-104e9b61770b"),
    GatewaySample(
      "envoy_gateway", 1, "2025-12-31T17:22:04.951Z", 301, "GET", "/", 0,
      "a9864e02-c6f5-4375-a27d-3ffd7f312811"),
    GatewaySample(
      "envoy_gateway", 5, "2026-01-24T01:34:36.743Z", 301, "GET", "/", 0,
      "6d6e08ba-02a3-4a26-968a-2183aa33a56d"),
    GatewaySample(
      "envoy_gateway", 6, "2026-01-24T01:35:00.000Z", 200, "GET", "/api/data", 15,
      "multi-ip-v4-test-id"),
    GatewaySample(
      "envoy_gateway", 7, "2026-01-24T01:36:00.000Z", 201, "POST", "/api/create", 20,
      "multi-ip-v6-test-id"),
  ])
  func `Envoy Gateway`(sample: GatewaySample) throws {
    try check(sample, gateway: "envoy", success: "\"response_code\":\(sample.status)")
  }

  @Test func `Envoy Gateway, an error the server behind it made`() throws {
    let sample = GatewaySample(
      "envoy_gateway", 2, "2025-12-31T17:30:03.228Z", 404, "HEAD", "/.env", 5,
      "fff03852-5ae8-468b-a528-434d095ddc49")
    try check(sample, gateway: "envoy")
    let event = try event(fixtureLines("gateways/envoy_gateway.ndjson")[2])
    #expect(event.answeredBy == .vendor)
    #expect(event.route == "httproute/app/app-foo-example-com/rule/0/match/0/foo_example_com")
  }

  @Test(arguments: [
    GatewaySample(
      "caddy_lnav1", 0, "2024-05-26T11:42:52.601Z", 200, "GET",
      "/gentoo/gentoo-distfiles/distfiles/9b/tl-hrlatex.source-2021.tar.xz", 17.557, nil),
    GatewaySample(
      "caddy_lnav1", 1, "2024-05-26T11:43:50.508Z", 200, "GET",
      "/gentoo/gentoo-portage/app-emulation/metadata.xml", 0.724, nil),
    GatewaySample(
      "caddy_lnav1", 2, "2024-05-26T11:44:00.654Z", 200, "GET",
      "/gentoo/gentoo-distfiles/distfiles/b6/libvirt-python-9.9.0.tar.gz", 24.627, nil),
  ])
  func `Caddy`(sample: GatewaySample) throws {
    try check(sample, gateway: "caddy", success: #""status":200"#)
  }

  /// Caddy 2.8, whose error log precedes its access log; shortened.
  @Test func `what Caddy says twice is one event, with the text of both`() throws {
    func line(_ logger: String, _ message: String, _ port: Int, _ more: String) -> String {
      #"{"level":"error","ts":1773362148.337,"logger":"\#(logger)","msg":"\#(message)","#
        + #""request":{"remote_ip":"10.0.0.9","remote_port":"\#(port)","proto":"HTTP/1.1","#
        + #""method":"GET","host":"auth.example","uri":"/"},"duration":0.033,"status":502,\#(more)}"#
        + "\n"
    }
    let log = try Log()
    try log.write(
      line("http.log.error", "dial tcp: connection refused", 1, #""err_id":"4fw6nwdfr""#)
        + line("http.log.access.log0", "handled request", 1, #""resp_headers":{}"#)
        + line("http.log.access.log0", "handled request", 2, #""resp_headers":{}"#))
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 2)
    #expect(summary.tally.skipped == 1)
    #expect(log.ledger.messages == ["dial tcp: connection refused"])
    #expect(log.ledger.answers == [.gateway, .unknown])
  }

  /// Where no access log is written, or a request has no line in it, the error log says it alone.
  @Test func `an error that Caddy says once is an event`() throws {
    func line(_ logger: String, _ port: Int, status: Int = 502) -> String {
      #"{"level":"error","ts":1773362148.337,"logger":"\#(logger)","msg":"it fell","#
        + #""request":{"remote_ip":"10.0.0.9","remote_port":"\#(port)","proto":"HTTP/1.1","#
        + #""method":"GET","host":"auth.example","uri":"/a"},"duration":0.033,"#
        + #""status":\#(status),"trace_id":"trace-\#(port)"}"# + "\n"
    }
    let log = try Log()
    try log.write(
      line("http.log.error", 1) + line("http.log.error", 2) + line("http.log.error", 3)
        + line("http.log.access", 2) + line("http.log.access", 3, status: 200)
        + line("http.log.access", 4))
    let summary = try log.importing("a.log")
    // Those of ports 1, 2 and 4; the third was answered with a page of its own.
    #expect(summary.tally.events == 3)
    #expect(summary.tally.successes == 1)
    #expect(summary.tally.skipped == 2)
    #expect(log.ledger.answers == [.gateway, .gateway, .unknown])
  }

  /// The pair stands where a batch ends.
  @Test func `lines of which one says the other again are read together`() throws {
    func line(_ logger: String, _ port: Int) -> String {
      #"{"level":"error","ts":1773362148.3,"logger":"\#(logger)","msg":"it fell","request":"#
        + #"{"remote_ip":"10.0.0.9","remote_port":"\#(port)","proto":"HTTP/1.1","method":"GET","#
        + #""host":"h","uri":"/a"},"duration":0.033,"status":502}"# + "\n"
    }
    for before in [Batch.capacity - 2, Batch.capacity - 1] {
      let log = try Log()
      let others = (0..<before).map { line("http.log.access", $0 + 10) }
      try log.write(
        others.joined() + line("http.log.error", 1) + line("http.log.error", 2)
          + line("http.log.access", 1) + line("http.log.access", 2))
      let summary = try log.importing("a.log")
      #expect(summary.tally.events == Int64(before) + 2)
      #expect(summary.tally.skipped == 2)
    }
  }

  @Test func `pino's line that answers nothing is skipped`() throws {
    let line = try #require(try fixtureLines("gateways/pino_otel_lnav.ndjson").first)
    #expect(try explain(line).outcome == "skipped")
  }

  @Test func `a pino-http line, made from its documentation`() throws {
    let explanation = try explain(
      #"""
      {"level":50,"time":1795132804908,"pid":17,"hostname":"web-1","req":{"id":12,
      "method":"GET","url":"/v1/runs?page=2","headers":{"host":"api.zof.ai",
      "x-request-id":"c759f29f-5f1e"}},"res":{"statusCode":503,"headers":{"retry-after":"30"}},
      "err":{"type":"Error","message":"failed with status code 503"},"responseTime":17,
      "msg":"request errored"}
      """#)
    let event = try #require(explanation.event)
    #expect(explanation.gateway == "pino-http")
    #expect(event.time.map(formatTime) == "2026-11-20T00:00:04.908Z")
    #expect(event.status == 503)
    #expect(event.method == "GET")
    #expect(event.path == "/v1/runs")
    #expect(event.latency == 17)
    #expect(event.requestID == "c759f29f-5f1e")
    #expect(event.retryAfter == 30_000)
    #expect(event.vendor == "zof")
  }

  @Test func `a Traefik line, made from its documentation`() throws {
    let explanation = try explain(
      #"""
      {"ClientHost":"10.0.0.9","ClientUsername":"-","DownstreamStatus":429,"Duration":23000000,
      "OriginDuration":21000000,"OriginStatus":429,"Overhead":2000000,"RequestAddr":"api.zihin.ai",
      "RequestHost":"api.zihin.ai","RequestMethod":"POST","RequestPath":"/v1/chat?x=1",
      "RouterName":"zihin@file","ServiceName":"zihin@file","ServiceURL":"https://api.zihin.ai",
      "StartUTC":"2026-11-20T10:00:00.123456789Z","downstream_Retry-After":"30",
      "entryPointName":"web","level":"info","msg":"","time":"2026-11-20T10:00:01Z",
      "request_X-Request-Id":"8f2c61d0-9ab4"}
      """#)
    let event = try #require(explanation.event)
    #expect(explanation.gateway == "traefik")
    #expect(event.time.map(formatTime) == "2026-11-20T10:00:00.123Z")
    #expect(event.status == 429)
    #expect(event.upstreamStatus == 429)
    #expect(event.answeredBy == .vendor)
    #expect(event.method == "POST")
    #expect(event.path == "/v1/chat")
    #expect(event.route == "zihin@file")
    #expect(event.latency == 23)
    #expect(event.retryAfter == 30_000)
    #expect(event.vendor == "zihin")
    #expect(event.consumer == nil)
  }
}
