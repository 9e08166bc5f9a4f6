import Events
import Ingest
import Testing

/// Where a line's fields are found, whatever wrote it.
@Suite struct FieldTests {
  @Test(arguments: [
    (#""http":{"response":{"status_code":500}},"status":"ok""#, 500),
    (#""response":{"status":"503"},"status":200"#, 503),
    (#""res":{"statusCode":404}"#, 404),
    (#""haproxy_statusCode":"404""#, 404), (#""http_code":"404","lan_ip":"192.0.2.7""#, 404),
    (#""log_processed":{"code":401,"method":"GET"}"#, 401),
    (#""rsp_code":"503""#, 503), (#""return_status":404"#, 404), (#""HTTP Status":502"#, 502),
    (#""responsestatus":"429""#, 429), (#""http_response_code":500"#, 500),
    (#""response":"404","verb":"GET""#, 404), (#""code":503,"method":"GET""#, 503),
    (#""resultCode":"500","grpc_status":"Unknown""#, 500),
    (#""DownstreamStatus":502,"OriginStatus":504"#, 502),
    (#""EdgeResponseStatus":403,"CacheResponseStatus":404,"OriginResponseStatus":0"#, 403),
    (#""properties":{"backendResponseCode":200,"responseCode":429}"#, 429),
    (#""elb_status_code":"502","target_status_code":"-""#, 502),
    (#""upstream":{"status":504},"status":502"#, 502),
    (#""status":502,"integration":{"status":200}"#, 502),
    (#""entrypointResponse":{"status":401},"endpointResponse":{"status":200}"#, 401),
    (#""httpRequest":{"status":403}"#, 403),
    (#""status_code":[500]"#, 500),
    (#""status":"429 ""#, 429),
    (#""status":500.0"#, 500),
    (#""error_information":{"error_code":"429"},"status":"failure""#, 429),
    (#""status":404,"response_body":{"status":500,"title":"x"}"#, 404),
    (#""http_status":502,"error":{"code":"x","statusCode":401}"#, 502),
    (#""status":503,"details":{"statusCode":401}"#, 503),
    (#""error":{"status":409}"#, 409),
  ])
  func `the status is the answer's own`(member: String, status: Int) throws {
    #expect(try event(#"{\#(member),"path":"/x"}"#).status == status)
  }

  @Test(
    arguments: [
      (#""upstream_status":"502, 504""#, 504), (#""upstream_status":"502, 200 : 404""#, 404),
      (#""upstream_status":"""#, nil), (#""upstream_status":"-, -""#, nil),
      (#""OriginStatus":502"#, 502), (#""OriginResponseStatus":0"#, nil),
      (#""backendResponseCode":200"#, 200), (#""target_status_code":"-""#, nil),
      (#""upstream":{"status":504}"#, 504), (#""endpointResponse":{"status":500}"#, 500),
      (#""integration":{"integrationStatus":"403"}"#, 403), (#""CacheResponseStatus":404"#, nil),
      (#""upstream_status":200,"upstream":{"response":{"status":500}}"#, 200),
    ] as [(String, Int?)])
  func `the status behind the gateway is kept apart`(member: String, status: Int?) throws {
    let event = try event(#"{"DownstreamStatus":599,"path":"/x",\#(member)}"#)
    #expect(event.status == 599)
    #expect(event.upstreamStatus == status)
  }

  @Test(
    arguments: [
      (#""method":"GET","path":"/a""#, "GET", "/a"),
      (#""request":{"method":"PUT","uri":"/a?b=c"}"#, "PUT", "/a"),
      (#""request":"POST /v1/charges?x=1 HTTP/1.1""#, "POST", "/v1/charges"),
      (#""request":"DELETE","url":"/v1/x""#, "DELETE", "/v1/x"),
      (#""request":"GARBAGE""#, nil, nil),
      (#""request":"GET https://a.test/b?c HTTP/2""#, "GET", "/b"),
      (#""method":"","path":"""#, nil, nil),
      (#""method":"-","path":"-""#, nil, nil),
      (#""method":"get","url":"https://a.test""#, "GET", "/"),
      (#""method":"Delete","url":"/b""#, "DELETE", "/b"),
      (#""method":"PATCHp","url":"/b""#, "PATCHp", "/b"),
      (#""method":"chat.create","url":"/b""#, nil, "/b"),
      (#""request":"PATCHp /b HTTP/1.1""#, "PATCHp", "/b"),
      (#""reqMethod":"GET","reqPath":"v1/a""#, "GET", "/v1/a"),
      (#""method":"GET","url":"api.example.com/v1/a?b""#, "GET", "/v1/a"),
      (#""method":"GET","url":{"original":"/a?b=c"}"#, "GET", "/a"),
      (#""requested_url":"GET /v1/f HTTP/1.1","requested_uri":"/v1/f""#, "GET", "/v1/f"),
      (#""verb":"GET","request":"/b?c""#, "GET", "/b"),
      (#""msg":"HTTP: POST https://a.test/b?c""#, "POST", "/b"),
      (#""msg":"GET /b took long""#, "GET", "/b"), (#""msg":"HTTP Post the letter""#, nil, nil),
      (#""uri_path":"/b""#, nil, "/b"),
      (#""haproxy_httpRequest":"GET /b HTTP/1.1""#, "GET", "/b"),
      (#""user_req":"GET /b HTTP/1.1""#, "GET", "/b"),
      (#""method":"GET","route_name":"default""#, "GET", nil),
      (#""method":"PATCH","url":"https://u:p@a.test:1/b#c""#, "PATCH", "/b"),
      (#""method":7,"uri":"/b""#, nil, "/b"),
      (#""routeKey":"GET /pets/{id}","path":"/prod/pets/1""#, "GET", "/prod/pets/1"),
      (#""httpMethod":"HEAD","url":{"path":"/b","full":"https://a.test/c"}"#, "HEAD", "/b"),
      (#""req":{"method":"GET","originalUrl":"/full/b","url":"/b"}"#, "GET", "/full/b"),
      (#""method":"GET","path":"not a path","uri":"/b""#, "GET", "/b"),
      (#""method":"GET","path":"/b","proxyRequest":{"method":"POST","uri":"/c"}"#, "GET", "/b"),
    ] as [(String, String?, String?)])
  func `method and path are read, split and checked`(
    member: String, method: String?, path: String?
  ) throws {
    let event = try event(#"{"status":500,\#(member)}"#)
    #expect(event.method == method)
    #expect(event.path == path)
  }

  @Test(arguments: [
    (#""path":"/v1/runs/8f2c61d0/steps/12""#, "/v1/runs/{id}/steps/{id}"),
    (#""path":"/users/3bbc0252-2d5c-49fe-bd89-104e9b61770b""#, "/users/{id}"),
    (#""path":"/charges/ch_3Nk2abcd1XyZ9876""#, "/charges/{id}"),
    (#""path":"/people/ann@example.com""#, "/people/{id}"),
    (#""path":"/v1/chat/completions""#, "/v1/chat/completions"),
    (#""path":"/api/v2/webhooks/subscriptions/""#, "/api/v2/webhooks/subscriptions/"),
    (#""path":"/deadbeef/cafe""#, "/deadbeef/cafe"),
    (#""path":"/""#, "/"),
    (#""path":"/a/1","http":{"route":"/a/:id"}"#, "/a/:id"),
    (#""path":"/a/1","route":{"name":"things","id":"0f1a"}"#, "things"),
    (#""path":"/a/1","route_name":"-""#, "/a/{id}"),
  ])
  func `a route is what the log says, else the path without its ids`(member: String, route: String)
    throws
  {
    #expect(try event(#"{"status":500,\#(member)}"#).route == route)
  }

  @Test(
    arguments: [
      (#""consumer":{"username":"ann","id":"c-1"}"#, "ann"), (#""consumer":{"id":"c-1"}"#, "c-1"),
      (#""tenant":"acme""#, "acme"), (#""ClientUsername":"-","user_id":"u-7""#, "u-7"),
      (#""remote_user":"""#, nil), (#""user":{"name":"bob"}"#, "bob"),
      (#""properties":{"apimSubscriptionId":"master"}"#, "master"), (#""user_id":"null""#, nil),
    ] as [(String, String?)])
  func `a consumer is whoever asked`(member: String, consumer: String?) throws {
    #expect(try event(#"{"status":500,"path":"/x",\#(member)}"#).consumer == consumer)
  }

  @Test(
    arguments: [
      (#""headers":{"Retry-After":"30"}"#, 30_000 as Int64),
      (#""headers":{"retry-after":["2.0"]}"#, 2000),
      (#""retry_after":0.65"#, 650), (#""retry_after_ms":"1500""#, 1500),
      (#""headers":{"retry-after":"9","retry-after-ms":"8200"}"#, 8200),
      (#""downstream_Retry-After":"5""#, 5000), (#""sent_http_retry_after":"20""#, 20_000),
      (#""headers":{"Retry-After":"Fri, 20 Nov 2026 10:02:00 GMT"}"#, 120_000),
      (#""headers":{"Retry-After":"Fri, 20 Nov 2026 09:00:00 GMT"}"#, 0),
      (#""retry_after":"0""#, 0), (#""retry_after":"","sent_http_retry_after":"4""#, 4000),
      (#""retry_after":"soon""#, nil), (#""retry_after":-1"#, nil), (#""retry_after":1e300"#, nil),
      (#""request":{"headers":{"Retry-After":"7"}}"#, nil),
      (#""upstream_http_retry_after":"11""#, 11_000),
      (#""hidden_params":{"additional_headers":{"llm_provider-retry-after":"3"}}"#, 3000),
    ] as [(String, Int64?)])
  func `a delay is seconds, milliseconds by name, or a date`(member: String, delay: Int64?) throws {
    let event = try event(
      #"{"time":"2026-11-20T10:00:00Z","status":429,"path":"/x",\#(member)}"#)
    #expect(event.retryAfter == delay)
  }

  @Test(
    arguments: [
      (#""response_body":"{\"error\":\"It went boom\"}""#, "It went boom"),
      (#""response":{"body":{"message":"boom"}}"#, "boom"),
      (#""response":{"body":"boom"}"#, "boom"),
      (#""response":{"error":{"message":"boom"}}"#, "boom"),
      (#""error":{"message":"boom"}"#, "boom"), (#""error":"It went boom""#, "It went boom"),
      (#""response":{"body":[{"message":"boom"}]}"#, "boom"),
      (#""response":{"body":"[{\"message\":\"boom\"}]"}"#, "boom"),
      (#""err":{"type":"Error","message":"boom"}"#, "boom"),
      (#""request":{"body":{"message":"asked"}},"response":{"status":500}"#, nil),
      (#""request":{"body":"asked"},"req":{"body":"asked"}"#, nil),
      (#""request_body":"asked""#, nil), (#""response_body":"-""#, nil),
      (#""response_body":"{\"error\":""#, #"{"error":"#),
      (#""backendResponse":{"body":{"message":"boom"}}"#, "boom"),
    ] as [(String, String?)])
  func `the body is the response's, never the request's`(member: String, message: String?) throws {
    #expect(try event(#"{"status":500,"path":"/x",\#(member)}"#).message == message)
  }
}
