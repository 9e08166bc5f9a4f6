import Events
import Ingest
import Profiles
import Testing
import Times

/// What the documentation of text formats allows beyond the samples: lines made by hand.
@Suite struct TextVariantTests {
  struct Line: Sendable, CustomTestStringConvertible {
    var text: String
    var gateway: String
    var time: String?
    var status: Int?
    var method: String?
    var path: String?
    /// Milliseconds.
    var latency: Double?
    var id: String?
    var answeredBy = AnsweredBy.unknown

    var testDescription: String { text }
  }

  @Test(arguments: haproxy + envoy + commonLog + pairs + others)
  func `every field is taken`(line: Line) throws {
    let explanation = try explain(line.text)
    #expect(explanation.gateway == line.gateway)
    let event = try #require(explanation.event, "\(explanation.outcome)")
    #expect(event.time.map(formatTime) == line.time)
    #expect(event.status == line.status)
    #expect(event.method == line.method)
    #expect(event.path == line.path)
    #expect(event.latency == line.latency)
    #expect(event.requestID == line.id)
    #expect(event.answeredBy == line.answeredBy)
  }

  /// <https://docs.haproxy.org/2.6/configuration.html#8.2.3>: captured headers in braces, `+` where
  /// the end was not waited for, a request that was none, the fields of `option httpslog`.
  static let haproxy = [
    Line(
      text: "Feb 25 16:19:49 lb haproxy[7]: 10.5.4.3:53332 "
        + "[25/Feb/2019:16:19:48.143] prod_http_in~ bk_admin/nginx 0/0/7/1457/+1487 503 11394 - - "
        + "SC-- 2/1/0/0/+3 0/0 {Mozilla/5.0 (Windows NT 6.1; rv:65.0)|x} {} "
        + #""GET /admin/colt?survey=130 HTTP/1.1""#,
      gateway: "haproxy", time: "2019-02-25T16:19:48.143Z", status: 503, method: "GET",
      path: "/admin/colt", latency: 1487, answeredBy: .gateway),
    Line(
      text: "[::1]:5000 [14/Jan/2015:12:48:57.127] https-in~ be/s1 1/0/0/3/173 502 739 a=b - PH-- "
        + #"0/0/0/0/0 0/0 "POST https://api.zof.ai/v1/runs HTTP/2.0" "#
        + "0/0000000000000000/0/0/0 api.zof.ai/TLSv1.3/TLS_AES_256_GCM_SHA384",
      gateway: "haproxy", time: "2015-01-14T12:48:57.127Z", status: 502, method: "POST",
      path: "/v1/runs", latency: 173, answeredBy: .gateway),
    Line(
      text: "10.1.1.1:5000 [14/Jan/2015:12:48:57.127] in be/s1 1/0/0/3/-1 503 739 - - CD-- "
        + #"0/0/0/0/0 0/0 "GET /cut/off/by/syslog"#,
      gateway: "haproxy", time: "2015-01-14T12:48:57.127Z", status: 503, method: "GET",
      path: "/cut/off/by/syslog", answeredBy: .unknown),
  ]

