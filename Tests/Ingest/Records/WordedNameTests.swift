import Events
import Foundation
import Ingest
import Testing

/// Bodies whose names no profile knows, read by the words of those names.
@Suite struct WordedNameTests {
  private func line(_ status: Int, _ body: String) -> String {
    """
    {"time":"2025-11-20T10:00:00Z","vendor":"x","status":\(status),"path":"/x",
    "response_body":\(body)}
    """
  }

  @Test(
    arguments: [
      (404, #"{"result":"error","error_text":"None such","error_code":"17"}"#, "17", "None such"),
      (400, #"{"orderresponse":{"errorcode":31,"errortext":"Too heavy"}}"#, "31", "Too heavy"),
      (401, #"{"problems":[{"problemCode":"a-1","message":"No key"}]}"#, "a-1", "No key"),
      (400, #"{"status":400,"status_description":"A bad turn"}"#, nil, "A bad turn"),
      (400, #"{"respcode":"N7","resptext":"Wrong digits"}"#, "N7", "Wrong digits"),
      (503, #"{"status":-2,"error_message":"Under repair","data":null}"#, "-2", "Under repair"),
      (
        400, #"{"codError":"4109","descrError":"Formato incorrecto"}"#, "4109", "Formato incorrecto"
      ),
      (400, #"{"message":"Odd","country_code":"US"}"#, nil, "Odd"),
      (400, #"{"message":"Odd","errors":[{"field":"a","code":"required"}]}"#, nil, "Odd"),
      (400, #""error=12&errorMessage=Not+so%21""#, "12", "Not so!"),
    ] as [(Int, String, String?, String)])
  func `code and message are found by what their names say`(
    status: Int, body: String, code: String?, message: String
  ) throws {
    let event = try event(line(status, body))
    #expect(event.code == code)
    #expect(event.message == message)
  }

  @Test func `an id is found in the element that tells of the error`() throws {
    let body = #"{"errors":[{"category_code":"declined","request_id":"OHM77","description":"No"}]}"#
    let event = try event(line(402, body))
    #expect(event.requestID == "OHM77")
    #expect(event.code == "declined")
  }

  @Test func `a list of issues is known by its members`() throws {
    let body = #"{"Errors":[{"Property":"Address.Zip","Message":"Zip is required","Key":"Zip"}]}"#
    let details = try event(line(400, body)).details ?? "{}"
    let object = try JSONSerialization.jsonObject(with: Data(details.utf8)) as? [String: Any]
    let issues = object?["issues"] as? [[String: String]] ?? []
    #expect(issues == [["path": "Address.Zip", "message": "Zip is required"]])
  }

  @Test(
    arguments: [
      #"{"api-status":"error","api-error":"missing required fields"}"#,
      #"{"respcode":"NU","resptext":"Insufficient funds","amount":"1"}"#,
      #"{"results":{"ActionResult":{"Success":0,"Errors":[{"ErrorNo":"E2","Message":"No"}]}}}"#,
      #"[{"Error":"8","Description":"Key daily limit exceeded","Cause":"The limit"}]"#,
      #"{"status":"CONSENT_EXPIRED","message":"It was revoked"}"#,
      #"{"status":"5100","message":"This is no longer there"}"#,
      #"{"result":false,"error_code":10009}"#,
      #"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid"}]}"#,
      #""<t v='1'><ERROR><codigo>27</codigo><descripcion>No</descripcion></ERROR></t>""#,
      #""<protocol><errorrx edesc='Must hold digits' ecode='9'/></protocol>""#,
      #""ERROR: no such zone""#, #""response=2&responsetext=DECLINE&response_code=200""#,
    ])
  func `a failure behind a success is told by such names`(body: String) throws {
    #expect(try explain(line(200, body)).outcome == "event")
  }

  @Test(
    arguments: [
      #"{"text":"cannot wait for this"}"#, #"{"response":"Invalidation is on its way"}"#,
      #"{"lastErrorMessage":"timeout","state":"running"}"#,
      #"{"errorCodes":[{"code":"E1","text":"Explains error 1"}]}"#,
      #"{"status":"REJECTED","reviewer":"bob"}"#, #"{"respcode":"00","resptext":"Approval"}"#,
      #"{"resourceType":"OperationOutcome","issue":[{"severity":"information","code":"ok"}]}"#,
      #""<feed><entry><error><code>5</code></error></entry></feed>""#,
      #""<r><errors/><data>denied list</data></r>""#, #""error_code=0&error_message=&result=ok""#,
      #""Failsafe mode: on""#, #""ok: 3\nfailed: 0""#,
    ])
  func `a success by such names is none`(body: String) throws {
    #expect(try explain(line(200, body)).outcome == "success")
  }

  @Test(
    arguments: [
      (403, #"{"error":"please check the api-key you provided"}"#, "auth"),
      (400, #"{"code":"missing_api_token"}"#, "auth"),
      (400, #"{"code":9,"message":"Not_Enough_Funds"}"#, "payment"),
      (400, #"{"message":"New order cost exceeds available balance"}"#, "payment"),
      (403, #"{"error":"This integration requires a Build plan or higher."}"#, "plan_limit"),
      (500, #"{"message":"context canceled"}"#, "cancelled"),
      (200, #""<error>No zone found for a.example</error>""#, "not_found"),
      (400, #"{"error":"No válido"}"#, "validation"),
      (400, #"{"error":"existe deja"}"#, "conflict"),
      (
        500,
        #""<E><Fault><faultcode>Server</faultcode><faultstring>Invalid number</faultstring></Fault></E>""#,
        "validation"
      ),
      (
        406,
        #""<html><title>Not Acceptable</title><p>This was blocked by Mod Security.</p></html>""#,
        "policy"
      ),
      (403, #"{"message":"bot was blocked by the user"}"#, "permission"),
    ])
  func `the kind is told by words wherever they stand`(
    status: Int, body: String, kind: String
  ) throws {
    #expect(try event(line(status, body)).kind.name == kind)
  }

  @Test func `a delay is told by the name of a member`() throws {
    let body = #"{"error":"too many requests","time_remaining":"0:01:14 minutes"}"#
    #expect(try event(line(429, body)).retryAfter == 74_000)
  }
}
