// What lines say of a status in words. To add a wording, add a row, and a line that was seen with it; the first
// row that fits a number counts.
extension StatusPhrase {
  package static let all: [StatusPhrase] = [
    .init("<-- #", [.alone, .before], of: .all, "192.0.2.7 <-- 404 Not Found"),
    .init("<-- #", .beside, "GET /v1/a from 192.0.2.7: <-- 404 Not Found"),

    // Something answered.
    .init("<answer> ~ #", .alone, "upstream responded with 503"),
    .init("<answer> ~ <status> ~ #", .alone, of: .logged, "INFO server replied with code 204"),
    .init("<verb> .. <http> .. #", .alone, of: .logged, "INFO sync: returned HTTP 200"),
    .init("<verb> .. <status> .. #", [.alone, .beside], "Payment gateway returned status 503"),
    .init("returned # <reason>", .alone, "API returned 429 Too Many Requests"),
    .init("returned # $", .alone, if: .trouble, "[ERROR] upstream returned 503 (took 12ms)"),

    // Something failed.
    .init("<end> ~ # <reason>", .alone, "upload failed with 413 Payload Too Large"),
    .init("<end> ~ # $", .alone, if: .trouble, "ERROR sync failed with 502, will retry"),
    .init(
      "<failure|end> .. : # <reason>", .alone, if: .log, "WARN API error: 502 Bad Gateway"),
    .init(
      "<failure|end> .. : # : <network>", .alone, "upstream error -> 502: ECONNREFUSED 192.0.2.7"),
    .init("<failure> .. <http> .. #", .alone, "bad answer - invalid http response: 500"),
    .init("<http> .. <failure> .. #", .alone, "HTTP error! status: 429"),
    .init("<failure> .. <status> .. #", .beside, "error: bad status 503 for GET /v1/a"),
    .init("<status> .. <failure> .. #", .beside, "POST /v1/a: response error 503"),
    .init("<failure|end> .. : #", .beside, "failure -> 502 for POST /v1/a"),
    .init("<failure|end> .. (#)", .beside, "API error (401): Unauthorized [GET /v1/a]"),
    .init(
      "not indicate success .. #", .alone,
      "Response status code does not indicate success: code: 407"),

    // A status is named.
    .init("| .. <http> .. #", .alone, if: .log, "[error] HTTP 429: slow down"),
    .init("^ .. <http> .. # <reason>", .alone, "HTTP 503 Service Unavailable"),
    .init("program: .. <http> .. # <reason>", .alone, "gh: HTTP 502 Bad Gateway"),
    .init("^ .. <status> .. : # <network>", .alone, "status=500 upstream timed out"),
    .init("^ status # :", .alone, "status 500: upstream broken"),
    .init("^ # <reason>", .timed, of: .all, "404 Not Found 12ms"),
    .init("^ .. <status|failure> # <reason>", .timed, of: .all, "Status: 404 Not Found 12ms"),

    // Its reason is.
    .init("failed … <reason> (#)", [.alone, .beside], "upload failed: not found (404)"),
    .init("<reason> (#)", .alone, if: .log, "WARN no shop: not found (404)"),
    .init("<reason> (#)", .beside, "GET /v1/a: unauthorized (401)"),

    // Right before a request.
    .init("<called> : #", .before, of: .all, "API Error: 502 GET https://api.example.com/v1/a"),
    .init("<trouble> ] #", .before, of: .all, "[nginx/web-1][error] 502 GET /v1/a"),

    // Right before a body.
    .init("error ] #", .body, #"[UPSTREAM ERROR] 429: {"error":{"message":"slow down"}}"#),
    .init("<verb> .. #", .body, #"api responded with 429: {"error":{"message":"slow down"}}"#),
    .init("<failure> .. #", .body, #"Error code: 429 - {"error":{"message":"slow down"}}"#),
    .init("<http> .. #", .body, #"storage: HTTP 403: {"message":"no such key"}"#),
    .init("<status> .. : #", .label, #"refused -> status=429 body={"message":"slow down"}"#),

    // Nothing came.
    .init(
      "<method> ]? URL : <network>", .call,
      #"Get "https://api.example.com/v1/a": context deadline exceeded"#),
    .init(
      "<method> ]? failed URL : <network>", .call,
      "[POST] FAILED https://api.example.com/v1/a: i/o timeout"),
    .init(
      "<method> ]? URL net::ERR_", .call,
      "GET https://api.example.com/v1/a net::ERR_CONNECTION_REFUSED"),
    .init(
      "<method> ]? failed URL net::ERR_", .call,
      "[GET] FAILED https://api.example.com/v1/a - net::ERR_CONNECTION_RESET"),
  ]

  /// Words that stand for each other.
  static let groups: [(name: String, words: String)] = [
    ("answer", "responded answered replied"),
    ("end", "failed rejected errored"),
    (
      "verb",
      "responded answered replied failed rejected errored returned received got gave resulted unexpected"
    ),
    ("failure", "error failure invalid unexpected"),
    (
      "http",
      "http statuscode status_code httpstatus http_status httpcode http_code responsecode response_code"
    ),
    (
      "status",
      """
      status code response reply
      http statuscode status_code httpstatus http_status httpcode http_code responsecode response_code
      """
    ),
    // What may stand beside them.
    (
      "filler",
      """
      with a an the bad from server upstream api backend in by was of 2xx
      non non-2xx non-200 non-ok non-success
      """
    ),
    ("called", "error status response failed code"),
    // Before a verb: what it says always happens, or did not.
    ("habit", "is are be being get gets not"),
    ("trouble", LogLevel.troubles.map(\.description).joined(separator: " ")),
    // Between a request and its status.
    (
      "between",
      """
      returned returns returning responded response status statuscode with code failed completed and got
      answered gave error result finished replied received took in http from for resulted a
      """
    ),
    ("replied", "responded returned status"),
    // Between a method and what it asks for, in quotes.
    ("asking", "on resource request for to"),
  ]

  /// What a line says that tells of what is wanted, tried out or set, and not of what came.
  static let suppositions: [StaticString] = [
    "probe", "health check", "healthcheck", "health-check", "assert", "should ", "would ", " if ",
    "configured", "simulat", "retry on ",
  ]
}
