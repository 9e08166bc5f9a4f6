import Events
import Ingest
import Testing

/// Requests to which no response came, as clients log them.
@Suite struct SilenceTests {
  @Test(
    arguments: [
      // axios
      (
        #"{"level":"error","message":"timeout of 30000ms exceeded","name":"AxiosError","code":"ECONNABORTED","config":{"url":"/v1/x","method":"get","baseURL":"https://api.example.com"}}"#,
        .timeout, "GET", "/v1/x"
      ),
      (
        #"{"message":"connect ECONNREFUSED 192.0.2.5:443","name":"AxiosError","code":"ECONNREFUSED","config":{"url":"https://api.example.com/v1/y","method":"get"}}"#,
        .unavailable, "GET", "/v1/y"
      ),
      (
        #"{"level":50,"err":{"type":"AxiosError","message":"getaddrinfo ENOTFOUND api.example.com","code":"ENOTFOUND","config":{"url":"/v1/z","method":"post","baseURL":"https://api.example.com"}},"msg":"call failed"}"#,
        .unavailable, "POST", "/v1/z"
      ),
      // Go's net/http
      (
        #"{"level":"error","msg":"request failed","error":"Get \"https://api.example.com/v1/a\": dial tcp 192.0.2.5:443: connect: connection refused"}"#,
        .unavailable, "GET", "/v1/a"
      ),
      (
        #"{"level":"error","error":"Post \"https://api.example.com/v1/a\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"}"#,
        .timeout, "POST", "/v1/a"
      ),
      // requests
      (
        #"{"levelname":"ERROR","message":"HTTPSConnectionPool(host='api.example.com', port=443): Max retries exceeded with url: /v1/a (Caused by ConnectTimeoutError(<urllib3>, 'Connection to api.example.com timed out. (connect timeout=5)'))"}"#,
        .timeout, nil, "/v1/a"
      ),
      // Laravel's, of Guzzle
      (
        #"{"level_name":"ERROR","message":"oops","context":{"exception":{"message":"cURL error 28: Operation timed out after 5001 milliseconds (see https://curl.haxx.se/libcurl/c/libcurl-errors.html) for https://api.example.com/v1/a"}}}"#,
        .timeout, nil, "/v1/a"
      ),
      // Spring's RestTemplate
      (
        #"{"level":"ERROR","message":"I/O error on POST request for \"https://api.example.com/v1/a\": Connection refused"}"#,
        .unavailable, "POST", "/v1/a"
      ),
      (
        #"{"status":0,"method":"GET","url":"https://a.example/b","error":"ETIMEDOUT"}"#, .timeout,
        "GET", "/b"
      ),
      (
        #"{"status":null,"method":"GET","url":"/b","err":{"code":"ECONNRESET"}}"#, .unavailable,
        "GET", "/b"
      ),
      (#"{"status_code":-1,"method":"GET","path":"/b"}"#, .timeout, "GET", "/b"),
    ] as [(String, Kind, String?, String)])
  func `a request without a response is an event`(
    line: String, kind: Kind, method: String?, path: String
  ) throws {
    let event = try event(line)
    #expect(event.status == nil)
    #expect(event.kind == kind)
    #expect(event.method == method)
    #expect(event.path == path)
  }

  @Test(arguments: [
    #"{"level":"info","msg":"calling https://api.example.com/v1 with a timeout of 30s"}"#,
    #"{"level":"error","msg":"connect ECONNREFUSED 127.0.0.1:5432"}"#,
    #"{"level":"warn","msg":"Retrying (Retry(total=2)) after connection broken by 'ConnectTimeoutError': https://api.example.com/v1"}"#,
    #"{"level":"error","method":"GET","path":"/orders","err":{"code":"ECONNREFUSED"},"msg":"no database"}"#,
    #"{"method":"GET","url":"/x","response":null,"msg":"request started"}"#,
    #"{"method":"GET","url":"https://api.example.com/x","code":null,"msg":"request started"}"#,
  ])
  func `what a client merely says of requests is no event`(line: String) throws {
    #expect(try explain(line).event == nil)
  }

  @Test func `what a gateway could not reach is unavailable, as a code or in the message`() throws {
    let code = #"{"status":502,"path":"/x","response_body":"{\"code\":\"ECONNREFUSED\"}"}"#
    #expect(try event(code).kind == .unavailable)
    let own = #"{"status":502,"path":"/x","msg":"dial tcp: lookup a.example: no such host"}"#
    #expect(try event(own).kind == .unavailable)
    let message = #"{"status":502,"path":"/x","error":"connect ECONNREFUSED 10.0.0.1:80"}"#
    #expect(try event(message).kind == .unavailable)
  }
}
