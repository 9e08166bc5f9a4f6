import Events
import Ingest
import Testing

/// NGINX's logs are whatever their owner made of them: two conventions, fifteen lines each.
@Suite struct NGINXTests {
  private static let ids = [
    "aaa12b4c14007ea7cff0dc2e96b4e4b1", "efcba0c9bc73faf84af198f22c2c18eb",
    "79b29292672384dba2f94eff2d08b305", "135cb8b194db9892bb49fa7378c7bff3",
    "b6637b98fa741e371f5039de1c3fab8a", "8d163ed4412d7410c67e91a4c995346e",
    "3cbd309352406c1b8a987506e489e7d7", "72808c38405616f9e70ad1c8b34b6347",
    "57ceda34a458727df13654b21fa0c4d3", "a85b5c61335470f7b4f3ec9e262d6f73",
    "39c57ba4e6d9061da8787634d3b3f431", "4624512554b7b1d2c86beae465c8001e",
    "f6c7aee02e751f68845a4977a455e628", "bc86c5fed86d33153df90716cd0d3de9",
    "c1b1e1597f4b8a49ef4a45437de0a106",
  ]

  private struct Answer: Sendable {
    var status: Int
    var method: String?
    var path: String?
    var latency: Double
    /// Of 2026-11-20, 23:43.
    var second: String
  }

  private static let answers = [
    Answer(status: 200, method: "GET", path: "/ok", latency: 2, second: "07.178"),
    Answer(status: 402, method: "POST", path: "/v1/charges", latency: 2, second: "07.190"),
    Answer(status: 429, method: "POST", path: "/v1/chat/completions", latency: 1, second: "07.201"),
    Answer(status: 529, method: "POST", path: "/v1/messages", latency: 1, second: "07.210"),
    Answer(status: 404, method: "GET", path: "/orders/42", latency: 1, second: "07.219"),
    Answer(status: 401, method: "GET", path: "/login", latency: 1, second: "07.229"),
    Answer(status: 403, method: "DELETE", path: "/admin", latency: 2, second: "07.238"),
    Answer(status: 422, method: "POST", path: "/items", latency: 1, second: "07.246"),
    Answer(status: 503, method: "GET", path: "/maint", latency: 1, second: "07.255"),
    Answer(status: 500, method: "GET", path: "/boom", latency: 1, second: "07.264"),
    Answer(status: 504, method: "GET", path: "/slow", latency: 1001, second: "08.273"),
    Answer(status: 502, method: "GET", path: "/dead/x", latency: 0, second: "08.283"),
    Answer(status: 429, method: "GET", path: "/limit", latency: 0, second: "08.290"),
    Answer(status: 404, method: "GET", path: "/nope path", latency: 1, second: "08.298"),
    Answer(status: 400, method: nil, path: nil, latency: 7, second: "16.675"),
  ]

  @Test(arguments: 0..<15)
  func `as ingress-nginx documents it`(line: Int) throws {
    let answer = NGINXTests.answers[line]
    try check(
      GatewaySample(
        "nginx_gen_ingress_json", line, "2026-11-20T23:43:\(answer.second.prefix(2)).000Z",
        answer.status, answer.method, answer.path, answer.latency, NGINXTests.ids[line]),
      gateway: "nginx", success: answer.status == 200 ? #""status": 200"# : nil)
  }

  @Test(arguments: 0..<15)
  func `with a time in seconds, and everything a string`(line: Int) throws {
    let answer = NGINXTests.answers[line]
    let path = line == 13 ? "/nope%20path" : answer.path
    try check(
      GatewaySample(
        "nginx_gen_msec", line, "2026-11-20T23:43:\(answer.second)Z",
        answer.status, answer.method, path, answer.latency, NGINXTests.ids[line]),
      gateway: "nginx", success: answer.status == 200 ? #""status":"200""# : nil)
  }

  @Test(arguments: [(2, 20_000 as Int64), (8, 0), (1, nil), (12, nil)] as [(Int, Int64?)])
  func `the header sent to the client says when to come back`(line: Int, delay: Int64?) throws {
    let event = try event(fixtureLines("gateways/nginx_gen_msec.ndjson")[line])
    #expect(event.retryAfter == delay)
    #expect(event.vendor == "api.local")
  }

  @Test func `the id of the server behind finds the event as well`() throws {
    let line = try fixtureLines("gateways/nginx_gen_msec.ndjson")[2]
    #expect(
      try explain(line).identifiers.sorted() == ["79b29292672384dba2f94eff2d08b305", "req_1b2c3d"])
  }
}