  /// <https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage>,
  /// <https://istio.io/latest/docs/tasks/observability/logs/access-log/>
  static let envoy = [
    Line(
      text: #"[2026-11-20T10:00:00.123Z] "GET /status/503?x=1 HTTP/1.1" 503 UF,URX "#
        + "upstream_reset_before_response_started{connection_failure} - "
        + #""delayed connect error: 111" 0 84 12 - "10.0.0.1" "curl/7" "8f2c61d0-0001" "#
        + #""httpbin:8000" "10.1.2.3:80" outbound|8000||httpbin.default.svc.cluster.local "#
        + "10.1.1.1:4000 10.2.2.2:8000 10.1.1.1:5000 - default",
      gateway: "envoy", time: "2026-11-20T10:00:00.123Z", status: 503, method: "GET",
      path: "/status/503", latency: 12, id: "8f2c61d0-0001", answeredBy: .gateway),
    Line(
      text: #"[2019-03-06T09:31:27.360Z] "GET /status/418 HTTP/1.1" 418 - "-" 0 135 5 2 "-" "#
        + #""curl/7.60.0" "d209e46f-9ed5" "httpbin:8000" "127.0.0.1:80" inbound|8000|http|httpbin "#
        + "- 172.30.146.73:80 172.30.146.82:38618 outbound_.8000_._.httpbin",
      gateway: "envoy", time: "2019-03-06T09:31:27.360Z", status: 418, method: "GET",
      path: "/status/418", latency: 5, id: "d209e46f-9ed5", answeredBy: .vendor),
    Line(
      text: #"[2020-11-25T21:26:18.409Z] "- - HTTP/1.1" 400 DPE http1.codec_error - "-" 0 11 0 - "#
        + #""-" "-" "-" "-" "-" - - 10.0.0.1:80 10.0.0.2:443 - -"#,
      gateway: "envoy", time: "2020-11-25T21:26:18.409Z", status: 400, latency: 0,
      answeredBy: .gateway),
  ]

  /// The tails of the common log format, escapes, lists of upstreams, zones.
  static let commonLog = [
    Line(
      text: #"127.0.0.1 - - [20/Nov/2026:23:43:07 +0100] "POST /v1/chat?a=1 HTTP/1.1" 429 123 "-" "#
        + #""probe \x22q\x22" 176 0.001 [default-api-80] [] 10.0.0.1:80, 10.0.0.2:80 0, 123 "#
        + "0.000, 0.001 502, 429 79b29292672384dba2f94eff2d08b305",
      gateway: "nginx", time: "2026-11-20T22:43:07.000Z", status: 429, method: "POST",
      path: "/v1/chat", latency: 1, id: "79b29292672384dba2f94eff2d08b305", answeredBy: .vendor),
    Line(
      text: #"127.0.0.1 - bob [20/Nov/2026:23:43:07 +0000] "GET /v1 HTTP/2.0" 503 592 "-" "x" 20 "#
        + "0.002 [default-api-80] [] - - - - 79b29292672384dba2f94eff2d08b306",
      gateway: "nginx", time: "2026-11-20T23:43:07.000Z", status: 503, method: "GET", path: "/v1",
      latency: 2, id: "79b29292672384dba2f94eff2d08b306", answeredBy: .gateway),
    Line(
      text: #"10.0.0.5 - - [20/Nov/2026:23:43:07 -0500] "GET /a HTTP/1.1" 502 0 "-" "A \"b\" c" "#
        + #""1.2.3.4, 5.6.7.8" rt=0.250 uct="0.000" uht="-" urt="0.123""#,
      gateway: "nginx", time: "2026-11-21T04:43:07.000Z", status: 502, method: "GET", path: "/a",
      latency: 250, answeredBy: .gateway),
    Line(
      text: #"10.0.0.5 - - [20/Nov/2026:23:43:07 +0000] "GET /a\x22b HTTP/1.1" 404 - "-" "\"x\\" "#
        + "12345",
      gateway: "nginx", time: "2026-11-20T23:43:07.000Z", status: 404, method: "GET",
      path: "/a\"b", latency: 12.345),
    Line(
      text: #"2001:db8::1 - - [20/Nov/2026:23:43:07 +0000] "GET /a HTTP/1.1" 404 19"#,
      gateway: "nginx", time: "2026-11-20T23:43:07.000Z", status: 404, method: "GET", path: "/a"),
    Line(
      text: #"10.0.0.5 - - [20/Nov/2026:23:43:07 +0000] "GET /api HTTP/1.1" 502 0 "-" "curl/7" 17 "#
        + #""api@docker" "http://172.17.0.3:80" 2003ms"#,
      gateway: "traefik", time: "2026-11-20T23:43:07.000Z", status: 502, method: "GET",
      path: "/api", latency: 2003),
    Line(
      text: #"10.0.0.5 - - [20/Nov/2026:23:43:07 +0000] "GET /nope HTTP/1.1" 404 19 "-" "-" 18 "#
        + #""-" "-" 0ms"#,
      gateway: "traefik", time: "2026-11-20T23:43:07.000Z", status: 404, method: "GET",
      path: "/nope", latency: 0, answeredBy: .gateway),
    Line(
      text: #"127.0.0.1 - - [20/Nov/2026:23:43:07 +0000] api.zof.ai "POST /v1/x HTTP/1.1" 504 60 "#
        + #"60.001 "-" "curl/7" 10.0.0.1:443, 10.0.0.2:443 504, 504 30.000, 30.001 "#
        + #""https://api.zof.ai/v1/x" "0b4cf7a8f1bd2b5c2a2a1d5f3e9f0c11""#,
      gateway: "apisix", time: "2026-11-20T23:43:07.000Z", status: 504, method: "POST",
      path: "/v1/x", latency: 60_001, id: "0b4cf7a8f1bd2b5c2a2a1d5f3e9f0c11", answeredBy: .vendor),
  ]

