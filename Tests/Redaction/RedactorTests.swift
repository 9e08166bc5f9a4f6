import Events
import JSON
import Testing

@testable import Redaction

private let redactor = Redactor.ofThisProcess

/// A text with `‹secret›` marked, as it should come out, and as it does.
private func check(_ marked: String, as role: Redactor.Role = .text) -> (want: String, got: String)
{
  let text = marked.filter { $0 != "‹" && $0 != "›" }
  var want = ""
  var rest = marked[...]
  while let open = rest.firstIndex(of: "‹"), let close = rest.firstIndex(of: "›") {
    want += rest[..<open] + "[]"
    rest = rest[rest.index(after: close)...]
  }
  let got = redactor().redacted(text, as: role).replacing(
    /\[redacted:[a-z0-9]+:[0-9a-f]{4}\]/, with: "[]")
  return (want + rest, got)
}

struct RedactorTests {
  @Test(arguments: [
    #"{"password":"‹hunter2›","a":"b"}"#, #"{"password": "‹correct horse battery staple›"}"#,
    "password=‹hunter2›&next=1", "password: ‹hunter2›", "Password: ‹swordfish›",
    "pwd=‹s3cr3t›;Server=x",
    "user[password]=‹abc123›", "<password>‹abc123›</password>", "--password ‹abc123› --host x",
    "password => \"‹abc123›\"", "{'api_key': '‹abc-123-def›'}",
    "the API key '‹4f9a8b7c6d5e4f3a2b1c›' is wrong",
    "Incorrect API key provided: ‹4f9a8b7c6d5e4f3a›.", "password ‹hunter2› is wrong",
    "Authorization: Bearer ‹abc123def›", #""authorization":"Basic ‹YWxhZGRpbjpvcGVuc2VzYW1l›""#,
    "Authorization: Digest ‹username=\"x\", response=\"y\"›".replacing("\"", with: "'").replacing(
      "'›", with: "›'"),
    "Bearer ‹abcdefghijklmnopqrstuvwx›", "Bearer%20‹abc123def456›", "Bearer+‹abc123def456›",
    "Bearer  ‹abc123def456›",
    "Cookie: ‹a=b; c=d› ".trimming, #"{"cookies":{"sid":"‹abc123def456›","theme":"dark"}}"#,
    "X-Api-Key: ‹abc123def456›", "https://‹user:pass›@host/x", "redis://‹:pass123›@host:6379",
    "https%3A%2F%2F‹user%3Apass›%40host%2Fx", "otp: ‹123456›", #"{"otp":‹123456›}"#, "pin=‹4711›",
    "?key=‹abcdefgh12345678›&x=1", "/cb?code=‹4%2F0AbCdEf12345›&state=x", "sig=‹abcdef0123456789›",
    "paid with ‹4111 1111 1111 1111› 12/27", "paid with ‹4111-1111-1111-1111›.",
    "card ‹378282246310005›",
    "mail to ‹jane.roe+x@mail.example.org›.", "‹jane@example.com›,‹joe@example.com›",
    "<‹jane@example.com›>",
    "jane%40example.com".replacing("jane%40example.com", with: "‹jane%40example.com›"),
    #"{\"password\":\"‹hunter2›\",\"a\":1}"#, #"{\\\"token\\\":\\\"‹abc123def›\\\"}"#,
    #"{"credentials":{"user":"‹abc123›","key":"‹def456›"}}"#,
    "Set-Cookie: ‹sid=abc; Path=/; HttpOnly›",
    "password=‹[redacted:a:1234]x›", "AccountName=x;AccountKey=‹abc+def/123==›;EndpointSuffix=y",
    "/bot‹123456789:AAabcdefghijklmnopqrstuvwxyz1234567›/sendMessage",
  ])
  func `a secret is replaced, and nothing else`(_ marked: String) {
    let (want, got) = check(marked)
    #expect(got == want)
  }

  @Test(arguments: [
    "", "/v1/runs/8f2c61d0", "password: Required", "Invalid password", "password is too short",
    #"{"password":"must have 8 characters"}"#, #"{"token":"expired"}"#, "token_type=bearer",
    "Bearer token missing", "Basic authentication", "max_tokens: 4096", "page_token=abc123def456",
    "code=ERR_42", "status code: 401", "key: value1", "[redacted:jwt:7f3a]",
    "password=[redacted:password:7f3a]",
    "git@github.com:a/b.git", "icon@2x.png", "package@1.0.0.tgz", "@scope/name",
    "https://host:8080/x@y",
    "order 4111111111111111", "/orders/4111111111111111", "4111111111111112", "+4111111111111111",
    "0.4111111111111111", "session_id: 3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "2026-11-10T09:00:00Z",
    "password: ********", "token=<token>", "api_key=<your-api-key>, id 4f9a8b7c",
    "secret: ${SECRET}", "-----BEGIN CERTIFICATE-----",
    "sk-learn-is-fine-really",
  ])
  func `what is no secret stays`(_ text: String) {
    #expect(redactor().redacted(text) == text)
  }

