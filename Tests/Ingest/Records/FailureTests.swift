import Events
import Ingest
import Testing

/// Responses that failed behind a status of success, and those that merely speak of errors.
@Suite struct FailureTests {
  private func line(_ body: String, status: Int = 200) -> String {
    #"{"time":"2025-11-20T10:00:00Z","status":\#(status),"path":"/x","response_body":\#(body)}"#
  }

  /// Forms that APIs document: WeChat, Tencent, Baidu, VK, Kraken, Bybit, OKX, Taobao, Etherscan,
  /// OMDb, MiniMax, CoinMarketCap, JSend, RFC 9457, JSON-RPC.
  @Test(
    arguments: [
      (#"{"errcode":45009,"errmsg":"reach max api daily quota limit"}"#, "45009", "plan_limit"),
      (
        #"{"Response":{"Error":{"Code":"RequestLimitExceeded","Message":"slow"},"RequestId":"9dc0"}}"#,
        "RequestLimitExceeded", "rate_limit"
      ),
      (#"{"error_code":110,"error_msg":"Access token invalid or no longer valid"}"#, "110", nil),
      (
        #"{"error":{"error_code":6,"error_msg":"Too many requests per second"}}"#, "6", "rate_limit"
      ),
      (#"{"error":["EAPI:Rate limit exceeded"]}"#, nil, "rate_limit"),
      (#"{"retCode":10006,"retMsg":"Too many visits!","result":{}}"#, "10006", "rate_limit"),
      (#"{"code":"50011","msg":"Too Many Requests","data":[]}"#, "50011", "rate_limit"),
      (#"{"error_response":{"code":7,"msg":"App Call Limited"}}"#, "7", nil),
      (#"{"status":"0","message":"NOTOK","result":"Max rate limit reached"}"#, nil, "rate_limit"),
      (#"{"Response":"False","Error":"Invalid API key!"}"#, nil, "auth"),
      (
        #"{"base_resp":{"status_code":1008,"status_msg":"insufficient balance"}}"#, "1008",
        "payment"
      ),
      (#"{"status":{"error_code":1001,"error_message":"This API Key is invalid."}}"#, "1001", nil),
      (#"{"status":"fail","data":{"title":"A title is required"}}"#, nil, nil),
      (#"{"status":404,"title":"Not Found","detail":"No such order"}"#, nil, "not_found"),
      (
        #"{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Invalid params"}}"#, "-32602",
        nil
      ),
      (#"{"choices":[{"error":{"code":502,"message":"It hung up"}}]}"#, "502", "upstream"),
      (#"{"error":{"message":"It failed","code":429}}"#, "429", "rate_limit"),
      (#"{"ok":false,"error":"too_many_attachments"}"#, "too_many_attachments", "validation"),
      // Yahoo, Alipay, Flickr; a list of errors beside pages of nothing.
      (
        #"{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found"}}}"#,
        "Not Found", nil
      ),
      (
        #"{"alipay_trade_query_response":{"code":"40004","msg":"Business Failed"},"sign":"x"}"#,
        "40004", nil
      ),
      (#"{"rsp":{"error":{"code":"105","message":"Service unavailable"}}}"#, "105", nil),
      (#"{"errors":[{"id":"e7","code":"E7","title":"No such order"}]}"#, "E7", nil),
      (#"{"status":"error","message":"Something failed"}"#, nil, nil),
    ] as [(String, String?, String?)])
  func `a body that says so is an error`(body: String, code: String?, kind: String?) throws {
    let event = try event(line(body))
    #expect(event.status == 200)
    #expect(event.code == code)
    if let kind { #expect(event.kind.name == kind) }
  }

  @Test(arguments: [
    #"{"error":null,"data":1}"#, #"{"errors":[],"data":{}}"#, #"{"code":0,"message":"ok"}"#,
    #"{"code":200,"msg":"success","data":null}"#, #"{"errcode":0,"errmsg":"ok"}"#,
    #"{"error":{"code":"ok","message":"","log_id":"1"}}"#, #"{"retCode":0,"retMsg":"OK"}"#,
    #"{"code":482913,"message":"Use this code to sign in"}"#, #"{"error":"","result":1}"#,
    #"{"id":"j1","object":"fine_tuning.job","status":"failed","error":{"code":"e","message":"x"}}"#,
    #"{"name":"operations/1","done":true,"error":{"code":3,"message":"bad"}}"#,
    #"{"id":7,"status":"error"}"#, #"{"status":2,"message":"Order shipped"}"#,
    #"{"sid":"SM1","error_code":30008,"error_message":"Unknown","date_created":"x"}"#,
    #"{"success":true,"error":{"message":"x"}}"#, #"{"valid":false,"errors":[{"message":"x"}]}"#,
    #"[{"id":1,"status":500,"error":"boom"},{"id":2,"status":200}]"#,
    #"{"jobs":[{"id":1,"status":"failed","error":{"code":"E1","message":"exit 2"}}]}"#,
    #"{"results":[{"url":"http://x","status":404},{"url":"y","status":200}]}"#,
    #"{"resultCode":"0000","resultMsg":"NORMAL SERVICE."}"#, #""<html><body>Error</body></html>""#,
    #"{"choices":[{"message":{"content":"{\"error\": {\"code\": 429}}"}}]}"#,
    // What was asked for is about an error.
    #"{"report":{"error":{"code":"E1","message":"disk failed"}}}"#,
    #"{"report":{"error":{"code":"E1","message":"disk failed"}},"generated_at":"2025-11-20"}"#,
    #"{"job":{"id":7,"status":"failed","error":{"code":"E1","message":"exit 2"}}}"#,
    #"{"last_error":{"code":"E1","message":"exit 2"}}"#,
    #"{"result":{"valid":false,"error":{"code":"E1","message":"no title"}}}"#,
    #"{"errors":[{"id":1,"message":"exit 2","created_at":"2025-11-20T10:00:00Z"}]}"#,
    #"{"errors":[{"message":"exit 2"}],"total":12,"page":1}"#,
    #"{"errors":[{"line":3,"column":7,"message":"unexpected }"}],"warnings":[]}"#,
    #"{"results":[{"timestamp":"2025-11-20T10:00:00Z","status":500,"error":{"message":"boom"}}]}"#,
    #"{"responses":[{"url":"https://a.example","status":503,"time":"2025-11-20T10:00:00Z"}]}"#,
    #"{"status":"error","checks":{"db":{"status":"error","error":"timeout"},"queue":{"status":"ok"}}}"#,
    #"{"page":{"name":"Acme"},"status":{"indicator":"major","description":"Major outage"}}"#,
    #"{"hits":[{"level":"error","error":{"code":"E1","message":"exit 2"}}],"took":3}"#,
  ])
  func `a body that merely speaks of errors is a success`(body: String) throws {
    #expect(try explain(line(body)).outcome == "success")
  }

  /// <https://html.spec.whatwg.org/multipage/server-sent-events.html>
  @Test(
    arguments: [
      ("event: error\\ndata: Something went wrong\\n\\n", nil, "Something went wrong"),
      (
        ": wait\\n\\ndata: {\\\"error\\\":{\\\"code\\\":\\\"c1\\\",\\\"message\\\":\\\"m\\\"}}\\n\\n",
        "c1", "m"
      ),
      (
        "id: 7\\nretry: 3000\\ndata: {\\\"error\\\":{\\\"code\\\":\\\"c1\\\",\\\"message\\\":\\\"m\\\"}}\\n",
        "c1", "m"
      ),
      (
        "event: error\\r\\ndata: {\\r\\ndata: \\\"code\\\":\\\"c1\\\",\\\"message\\\":\\\"m\\\"}\\r\\n\\r\\n",
        "c1", "m"
      ),
      (
        "data: {\\\"a\\\":1}\\n\\ndata: {\\\"error\\\":{\\\"message\\\":\\\"m\\\"}}\\n\\ndata: [DONE]\\n\\n",
        nil, "m"
      ),
    ] as [(String, String?, String)])
  func `a stream says so in an event`(body: String, code: String?, message: String) throws {
    let event = try event(line("\"\(body)\""))
    #expect(event.code == code)
    #expect(event.message == message)
  }

  @Test func `a stream in which an error is null went well`() throws {
    let body = #""event: x\ndata: {\"response\":{\"status\":\"completed\",\"error\":null}}\n\n""#
    #expect(try explain(line(body)).outcome == "success")
  }

  /// XML-RPC's specification, SOAP 1.1, S3's CopyObject, WeChat Pay.
  @Test(arguments: [
    (
      "<methodResponse><fault><value><struct><member><name>faultCode</name><value><int>4</int>"
        + "</value></member><member><name>faultString</name><value><string>Too many parameters."
        + "</string></value></member></struct></value></fault></methodResponse>",
      "4", "Too many parameters."
    ),
    (
      "<s:Envelope><s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring>It fell"
        + "</faultstring></s:Fault></s:Body></s:Envelope>", "s:Server", "It fell"
    ),
    (
      "<Error><Code>InternalError</Code><Message>Try again</Message></Error>", "InternalError",
      "Try again"
    ),
    (
      "<xml><return_code><![CDATA[FAIL]]></return_code><return_msg>no sign</return_msg></xml>",
      "FAIL", "no sign"
    ),
  ])
  func `XML that is a fault is an error`(body: String, code: String, message: String) throws {
    let event = try event(line(quoted(body)))
    #expect(event.code == code)
    #expect(event.message == message)
  }
}
