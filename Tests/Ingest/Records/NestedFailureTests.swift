import Events
import Ingest
import Testing

/// Failures behind a success that are told inside of an answer, or by a code beside its words, made by hand
/// in the manner of registrars, exchanges, carriers and payment gateways.
@Suite struct NestedFailureTests {
  private func line(_ body: String, status: Int = 200) -> String {
    #"{"time":"2025-11-20T10:00:00Z","status":\#(status),"path":"/x","response_body":\#(body)}"#
  }

  @Test(
    arguments: [
      // An answer inside of one that went well.
      (
        #"{"status":"ok","answer":{"status":"error","errors":[{"error_code":"E7","error_text":"Invalid zone"}]}}"#,
        "E7", "validation"
      ),
      (
        #"{"answer":{"records":[{"error_code":"NO_REC","error_text":"no such record","result":"error"}]},"result":"success"}"#,
        "NO_REC", "not_found"
      ),
      (
        #"{"status":"ok","response":{"type":"order","data":{"statuses":[{"error":"Insufficient balance"}]}}}"#,
        nil, "payment"
      ),
      (#"{"reply":{"success":false,"message":"Unknown api key"}}"#, nil, "auth"),
      (
        #"{"response_code":200,"message":"OK","data":{"transaction_id":"00","result":"refused"}}"#,
        "refused", nil
      ),
      // A code right before its words.
      (
        #"{"code":2104,"desc":"Parameter zone missing","session":{"account":"a"},"runtime":0.1,"node":"n1"}"#,
        "2104", "validation"
      ),
      (#"{"txstat":"041","txstatmsg":"Card expired","a":1,"b":2,"c":3,"d":4}"#, "041", "payment"),
      (#"{"code":3,"message":"非法参数"}"#, "3", "validation"),
      (
        #"{"Data":null,"ResultCode":"Orders.Create.InvalidRequest","ResultMessage":""}"#,
        "Orders.Create.InvalidRequest", "validation"
      ),
      (
        #"{"parcels":[{"parcelID":"H1","result":{"code":"e001","message":"There is no information for it"}}]}"#,
        "e001", "not_found"
      ),
      // A sort, a list, a word for failure.
      (#"{"object":"error","code":"failed_check","message":"failed check"}"#, "failed_check", nil),
      (
        #"{"status":"Failed","problems":[{"code":"V1","message":"Invalid origin address"}]}"#, "V1",
        "validation"
      ),
      (#"{"response":"ko","code":700,"message":"Pago denegado."}"#, "700", "payment"),
      (#"["error",10020,"limit: invalid"]"#, "10020", "validation"),
      (#"{"status":false,"message":"Process id is not passed"}"#, nil, "validation"),
      (
        #"{"status":"error","reason":{"__all__":["Minimum order size is 5.0 EUR."]}}"#, nil,
        "validation"
      ),
    ] as [(String, String?, String?)])
  func `an answer's own code and words count`(body: String, code: String?, kind: String?) throws {
    let event = try event(line(body))
    #expect(event.status == 200)
    #expect(event.code == code)
    if let kind { #expect(event.kind.name == kind) }
  }

  @Test(
    arguments: [
      (#"callback({"error":{"code":"E1","message":"Invalid key"}});"#, "E1", nil),
      (
        "<r><Result>12</Result><RespMSG>Invalid amount</RespMSG><Ref>9</Ref></r>", "12",
        "validation"
      ),
      (
        "<R><GatewayResponseCode>55</GatewayResponseCode><GatewayResponseMessage>Missing token"
          + "</GatewayResponseMessage></R>", "55", nil
      ),
      (
        "<response><ec>5</ec><em>Insufficient Funds</em><AcqResponseCode>51</AcqResponseCode>"
          + "<BankErrorCode>5</BankErrorCode><BankErrorMessage>Insufficient Funds</BankErrorMessage>"
          + "</response>", "5", "payment"
      ),
      (
        "<error_code_tag>GW1</error_code_tag><result>!ERROR!-GW1-Invalid Brand.</result>", "GW1",
        nil
      ),
      ("order_id=error&error_code=101&auth_response_text=Invalid%20amount", "101", "validation"),
      ("badauth", nil, "auth"), ("nohost", nil, "not_found"),
      (
        "<html><title> Blocked Notification Page </title><body>You have been blocked in view of "
          + "security concerns.</body></html>", nil, "policy"
      ),
      ("<html><head><title>503 Service Unavailable</title></head></html>", nil, "unavailable"),
    ] as [(String, String?, String?)])
  func `so do those of a text`(body: String, code: String?, kind: String?) throws {
    let event = try event(line(quoted(body)))
    #expect(event.code == code)
    if let kind { #expect(event.kind.name == kind) }
  }

  @Test(arguments: [
    #"{"status":"ok","response":{"state":"done","orders":[{"id":1,"status":"failed","error":"x"}]}}"#,
    #"{"data":{"jobs":[{"id":1,"error":"exit 2"}]}}"#,
    #"{"data":{"id":"p1","amount":3,"result":"declined"}}"#,
    #"{"code":2003,"description":"Missing Link, the film","price":9,"stock":3,"sku":"a"}"#,
    #"{"items":[{"code":"A","message":"b"}],"status":"ok"}"#,
    #"{"type":"error","name":"E1"}"#, #"{"kind":"error_page","title":"x"}"#,
    #"{"action":"allow","errors_found":0}"#, #""render({\"html\":\"<b>error</b>\"})""#,
    #""<html><head><title>How errors are handled</title></head></html>""#,
    #"{"result":7,"message":"seven rows"}"#, #""good 192.0.2.7""#, #""nochg 192.0.2.7""#,
    #"{"rows":[{"id":"H1","result":{"code":"e001","message":"found","at":"x"}}]}"#,
  ])
  func `what was asked for may hold the same`(body: String) throws {
    #expect(try explain(line(body)).outcome == "success")
  }

  @Test(
    arguments: [
      (
        400, #"{"label":"INVALID_PARAM_VALUE","message":"invalid argument"}"#, "INVALID_PARAM_VALUE"
      ),
      (
        422, #"{"status":"invalid_zone","errors":{"name":["muss ausgefüllt werden"]}}"#,
        "invalid_zone"
      ),
      (
        415,
        #"{"title":"Unsupported","status":415,"details":[{"code":"bad.media","message":"It has a type"}]}"#,
        "bad.media"
      ),
      (
        400,
        #"{"exception":{"exceptionDetailList":[{"exceptionCode":21301,"exceptionDescription":"Brak autoryzacji."}],"serviceCode":"00-33cc922011693101704796ecf34d2aa1-7e031ba711fc8d68-00"}}"#,
        "21301"
      ),
      (
        400,
        #"{"issue":[{"severity":"error","code":"invalid","details":{"text":"Invalid value."}}]}"#,
        "invalid"
      ),
      (
        422,
        #"[{"loc":["body","prompt"],"msg":"It was flagged.","type":"content_policy_violation"}]"#,
        "content_policy_violation"
      ),
    ] as [(Int, String, String)])
  func `a code is found where its name says little`(status: Int, body: String, code: String) throws
  {
    #expect(try event(line(body, status: status)).code == code)
  }

  @Test(
    arguments: [
      (401, #"{"errorCode":"RESOURCE_ACCESS_DENIED","error":"Bad credentials"}"#, "auth"),
      (500, #"{"code":196,"desc":"Authentication/Authorization Failed"}"#, "auth"),
      (403, #"{"code":30039,"message":"密钥认证错误或已失效"}"#, "auth"),
      (400, #"{"code":21709,"message":"Low available balance"}"#, "payment"),
      (400, #"{"message":"Error in parsing request XML: Password must match"}"#, "malformed"),
      (
        429, #"{"detail":"You have exhausted your API Request Quota. Retry after: 21 seconds."}"#,
        "rate_limit"
      ),
      (
        429, #"{"detail":"You have exhausted your daily request quota. Retry after: 21 seconds."}"#,
        "plan_limit"
      ),
      (
        429, #"{"error":{"code":"ERR::THROTTLE::MAX_CREDIT_BUDGET_EXCEEDED","message":"m"}}"#,
        "plan_limit"
      ),
      (400, #"{"message":"Transação recusada: tente outro cartão recusado"}"#, "payment"),
    ] as [(Int, String, String)])
  func `the fault that is named tells the kind`(status: Int, body: String, kind: String) throws {
    #expect(try event(line(body, status: status)).kind.name == kind)
  }

  @Test func `who asks to wait limits something, in any language`() throws {
    let event = try event(
      line(#"{"status":false,"mensagem":"Rejeicao: Consumo Indevido. Tente apos 1 hora"}"#))
    #expect(event.kind.name == "rate_limit")
    #expect(event.retryAfter == 3_600_000)
  }

  @Test func `the field that an issue is about may stand in its context`() throws {
    let event = try event(
      line(
        #"{"error":{"code":"v","description":"Validation failed","errors":[{"description":"is required","context":{"attribute":"name"}}]}}"#,
        status: 422))
    #expect(event.details?.contains(#""path":"name""#) == true)
  }
}