  @Test func `an unfinished private key is hidden to the end of its string`() {
    let head = "-----BEGIN RSA " + "PRIVATE KEY-----"
    let (want, got) = check(#"{"a":"‹\#(head)\nMIIEabc+/=\nMIIE›","b":1}"#, as: .json)
    #expect(got == want)
    let whole = "x ‹\(head)\nMIIEabc\n-----END RSA " + "PRIVATE KEY-----› y"
    #expect(check(whole).want == check(whole).got)
  }

  @Test(arguments: [
    "batch-import", "jane", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "507f1f77bcf86cd799439011",
    "01JD3YK5ZQ8V6W7X9A0B1C2D3E", "crm-sync-6d9f7c5b8-x2vlq", "ServiceAccountForBillingV2",
    "user_2NNEqL2nrIRdJ194ndJqAHwEfxC",
    "4111111111111111111", "auth0|5f7c8ec7c33c6c004bbafe82", "batch-import-worker-2026-production",
  ])
  func `a consumer's name or id stays`(_ name: String) {
    #expect(redactor().redacted(name, as: .consumer) == name)
  }

  @Test(arguments: [
    "aB3dE5fG7hJ9kL1mN3pQ5rS7", "8f2c61d09ab47e3512cd8f2c61d09ab4e7", "k7Xq2Lm9Vt4Rz8Wy3Bn6",
    "sk" + "_live_" + "51Hq8ZkExample0Key",
  ])
  func `a consumer that is a key becomes a tag`(_ key: String) {
    #expect(redactor().redacted(key, as: .consumer).hasPrefix("[redacted:key:"))
  }

  @Test func `what is redacted is not redacted again`() {
    for text in samples {
      let once = redactor().redacted(text)
      #expect(redactor().redacted(once) == once)
    }
  }

  @Test func `tags depend on the key and on the secret, not on what stands around it`() {
    let one = Redactor(key: 1)
    let tag = one.redacted("password=hunter2")
    #expect(one.redacted("a password=hunter2 b") == "a \(tag) b")
    #expect(one.redacted("password%3Dhunter2") == tag.replacing("=", with: "%3D"))
    #expect(one.redacted("password=hunter3") != tag)
    #expect(Redactor(key: 2).redacted("password=hunter2") != tag)
  }

  @Test func `JSON stays JSON whatever is in it`() throws {
    let pieces =
      samples + ["\"", "\\", "\n", "{", "}", "[", ":", ",", "\u{1}", "ü", "\\u0041", "%22"]
    var random = SystemRandomNumberGenerator()
    for _ in 0..<3000 {
      var writer = JSONWriter()
      writer.beginObject()
      for _ in 0..<3 {
        func text() -> [UInt8] {
          (0..<3).flatMap { _ in Array((pieces.randomElement(using: &random) ?? "").utf8) }
        }
        text().withUnsafeBufferPointer { writer.key($0) }
        writer.string(text())
        writer.key("otp")
        writer.integer(Int64.random(in: 0...1_000_000))
      }
      writer.endObject()
      let json = String(decoding: writer.bytes, as: UTF8.self)
      let redacted = redactor().redacted(json, as: .json)
      redacted.withBytes { bytes in
        #expect(throws: Never.self, "\(json)\n\(redacted)") { _ = try JSONParser().parse(bytes) }
      }
    }
  }

  @Test(arguments: [
    "password=", "token:\"", "eyJ.", "a@b.", "://", "{\"auth\":", "Bearer ", "4111 ", "%25", "\\\\",
    "-----BEGIN PRIVATE KEY-----", "key=x,", "cookie: a=b;", "the token is ", "sk-", "a-",
    "<token>", "xoxb-1",
    "\"", "{\"password\":[", "dGVzdA/",
  ])
  func `time grows with the text and no faster`(_ piece: String) {
    let clock = ContinuousClock()
    func time(_ count: Int) -> Duration {
      let text = String(repeating: piece, count: count / piece.utf8.count)
      return (0..<3).map { _ in clock.measure { _ = redactor().redacted(text) } }.min() ?? .zero
    }
    let short = time(1 << 11)
    let long = time(1 << 16)
    // Thirty-two times the text; a square would take a thousand times as long.
    #expect(long < short * 200 + .milliseconds(20), "\(short) \(long)")
  }

  private var samples: [String] {
    [
      "password=hunter2&x=1", #"{"token":"abc123def456"}"#, "jane@example.com",
      "https://u:p4ss@h/x",
      "Bearer abcdef123456", "4111 1111 1111 1111", #"{\"secret\":\"abc\"}"#, "Cookie: a=b; c=d",
      "-----BEGIN PRIVATE " + "KEY-----\\nMII", "otp: 123456", "sig%3Dabcdef0123456789",
      "plain words",
      "[redacted:jwt:7f3a]", "authorization: Digest a=\"b\"", "pwd='a b c'",
    ]
  }
}

extension String {
  fileprivate var trimming: String { hasSuffix(" ") ? String(dropLast()) : self }
}
