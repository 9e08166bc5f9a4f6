import Events
import Ingest
import Testing
import Times

/// Lines of text that gateways wrote, read by hand and by errata.
@Suite struct TextGatewayTests {
  @Test(arguments: [
    GatewaySample(
      "aws_alb", 0, "2023-04-26T12:22:55.463Z", 200, "GET", "/", 1,
      "1-58337262-36d228ad5d99923122bbe354"),
    GatewaySample(
      "aws_alb", 1, "2023-04-26T12:23:00.186Z", 200, "GET", "/robots.txt", 171,
      "1-58337281-1d84f3d73c47ec4e58577259"),
    GatewaySample(
      "aws_alb", 2, "2023-04-26T12:23:14.948Z", 200, "GET", "/index.html", 2,
      "1-58337327-72bd00b0343d75b906739c42"),
    GatewaySample(
      "aws_alb", 3, "2023-04-26T19:53:46.679Z", 404, "GET", "/%%32%65%%32%65/", nil,
      "1-6449814a-01d4cd3e280010e00ac46641"),
    GatewaySample(
      "aws_alb", 4, "2023-04-26T19:53:47.809Z", 404, "GET", "/.awscfg", nil,
      "1-6449814b-6c50fc2a5aa7d12e119d3a89"),
    GatewaySample(
      "aws_alb", 6, "2023-04-26T19:53:56.715Z", 404, "GET", "/remote_agent.php", nil,
      "1-64498154-416a2e644a6c9c7a45da7e4e"),
    GatewaySample(
      "aws_alb", 7, "2018-07-02T22:23:00.186Z", 200, "GET", "/", 171,
      "1-58337281-1d84f3d73c47ec4e58577259"),
    GatewaySample(
      "aws_alb", 8, "2023-04-26T12:23:00.186Z", 200, "GET", "/robots.txt", 171,
      "1-58337281-1d84f3d73c47ec4e58577259"),
    GatewaySample(
      "aws_alb", 9, "2018-07-02T22:23:00.186Z", 200, "GET", "/", 2,
      "1-5833732772bd00b0343d75b906739c42"),
    GatewaySample(
      "aws_alb", 10, "2023-04-26T19:53:46.679Z", 404, "GET", "/%%32%65%%32%65/", nil,
      "1-6449814a-01d4cd3e280010e00ac46641"),
    GatewaySample(
      "aws_alb", 11, "2023-04-26T19:53:47.809Z", 404, "GET", "/.awscfg", nil,
      "1-6449814b-6c50fc2a5aa7d12e119d3a89"),
    GatewaySample(
      "aws_alb", 13, "2023-04-26T19:53:56.715Z", 404, "GET", "/remote_agent.php", nil,
      "1-64498154-416a2e644a6c9c7a45da7e4e"),
  ])
  func `AWS's load balancer`(sample: GatewaySample) throws {
    try checkText(sample, gateway: "aws-alb")
  }

  @Test(arguments: [5, 12])
  func `an exploit in the path of a load balancer's line`(line: Int) throws {
    let explanation = try explain(fixtureLines("gateways/aws_alb.ndjson")[line])
    let event = try #require(explanation.event)
    #expect(event.path?.hasPrefix("/%24%7B%28%23a%3D%40org.apache.commons.io.IOUtils") == true)
    #expect(event.path?.hasSuffix("%2C%23a%29%29%7D/") == true)
    #expect(event.time.map(formatTime) == "2023-04-26T19:53:48.420Z")
    #expect(event.status == 404)
    #expect(event.answeredBy == .gateway)
    #expect(explanation.identifiers.contains("1-6449814c-3732e31f4ef8997027ce7ece"))
  }

