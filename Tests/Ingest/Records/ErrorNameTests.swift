import Events
import Foundation
import Ingest
import Testing

/// Codes, messages and issues under further names, and kinds by the words of a code or a message.
@Suite struct ErrorNameTests {
  private func line(_ status: Int, _ body: String) -> String {
    """
    {"time":"2025-11-20T10:00:00Z","vendor":"x","status":\(status),"path":"/x",
    "response_body":\(body)}
    """
  }

  /// Envelopes of Spotify, Dropbox Sign, PayPay and Yandex Direct, and such in other languages.
  @Test(
    arguments: [
      (
        403, #"{"error":{"status":403,"message":"No","reason":"PREMIUM_REQUIRED"}}"#,
        "PREMIUM_REQUIRED", "No"
      ),
      (403, #"{"error":{"code":403,"message":"No","reason":"You may not do this."}}"#, nil, "No"),
      (
        429, #"{"error":{"error_msg":"Slow","error_name":"exceeded_rate"}}"#, "exceeded_rate",
        "Slow"
      ),
      (
        404, #"{"resultInfo":{"code":"QR_NOT_FOUND","message":"None such"},"data":null}"#,
        "QR_NOT_FOUND", "None such"
      ),
      (
        200, #"{"error":{"error_code":53,"error_string":"Authorization error","error_detail":""}}"#,
        "53", "Authorization error"
      ),
      (
        404, #"{"errore":{"codice":"E12","messaggio":"Ordine non trovato"}}"#, "E12",
        "Ordine non trovato"
      ),
      (429, #"{"kod":"E7","komunikat":"Zbyt wiele żądań"}"#, "E7", "Zbyt wiele żądań"),
      (
        429, #"{"fehlercode":"E_LIMIT","fehlermeldung":"Zu viele Anfragen"}"#, "E_LIMIT",
        "Zu viele Anfragen"
      ),
      (401, #"{"erreur":{"code":"AUTH","message":"Jeton expiré"}}"#, "AUTH", "Jeton expiré"),
    ] as [(Int, String, String?, String)])
  func `code and message are found`(
    status: Int, body: String, code: String?, message: String
  ) throws {
    let event = try event(line(status, body))
    #expect(event.code == code)
    #expect(event.message == message)
  }

  /// Words of Amap, WeChat, Baidu, Hasura, Kite, PayPay, SerpApi and CoinMarketCap.
  @Test(
    arguments: [
      (200, #"{"status":"0","info":"IP_QUERY_OVER_LIMIT","infocode":"10010"}"#, "rate_limit"),
      (200, #"{"status":"0","info":"DAILY_QUERY_OVER_LIMIT","infocode":"10003"}"#, "plan_limit"),
      (200, #"{"status":"0","info":"USERKEY_PLAT_NOMATCH","infocode":"10009"}"#, "auth"),
      (200, #"{"errcode":41001,"errmsg":"access_token missing"}"#, "auth"),
      (200, #"{"errcode":48001,"errmsg":"api unauthorized"}"#, "permission"),
      (200, #"{"errcode":40003,"errmsg":"invalid openid"}"#, "validation"),
      (200, #"{"error_code":336000,"error_msg":"Internal error"}"#, "server"),
      (
        200, #"{"errors":[{"message":"expected Object","extensions":{"code":"parse-failed"}}]}"#,
        "malformed"
      ),
      (
        403, #"{"status":"error","message":"Said","error_type":"PermissionException"}"#,
        "permission"
      ),
      (400, #"{"resultInfo":{"code":"NO_SUFFICIENT_FUND","message":"Said"}}"#, "payment"),
      (429, #"{"error":"Your searches for the month are exhausted."}"#, "plan_limit"),
      (
        429, #"{"error":"You've exceeded your API Key's HTTP request rate limit."}"#,
        "rate_limit"
      ),
      (503, #"{"message":"Rate limit exceeded"}"#, "rate_limit"),
      (503, #"{"message":"Too many connections"}"#, "unavailable"),
      (422, #"{"message":"The email has already been taken."}"#, "conflict"),
    ] as [(Int, String, String)])
  func `the kind is told by words`(status: Int, body: String, kind: String) throws {
    #expect(try event(line(status, body)).kind.name == kind)
  }

  @Test(arguments: [
    #"{"status":"1","info":"OK","infocode":"10000","geocodes":[]}"#,
    #"{"resultInfo":{"code":"SUCCESS","message":"Success","codeId":"08100001"},"data":{"a":1}}"#,
    #"{"kod":"PL","komunikat":"Zamówienie przyjęte"}"#,
  ])
  func `a success by the same names is none`(body: String) throws {
    #expect(try explain(line(200, body)).outcome == "success")
  }

  /// NestJS, Strapi, PagBank.
  @Test(
    arguments: [
      (#"{"message":["name must be a string","age is too low"],"error":"Bad Request"}"#, ["", ""]),
      (#"{"message":["name must be a string"],"error":"Bad Request"}"#, []),
      (
        #"{"error":{"message":"No","details":{"errors":[{"path":["a","0"],"message":"No"}]}}}"#,
        ["a[0]"]
      ),
      (#"{"error_messages":[{"description":"required","parameter_name":"tax_id"}]}"#, ["tax_id"]),
    ] as [(String, [String])])
  func `issues are listed`(body: String, paths: [String]) throws {
    let details = try event(line(400, body)).details ?? "{}"
    let object = try JSONSerialization.jsonObject(with: Data(details.utf8)) as? [String: Any]
    let issues = object?["issues"] as? [[String: String]] ?? []
    #expect(issues.map { $0["path"] } == paths)
  }

  @Test func `details are bounded, however long the names of fields are`() throws {
    let fields = (0..<100).map { "\"f\($0)\":[\"wrong\"]" }.joined(separator: ",")
    let name = String(repeating: "k", count: 5000)
    let event = try event(line(400, "{\"errors\":{\"\(name)\":{\(fields)}}}"))
    let details = try #require(event.details)
    #expect(details.utf8.count < 1 << 16)
    let object = try JSONSerialization.jsonObject(with: Data(details.utf8)) as? [String: Any]
    #expect((object?["issues"] as? [Any])?.isEmpty == false)
  }
}