  /// Heroku's router behind logplex, and Rails with lograge behind Ruby's logger.
  static let pairs = [
    Line(
      text: "332 <158>1 2016-09-30T23:59:12.55+00:00 heroku router - - at=error code=H12 "
        + #"desc="Request timeout" method=GET path="/foo?x=1" host=myapp.herokuapp.com "#
        + #"request_id=8601b555-6a83-4c12 fwd="204.204.204.204" dyno=web.1 connect=0ms "#
        + "service=30000ms status=503 bytes=0 protocol=https",
      gateway: "heroku", time: "2016-09-30T23:59:12.550Z", status: 503, method: "GET",
      path: "/foo", latency: 30_000, id: "8601b555-6a83-4c12", answeredBy: .gateway),
    Line(
      text: "2016-09-30T23:59:12.55+00:00 heroku[router]: at=error code=H10 desc=\"App crashed\" "
        + #"method=GET path="/" host=myapp.herokuapp.com request_id=8601b555-6a83-4c12 fwd="::1" "#
        + "dyno= connect= service= status=503 bytes=",
      gateway: "heroku", time: "2016-09-30T23:59:12.550Z", status: 503, method: "GET", path: "/",
      id: "8601b555-6a83-4c12", answeredBy: .gateway),
    Line(
      text: "I, [2012-11-16T15:07:14.123456 #1]  INFO -- : method=GET path=/jobs/833552.json "
        + "format=json controller=JobsController action=show status=500 duration=58.33 view=40.43 "
        + "db=15.26 error='FloatDomainError: Can't be Infinity'",
      gateway: "lograge", time: "2012-11-16T15:07:14.123Z", status: 500, method: "GET",
      path: "/jobs/833552.json", latency: 58.33),
  ]

