import Files
import Foundation
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
    "Authorization: Digest ‹username='x', response='y'›",
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

  @Test(arguments: [
    "Your login verification code is ‹482913›. Please enter it.", "your OTP: ‹123456›",
    "2FA code ‹123 456› is wrong", "use ‹482913› to log in", "‹482913› is your Acme security code",
    "[‹482913›] ist Ihr Acme-Bestätigungscode", "Votre code de vérification est : ‹482913›",
    "Le code de confirmation de votre compte est ‹482-913›", "Su código de verificación es ‹4829›",
    "Ваш код подтверждения: ‹482913›", "您的验证码是‹482913›，请勿泄露", "認証コードは[‹482913›]です",
    "[‹482913›]는 당신의 인증 코드입니다", "인증번호는 ‹482913› 입니다", "Twój kod weryfikacyjny: ‹482913›",
    "G-‹482913› is your verification code.", "The code you entered (‹482913›) has expired",
    "utilisez ‹482913› pour vous connecter", "Your Acme code is ‹482913›.",
  ])
  func `a code to be used once is told by the words around it`(_ marked: String) {
    let (want, got) = check(marked)
    #expect(got == want)
  }

  @Test(arguments: [
    "status code is 5030", "error code: 482913", "postal code is 94105", "code 4001",
    "code: 482913",
    "use 8080 to connect", "use 100000 or fewer rows", "verification took 12345 ms",
    "OTP attempts: 4829", "OTP sent to +49151234567",
    "verification code expired after 3600 seconds",
    "order 482913 is missing a verification code", "Fehlercode 482913", "код ошибки 482913",
    "错误码：482913", "エラーコード 482913", "discount code 482913 is unknown", "your order code is 482913",
    "login 482913 failed", "2FA required for 482913 users", "code d'erreur 482913",
  ])
  func `another number is no code`(_ text: String) {
    #expect(redactor().redacted(text) == text)
  }

  @Test(arguments: [
    "Passwort: ‹tulip123›", "mot de passe : ‹tulip123›", "contraseña=‹tulip123›",
    "contrasen\u{303}a=‹tulip123›", "CONTRASEÑA: ‹tulip123›", "senha=‹tulip123›",
    "ПАРОЛЬ: ‹tulip123›", "密码：‹tulip123›，请重试", "密码是‹tulip123›", #"{"パスワード":"‹tulip123›"}"#,
    "\u{30CF}\u{309A}スワート\u{3099}: ‹tulip123›", "비밀번호: ‹tulip123›", "şifre: ‹tulip123›",
    "mật khẩu: ‹tulip123›", "clave: ‹tulip123›", "das Passwort ist ‹tulip123›",
    #"{"contrase\u00f1a":"‹tulip123›"}"#, "?contrase%C3%B1a=‹tulip123›&a=1",
    "hasło: ‹tulip123›", "wachtwoord=‹tulip›", "lösenord: ‹tulip123›",
    "κωδικός πρόσβασης: ‹tulip123›",
  ])
  func `a password is named in many languages`(_ marked: String) {
    let (want, got) = check(marked)
    #expect(got == want)
  }

  @Test(arguments: [
    "Passwort abgelaufen", "Passwort: erforderlich", "mot de passe: obligatoire", "密码错误",
    "密码：不能为空", "パスワードが違います", "contraseña: obligatoria", "пароль неверный",
    "Пароль: обязательное поле", "clave: id_cliente", "clave duplicada 4711", "şifre: gerekli",
    "Le mot de passe est trop court",
  ])
  func `what is said of a password in any language stays`(_ text: String) {
    #expect(redactor().redacted(text) == text)
  }

  @Test(arguments: [
    #"{"passwords":["‹tulip›","‹x1y2z3›"],"n":1}"#, #"{"api_keys":{"a":"‹k1k2k3k4›"}}"#,
    #"{"tokens":["‹abc123def›"]}"#, #"{"backup_codes":[‹12345678›,‹23456789›]}"#,
    #"{"name":"X-Api-Key","value":"‹tulip›"}"#, "nonce='‹7f93999f3cc53a50›'",
    "Digest ‹username='x', realm='a@b', nc=00000001, response='7f93'› was refused",
    "paid with ‹4111\u{A0}1111\u{A0}1111\u{A0}1111›", "‹4111.1111.1111.1111›.",
    "‹4111\u{2013}1111\u{2013}1111\u{2013}1111›", "card ‹４１１１１１１１１１１１１１１１›",
    "to ‹DE89 3704 0044 0532 0130 00›", "to ‹GB82WEST12345698765432› now",
    "curl -u alice:‹tulip7› https://a.example", "curl -sSu 'alice:‹tulip7›' x",
    "mysql -uroot -p‹tulip7› -h db", "sshpass -p ‹tulip7› ssh a", "docker login -u a -p ‹tulip7› b",
    #"mail to ‹"jane roe"@example.org›."#, "jane: ‹jane@[192.0.2.1]›",
    "/reset-password/‹8f2c61d09ab47e3512cd8f2c61d09ab47e35›", "/verify-email/‹aB3dE5fG7hJ9kL1m›/ok",
    "/users/password/reset/‹aB3dE5fG7h›", "/password_resets/‹aB3dE5fG7h›/edit",
    "dsn '‹root:tulip7›@tcp(10.0.0.4:3306)/shop'", #"config["secret"] = "‹tulip7›""#,
    #"apikey[]= "‹tulip7›""#, "session=‹RfTdIEdiSndnrmXfhvWv4›", "/您的验证码是‹920167›/a",
    #"{"path":"passwords","message":"‹tulip›"}"#, "Your verification code:\n‹123456›",
    "curl -u a:‹b› https://x.example", "/invite/‹aB3dE5fG7hJ9kL1mN3pQ›",
  ])
  func `lists, headers, numbers, commands and links have secrets too`(_ marked: String) {
    let (want, got) = check(marked)
    #expect(got == want)
  }

  @Test(arguments: [
    "sk-learn-is-fine-really-2", "sk-SK-locale-2026-11-10-strings", "pwd=/home/app",
    "PWD=/root", "pwd = ~/x1", #"pwd: C:\Users\app1"#, "tokens=8192", "tokens: 12345678",
    #"{"tokens":{"prompt":12,"total":4096}}"#, #"{"passwords":["is too short"]}"#,
    #"{"path":["password","confirmation"]}"#, "WWW-Authenticate: Digest realm='api'",
    "/invite/3f2504e0-4f89-11d3-9a0c-0305e82c3301", "/confirm/123456", "/verify-email/resend",
    "/share/507f1f77bcf86cd799439011", "4111.1111.1111.1112", "1234.5678.9012.3456",
    "DE89370400440532013001", "curl -u is required", "docker run -p 8080:80 web",
    "mkdir -p /srv/a1",
    "$5 for $6$", "{SHA} is unknown", "v4.public.api.example.com", "key12345678901234",
    "keyPairGenerator1", "fw_update_2026_11_10", "Authorization: Basic realm='api'",
    "Incorrect API key provided: ab-XG6GW****************wlmi", "session=getUserById2",
    #"secret "default-token-8xk2p" not found"#, "S3 key uploads/2026/IMG_20261110.jpg is gone",
    #"{"path":"password","message":"SignatureDoesNotMatch2"}"#,
    #"{"response":"ok","nonce":"required"}"#,
  ])
  func `what looks like one of these stays`(_ text: String) {
    #expect(redactor().redacted(text) == text)
  }

  @Test func `hashes, PASETO, macaroons and keys of PuTTY are known by their form`() {
    let letters = "ugE6BQVfgnip08v5dl6pU1dymQM95ad1BE1paG3nswrmYzYxCJTx0"
    for (head, tail) in [
      ("$2b" + "$12$", letters), ("$6" + "$saltsalt$", letters), ("user:$2y" + "$12$", letters),
      ("pbkdf2_sha256" + "$1000$ab$", letters),
      ("$argon2id" + "$v=19$m=65536,t=3,p=4$c2FsdA$", letters), ("{SS" + "HA}", letters),
      ("v2." + "local.", letters), ("v4." + "public.", letters + "." + "abc"),
      ("Private-" + "Lines: 1\n", letters + "\nPrivate-MAC: " + letters),
    ] {
      let got = redactor().redacted("a \(head)\(tail)! b")
      #expect(!got.contains(tail.prefix(20)), "\(got)")
      #expect(got.hasPrefix("a ") && got.hasSuffix("! b"), "\(got)")
    }
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
