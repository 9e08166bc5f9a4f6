import Events
import Foundation
import Ingest
import Testing
import Times

/// Gateways that someone else runs, and loggers of applications.
@Suite struct ManagedGatewayTests {
  @Test(arguments: [
    GatewaySample(
      "cloudflare_panther", 0, "2025-12-16T11:00:00.000Z", 403, "GET", "/search", nil,
      "9f6d3eb692345cde"),
    GatewaySample(
      "cloudflare_panther", 1, "2025-12-16T10:30:00.000Z", 403, "POST", "/api/upload", nil,
      "8e5c2da581234abc"),
    GatewaySample(
      "cloudflare_panther", 2, "2025-12-16T12:00:00.000Z", 403, "GET", "/", nil,
      "1a7e4fc703456def"),
    GatewaySample(
      "cloudflare_panther", 3, "2022-05-10T06:36:57.000Z", 403, "GET", "/main.php", nil,
      "7090a9da88e333d8"),
    GatewaySample(
      "cloudflare_panther", 4, "2022-05-10T06:36:57.000Z", 403, "GET", "/main.php", nil,
      "708174c00f61faa8"),
    GatewaySample(
      "cloudflare_panther", 5, "2022-05-10T06:36:57.000Z", 403, "GET", "/main.php", nil,
      "7090a9da88e333d8"),
    GatewaySample(
      "cloudflare_panther", 7, "2022-05-07T18:53:12.000Z", 404, "GET", nil, nil,
      "707c283ab88274cd"),
    GatewaySample(
      "cloudflare_panther", 6, "2022-05-07T18:53:12.000Z", 404, "GET", nil, nil,
      "707c283ab88274cd"),
  ])
  func `Cloudflare`(sample: GatewaySample) throws {
    try check(sample, gateway: "cloudflare")
    let event = try event(fixtureLines("gateways/cloudflare_panther.ndjson")[sample.line])
    #expect(event.answeredBy == .gateway)
    #expect(event.upstreamStatus == nil)
  }