  static let others = [
    Line(
      text:
        #"[GIN] 2022/06/15 - 15:37:07 | 500 |     4.529µs |      172.17.0.1 | GET      "/u?a=b""#,
      gateway: "gin", time: "2022-06-15T15:37:07.000Z", status: 500, method: "GET", path: "/u",
      latency: 0.005),
    Line(
      text: "[GIN] 2022/06/15 - 15:37:07 |\u{1B}[97;41m 504 \u{1B}[0m|       1m30.5s | ::1 "
        + "|\u{1B}[97;46m POST    \u{1B}[0m \"/u\"",
      gateway: "gin", time: "2022-06-15T15:37:07.000Z", status: 504, method: "POST", path: "/u",
      latency: 90_500),
    Line(
      text: "2026-11-20T23:02:43.183455Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.000086 "
        + #"0.001048 0.001337 500 500 0 57 "GET https://www.example.com:443/ HTTP/1.1" "#
        + #""curl/7.38.0" DHE-RSA-AES128-SHA TLSv1.2"#,
      gateway: "aws-alb", time: "2026-11-20T23:02:43.183Z", status: 500, method: "GET", path: "/",
      latency: 2.471, answeredBy: .vendor),
    Line(
      text: #"INFO:     127.0.0.1:34566 - "POST /chat/completions HTTP/1.1" 429 Too Many Requests"#,
      gateway: "uvicorn", status: 429, method: "POST", path: "/chat/completions"),
    Line(
      text: "litellm.RateLimitError: RateLimitError: OpenAIException - {\"error\":{\"type\":"
        + "\"usage_limit_reached\",\"message\":\"The limit\"}}. Received Model Group=gpt-6",
      gateway: "litellm", status: 429),
    Line(
      text: #"{"message":"litellm.proxy._handle(): Exception occured - "#
        + "litellm.AuthenticationError: AnthropicException - no key\",\"level\":\"ERROR\","
        + #""timestamp":"2025-06-01T10:00:00.123456"}"#,
      gateway: "litellm", time: "2025-06-01T10:00:00.123Z", status: 401),
  ]

  @Test(arguments: [
    "Feb 25 16:20:12 h haproxy[7]: 10.5.4.4:56224 [25/Feb/2019:16:20:10.111] in/t: SSL failure",
    "10.0.1.2:33313 [06/Feb/2009:12:12:51.443] fnt bck/srv1 0/0/5007 212 -- 0/0/0/0/3 0/0",
    "time=\"2021-09-15T21:17:10Z\" level=error msg=\"error of a pod\" status=Pending",
  ])
  func `a line of no response is skipped`(line: String) throws {
    #expect(try explain(line).outcome == "skipped")
  }

  @Test(arguments: [
    "some prose about status=500 and path=/x", "a=b", "Proxy prod_http_in started.",
    "[GIN] 2022/06/15 - 15:37:07 | a | b | c",
    "10.0.0.5 - - [20/Nov/2026:23:43:07 +0000] \"GET / HTTP/1.1\" abc 5",
  ])
  func `text that no layout has is a reject`(line: String) throws {
    #expect(try explain(line).outcome == "no_json")
  }

  @Test func `a layout may begin like a prefix`() throws {
    let profile = #"{"name":"piped","title":"Piped","text":["$verb | $path | $status"]}"#
    let explanation = try Explanation(
      of: "GET | /x | 500",
      catalog: Catalog([ProfileFile(name: "piped.json", text: Array(profile.utf8))]),
      options: .init())
    #expect(explanation.gateway == "piped")
    #expect(explanation.event?.method == "GET")
  }

  @Test func `HAProxy's JSON says who answered as its text does`() throws {
    let line =
      #"{"time_date":"2026-11-20T10:00:00Z","http_method":"GET","http_path":"/x","#
      + #""status_code":503,"time_active":12,"backend_name":"be","server_name":"s1","#
      + #""termination_state":"SC--","unique_id":"ab12-cd34"}"#
    let event = try event(line)
    #expect(event.answeredBy == .gateway)
    #expect(event.latency == 12)
    #expect(event.requestID == "ab12-cd34")
  }

  @Test func `a given gateway is believed`() throws {
    let line = #"{"latency":1500,"status":500,"path":"/x","duration":1500}"#
    #expect(try explain(line, gateway: "traefik").gateway == "traefik")
    #expect(try explain(line, gateway: "traefik").event?.latency == 1500)
    let text = #"10.0.0.5 - - [20/Nov/2026:23:43:07 +0000] "GET / HTTP/1.1" 500 5"#
    #expect(try explain(text, gateway: "haproxy").outcome == "no_json")
    #expect(try explain(text, gateway: "nginx").outcome == "event")
    #expect(try explain("at=info status=500 path=/", gateway: "heroku").gateway == "heroku")
  }
}