  /// Second and millisecond of 2026-11-20 23:43, status, method, path, total time.
  @Test(
    arguments: [
      ("08.305", 200, "GET", "/ok", 1), ("08.315", 402, "POST", "/v1/charges", 1),
      ("08.324", 429, "POST", "/v1/chat/completions", 1),
      ("08.337", 529, "POST", "/v1/messages", 0),
      ("08.347", 404, "GET", "/orders/42", 1), ("08.356", 401, "GET", "/login", 1),
      ("08.365", 403, "DELETE", "/admin", 1), ("08.372", 422, "POST", "/items", 0),
      ("08.380", 503, "GET", "/maint", 0), ("08.387", 500, "GET", "/boom", 1),
      ("08.395", 504, "GET", "/slow", 1001), ("09.404", 503, "GET", "/dead/x", 3004),
      ("12.417", 429, "GET", "/limit", 0), ("12.425", 404, "GET", "/nope%20path", 0),
    ].enumerated().map { ($0.offset, $0.element) } as [(Int, (String, Int, String, String, Double))]
  )
  func `HAProxy`(line: Int, says: (String, Int, String, String, Double)) throws {
    let (second, status, method, path, latency) = says
    try checkText(
      GatewaySample(
        "haproxy_gen_httplog", line, "2026-11-20T23:43:\(second)Z", status, method, path, latency,
        nil),
      gateway: "haproxy")
    let event = try #require(
      try explain(fixtureLines("gateways/haproxy_gen_httplog.ndjson")[line]).event)
    // sH: the server was silent; SC: it refused; PR: the proxy denied.
    #expect(event.answeredBy == ([10, 11, 12].contains(line) ? .gateway : .vendor))
    #expect(event.vendor == (line == 11 ? "be_dead" : line == 12 ? "fe_http" : "be_api"))
  }

  @Test(
    arguments: [
      ("07", 200, "GET", "/ok"), ("07", 402, "POST", "/v1/charges"),
      ("07", 429, "POST", "/v1/chat/completions"), ("07", 529, "POST", "/v1/messages"),
      ("07", 404, "GET", "/orders/42"), ("07", 401, "GET", "/login"),
      ("07", 403, "DELETE", "/admin"), ("07", 422, "POST", "/items"), ("07", 503, "GET", "/maint"),
      ("07", 500, "GET", "/boom"), ("08", 504, "GET", "/slow"), ("08", 502, "GET", "/dead/x"),
      ("08", 429, "GET", "/limit"), ("08", 404, "GET", "/nope%20path"), ("16", 400, nil, nil),
    ].enumerated().map { ($0.offset, $0.element) } as [(Int, (String, Int, String?, String?))])
  func `NGINX's combined format`(line: Int, says: (String, Int, String?, String?)) throws {
    let (second, status, method, path) = says
    try checkText(
      GatewaySample(
        "nginx_gen_combined", line, "2026-11-20T23:43:\(second).000Z", status, method, path, nil,
        nil),
      gateway: "nginx")
  }

  @Test(arguments: [
    GatewaySample(
      "nginx_combined", 0, "2020-01-04T07:25:02.000Z", 404, "GET",
      "/.well-known/acme-challenge/FMuukC2JOJ5HKmLBujjE_BkDo", nil, nil),
    GatewaySample(
      "nginx_combined", 1, "2020-01-04T08:41:43.000Z", 500, "GET", "/index.php/nous-contacter/",
      nil, nil),
    GatewaySample(
      "nginx_combined", 2, "2020-06-08T08:04:43.000Z", 500, "GET", "/solr/admin/info/system", nil,
      nil),
    GatewaySample(
      "nginx_combined", 3, "2020-06-08T08:04:43.000Z", 500, "GET", "/solr/admin/info/system", nil,
      nil),
    GatewaySample(
      "nginx_combined", 4, "2020-06-08T08:04:43.000Z", 500, "GET", "/test/uppercase/extensions.JPG",
      nil, nil),
    GatewaySample(
      "nginx_combined", 5, "2020-06-08T08:04:43.000Z", 301, "GET", "/test/uppercase/extensions.JPG",
      nil, nil),
    GatewaySample(
      "nginx_combined", 6, "2020-06-08T08:04:43.000Z", 200, "GET", "/api/login", nil, nil),
    GatewaySample(
      "nginx_combined", 7, "2020-06-08T08:04:43.000Z", 200, "GET", "/api/test", nil, nil),
  ])
  func `the combined format of others`(sample: GatewaySample) throws {
    try checkText(sample, gateway: "nginx")
  }

  @Test(
    arguments: [(2, nil), (3, "www.crowdsec.net"), (5, "www.crowdsec11.net")] as [(Int, String?)])
  func `a virtual host before the address is who was asked`(line: Int, host: String?) throws {
    #expect(try explain(fixtureLines("gateways/nginx_combined.ndjson")[line]).vendor == host)
  }

  @Test func `NGINX's error log is no log of responses`() throws {
    let line = try fixtureLines("gateways/nginx_combined.ndjson")[8]
    #expect(try explain(line).outcome == "skipped")
  }

  @Test(arguments: [
    GatewaySample(
      "envoy_gateway", 3, "2016-04-15T20:17:00.310Z", 204, "POST", "/api/v1/locations", 226,
      "cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2"),
    GatewaySample(
      "envoy_gateway", 4, "2026-01-24T01:34:36.743Z", 200, "GET", "/test", 50, "test-request-id"),
    GatewaySample(
      "envoy_gateway", 8, "2026-01-24T01:37:00.000Z", 200, "GET", "/api/proxy", 30,
      "multi-ip-clf-v4"),
    GatewaySample(
      "envoy_gateway", 9, "2026-01-24T01:38:00.000Z", 201, "POST", "/api/proxy6", 40,
      "multi-ip-clf-v6"),
  ])
  func `Envoy's text, behind Kubernetes' prefix`(sample: GatewaySample) throws {
    try checkText(sample, gateway: "envoy")
  }

  @Test(arguments: [
    "logfmt_lnav", "bunyan_lnav", "ecs_lnav", "otel_collector", "otlp_logs_example",
  ])
  func `a log of something else is skipped, line by line`(name: String) throws {
    for line in try fixtureLines("gateways/\(name).ndjson") {
      #expect(try explain(line).outcome == "skipped")
    }
  }

  @Test func `Caddy over QUIC, from an IPv6 address`() throws {
    try checkText(
      GatewaySample(
        "caddy_lnav1", 3, "2024-05-26T14:16:03.414Z", 200, "GET", "/res/browse.css", 0.276, nil),
      gateway: "caddy")
  }
}

/// Reads a sample's line.
func checkText(_ sample: GatewaySample, gateway: String) throws {
  let explanation = try explain(fixtureLines("gateways/\(sample.file).ndjson")[sample.line])
  #expect(explanation.outcome == (sample.status < 400 ? "success" : "event"))
  #expect(explanation.gateway == gateway)
  let event = try #require(explanation.event, "\(explanation.outcome)")
  #expect(event.time.map(formatTime) == sample.time)
  #expect(event.status == sample.status)
  #expect(event.method == sample.method)
  #expect(event.path == sample.path)
  #expect(event.latency == sample.latency)
  #expect(event.requestID == sample.requestID)
  if let id = sample.requestID { #expect(explanation.identifiers.contains(id)) }
}