  @Test func `Azure API Management, whose documentation hides the time`() throws {
    try check(
      GatewaySample(
        "azure_apim", 0, nil, 200, "GET", "/conference/speakers", 152,
        "3f06647e-xxxx-xxxx-xxxx-530eb9f15261"),
      gateway: "azure-api-management", success: #""responseCode":200"#)
  }

  @Test func `Azure Front Door and App Service`() throws {
    try check(
      GatewaySample(
        "azure_frontdoor_otel", 0, "2024-04-24T12:06:12.000Z", 200, "GET", "/", 230,
        "TRACKING_REFERENCE"),
      gateway: "azure-front-door", success: #""httpStatusCode":"200""#)
    try check(
      GatewaySample(
        "azure_frontdoor_otel", 1, "2024-04-24T11:59:40.989Z", 200, "GET", "/api/test/", 420, nil),
      gateway: "generic", success: #""ScStatus":"200""#)
  }

  @Test func `Serilog`() throws {
    try check(
      GatewaySample(
        "serilog_compact", 1, "2019-06-26T06:05:54.688Z", 200, "GET", "/", 224.519,
        "0HLNPVG1HI42T:00000001"),
      gateway: "serilog", success: #""StatusCode":200"#)
    for line in [0, 2] {
      #expect(
        try explain(fixtureLines("gateways/serilog_compact.ndjson")[line]).outcome == "skipped")
    }
  }

  @Test(
    arguments: [
      (0, "2023-08-18T11:17:31.748Z", nil, "/test", nil, nil),
      (
        1, "2023-08-18T11:17:31.748Z", "GET", "/test", nil, "a01b8b77-ccd6-4dd7-9b8b-77ccd6fdd7e2"
      ),
      (
        2, "2023-08-18T11:16:21.941Z", "GET", "/test", 150, "13f5ae30-068b-4e2d-b5ae-30068bae2d2d"
      ),
      (
        4, "2023-08-18T11:16:21.941Z", "GET", "/test", 150, "13f5ae30-068b-4e2d-b5ae-30068bae2d2d"
      ),
      (
        5, "2023-08-18T12:35:25.746Z", "GET", "/test-v4", nil,
        "f69882b1-d713-4d80-9882-b1d7137d8019"
      ),
      (
        9, "2023-08-18T11:46:53.844Z", "GET", "/test-v4", 144,
        "076aea69-6024-4590-aaea-6960247590a0"
      ),
      (
        10, "2023-08-18T11:46:53.844Z", "GET", "/test-v4", 144,
        "076aea69-6024-4590-aaea-6960247590a0"
      ),
    ] as [(Int, String, String?, String, Double?, String?)])
  func `Gravitee`(
    line: Int, time: String, method: String?, path: String, latency: Double?, id: String?
  ) throws {
    let isMetrics = line == 2 || line == 4 || line == 5
    try check(
      GatewaySample("gravitee_json", line, time, 200, method, path, latency, id),
      gateway: isMetrics ? "gravitee" : "generic", success: #""status":200"#)
  }

  @Test(arguments: [3, 6, 7, 8])
  func `Gravitee's lines without a status are skipped`(line: Int) throws {
    #expect(try explain(fixtureLines("gateways/gravitee_json.ndjson")[line]).outcome == "skipped")
  }

  @Test func `LiteLLM, when its provider refused`() throws {
    let line = try #require(try fixtureLines("gateways/litellm_standard_payload.ndjson").first)
    #expect(try explain(line).outcome == "skipped")
    let explanation = try explain(
      line.replacingOccurrences(of: #""status":"success""#, with: #""status":"failure""#)
        .replacingOccurrences(
          of: #""error_information":{"error_code":"""#,
          with: #""error_information":{"error_code":"429""#))
    let event = try #require(explanation.event)
    #expect(explanation.gateway == "litellm")
    #expect(event.time.map(formatTime) == "2025-01-24T09:20:46.847Z")
    #expect(event.status == 429)
    #expect(event.latency == 7.394)
    #expect(event.vendor == "openai")
    #expect(event.requestID == "chatcmpl-2299b6a2-82a3-465a-b47c-04e685a2227f")
  }

  @Test(
    arguments: [
      (0, "44.906", 402, "POST", "/v1/charges", 312, "card_declined", Kind.payment),
      (1, "44.906", 402, "POST", "/v1/charges", 312, "card_declined", .payment),
      (
        2, "44.907", 429, "POST", "/v1/chat/completions", 87, "rate_limit_exceeded", .rateLimit
      ),
      (
        3, "44.907", 429, "POST", "/v1/chat/completions", 87, "rate_limit_exceeded", .rateLimit
      ),
      (4, "44.907", 529, "POST", "/v1/messages", 1520, "overloaded_error", .unavailable),
      (5, "44.907", 529, "POST", "/v1/messages", 1520, "overloaded_error", .unavailable),
      (6, "44.907", 404, "GET", "/orders/42", 4, nil, .notFound),
      (7, "44.907", 404, "GET", "/orders/42", 4, nil, .notFound),
      (8, "44.908", 503, "GET", "/maint", 2, "maintenance", .unavailable),
      (9, "44.908", 503, "GET", "/maint", 2, "maintenance", .unavailable),
      (10, "44.908", 500, "GET", "/boom", 900, nil, .server),
      (11, "44.908", 500, "GET", "/boom", 900, nil, .server),
    ] as [(Int, String, Int, String, String, Double, String?, Kind)])
  func `structlog`(
    line: Int, second: String, status: Int, method: String, path: String, latency: Double,
    code: String?, kind: Kind
  ) throws {
    let ids = [
      "8c86699e-d7bf-56ee-a70f-d2c123325874", "8e6d3006-4e0a-55ee-838d-fd5bf1784f5a",
      "f9f38837-cbb0-5cc2-8481-7f4b32f7f5b9", "a14c56f2-0edc-5064-88e4-efe8392dc03d",
      "74e69473-2c0c-5ec8-a2ce-34bda2df6ab2", "51946c63-6088-5771-8abd-62de5e96fbae",
    ]
    try check(
      GatewaySample(
        "structlog_gen", line, "2026-11-20T23:40:\(second)Z", status, method, path, latency,
        ids[line / 2]),
      gateway: "generic")
    let event = try event(fixtureLines("gateways/structlog_gen.ndjson")[line])
    #expect(event.code == code)
    #expect(event.kind == kind)
    #expect(event.consumer == "acme")
    #expect(event.retryAfter == ([2: 20_000, 8: 120_000][line]))
  }
}
