import Foundation

/// Lines without a secret that look as if they had one: ids, hashes, times, prices, sentences about
/// passwords and tokens.
struct CleanLines {
  private var random: Numbers

  init(seed: UInt64) {
    random = Numbers(seed: seed)
  }

  private mutating func digits(_ count: Int) -> String {
    (0..<count).map { _ in String(random.next(below: 10)) }.joined()
  }

  private mutating func hex(_ count: Int) -> String {
    (0..<count).map { _ in String(random.next(below: 16), radix: 16) }.joined()
  }

  private mutating func plain(_ count: Int, _ letters: String) -> String {
    let letters = Array(letters)
    return String((0..<count).map { _ in letters[random.next(below: letters.count)] })
  }

  private mutating func base62(_ count: Int) -> String {
    plain(count, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
  }

  private mutating func uuid() -> String {
    "\(hex(8))-\(hex(4))-4\(hex(3))-a\(hex(3))-\(hex(12))"
  }

  private mutating func one(of texts: [String]) -> String { texts[random.next(below: texts.count)] }

  /// Something made by a machine that is no secret.
  mutating func identifier() -> String {
    switch random.next(below: 22) {
    case 0: uuid()
    case 1: hex(32)
    case 2: hex(40)
    case 3: hex(64)
    case 4: "req_" + hex(20)
    case 5: "00-\(hex(32))-\(hex(16))-01"
    case 6: "01J" + plain(23, "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    case 7: hex(24)
    case 8: "1" + digits(18)
    case 9: digits(10)
    case 10: "178" + digits(10)
    case 11: "178" + digits(13)
    case 12: "ORD-\(digits(4))-\(digits(6))"
    case 13: "cus_" + base62(14)
    case 14: "pi_" + base62(24)
    case 15: "evt_" + base62(24)
    case 16: "user_2" + base62(26)
    case 17: "crm-sync-\(hex(9))-\(plain(5, "bcdfghjklmnpqrstvwxz2456789"))"
    case 18: "sha256:" + hex(64)
    case 19: "W/\\\"" + hex(16) + "\\\""
    case 20: encoded("User:\(digits(5))")
    default: "INV-\(digits(8))"
    }
  }

  /// A message, as APIs write them.
  mutating func message() -> String {
    let templates: [String] = [
      "Bearer token missing or invalid", "Invalid API key", "JWT token is invalid or expired",
      "The provided API key is invalid or expired",
      "password: String must contain at least 8 character(s)",
      "Validation error: email: Invalid email; password: Required; token: Invalid input",
      "Token limit exceeded: 8192 of 4096 tokens", "max_tokens: must be less than 4097",
      "This model's maximum context length is 128000 tokens",
      "Basic authentication is not supported",
      "Basic plan: 5,000 monthly messages", "auth: required", "session: not found",
      "token: expired",
      "secret: must be a string", "Missing header: Authorization", "Missing api_key: header",
      "Authorization: Bearer token required", "key: leads.title is not sortable",
      "error=invalid_token, error_description=The access token expired",
      "Bearer realm=\\\"api\\\", error=\\\"invalid_token\\\"", "code=ERR_TIMEOUT&key=value",
      "Session is engaged", "Cookie: missing", "password must not be one of the last 5",
      "Unexpected token < in JSON at position 0", "unknown field: next_page_token",
      "page_token=\(base62(24)) has expired", "signature: does not match", "signature=invalid",
      "Key (id)=(\(digits(5))) already exists",
      "duplicate key value violates unique constraint \\\"lead_key\\\"",
      "idempotency key \(uuid()) was used before", "Idempotency-Key: \(uuid()) is in use",
      "Run \(identifier()) not found", "trace \(hex(32)) span \(hex(16))",
      "Order \(digits(16)) was not found", "invoice \(digits(15)) is paid",
      "call +49 151 \(digits(8))",
      "call +1-\(digits(3))-555-\(digits(4)) or (555) \(digits(3))-\(digits(4))",
      "costs $\(digits(4)).\(digits(2)) of 1,234,567.89 EUR",
      "took \(digits(3)).\(digits(3)) ms at 10:30:15.123",
      "2026-11-10T09:00:00.\(digits(3))Z: upstream reset",
      "Version 1.2.\(digits(2)) is too old, use v2.0.\(digits(1))",
      "see https://docs.example.com/errors/\(digits(3))#token",
      "GET https://api.example.com:8443/v1/items?page=2&limit=\(digits(2))",
      "connect ECONNREFUSED 10.0.0.\(digits(2)):5432", "icon@2x.png is missing",
      "package@1.2.3 is not found",
      "No route for @scope/name", "sha256:\(hex(64)) not found", "etag \(hex(32))",
      "reset_password=true", "has_token=false", "token_type=bearer&expires_in=3600", "auth=none",
      "pin: not set", "otp: invalid", "password: ********", "api_key=<your-api-key>",
      "token: ${TOKEN}",
      "Secret not found", "secretariat: closed", "passport: expired", "author: Jane Roe",
      "authority: api.zof.ai",
      "tokens: \(digits(4))", "total_tokens: \(digits(5))", "session_id: \(uuid())",
      "sessionId=\(hex(24))",
      "keys: a, b, c", "primary_key: id", "public_key: missing", "sort_key=created_at",
      "cache_key: leads:\(digits(4)):\(digits(2))",
      "rate limit key user:\(digits(6))", "Node sk-\(plain(5, "abcdefgh")) is down",
      "task-\(plain(8, "abcdefgh"))-runner failed",
      "hf_transfer is not installed", "SGD \(digits(3)).\(digits(2))", "AKIAfoo", "eyJ is no token",
      "glyph key-\(digits(4))",
      "worker npm_config_cache missing", "MAC 00:1B:44:11:3A:B7", "fe80::1ff:fe23:4567:890a",
      "user agent Mozilla/5.0 (X11; Linux x86_64)",
      "Zugang verweigert: Passwort abgelaufen", "密码错误", "mot de passe incorrect",
      "Résumé non trouvé",
      "cursor \(encoded("{\\\"id\\\":\(digits(6)),\\\"at\\\":\(digits(10))}"))",
      "image data:image/png;base64,iVBORw0KGgo\(base62(40))",
      "id: \(identifier())", "request \(identifier()) failed", "ref=\(identifier())",
      "(\(identifier()))",
      "bucket eu-west-1/\(hex(8))/\(digits(8)).parquet",
      "a=\(digits(3))&b=\(hex(8))&state=\(base62(16))",
      "tracking number \(digits(12))", "card declined: insufficient funds",
      "card ending in \(digits(4)) was declined",
      "ISBN 978-\(digits(1))-\(digits(3))-\(digits(5))-\(digits(1))", "IMEI: \(digits(15))",
      "Retry after \(digits(2)) s", "SignatureDoesNotMatch", "InvalidAccessKeyId",
      "x-request-id: \(uuid())",
      "sk-learn-\(plain(6, "abcdefgh"))-extensions-\(digits(2)) is not installed",
      "pwd=/home/app\(digits(2))", "OLDPWD=/srv/www/site\(digits(1))",
      "error code \(digits(6)) from upstream", "status code: \(digits(4))", "code \(digits(5))",
      "order \(digits(6)) was not found", "verification took \(digits(5)) ms",
      "OTP must be 6 digits", "OTP attempts: \(digits(4))", "use \(digits(4)) to connect",
      "verification code expired after \(digits(4)) seconds", "Fehlercode \(digits(6))",
      "code d'erreur \(digits(6))", "错误码：\(digits(6))", "код ошибки \(digits(6))",
      "contraseña: obligatoria", "Contraseña incorrecta", "senha: obrigatória", "пароль неверный",
      "パスワードが違います", "密码：不能为空", "Passwort: erforderlich", "clave: id_cliente",
      "tokens: \(digits(8))", "costs $\(digits(1)) for \(digits(3))$",
      "at \(digits(4)).\(digits(4)).\(digits(4)).\(digits(2))",
      "ids \(digits(4))-\(digits(4))-\(digits(3))", "curl: (\(digits(2))) could not connect",
      "mysql -h db -u root", "docker run -p 8080:80 web", "part DE\(digits(9))",
      "WWW-Authenticate: Digest realm=\\\"api\\\"", "{SHA} is not supported",
      "key\(digits(14))", "fw_update_\(digits(8))", "pattern\(plain(11, "abcdefgh"))",
    ]
    return one(of: templates)
  }

  mutating func consumer() -> String {
    switch random.next(below: 12) {
    case 0: uuid()
    case 1: hex(24)
    case 2: digits(6)
    case 3: digits(16)
    case 4: "user_2" + base62(26)
    case 5: "crm-sync-\(hex(9))-\(plain(5, "bcdfghjklmnpqrstvwxz2456789"))"
    case 6: "ServiceAccountForBillingV2"
    case 7: "batch-import-worker-2026-production"
    case 8: "auth0|\(hex(24))"
    case 9: "Acme GmbH & Co. KG (Stuttgart)"
    case 10: "arn:aws:iam::\(digits(12)):role/reader"
    default: one(of: ["batch-import", "north-coast", "support-widget", "Jane Roe", "tenant_42"])
    }
  }

  mutating func path() -> String {
    switch random.next(below: 16) {
    case 0: "/v1/runs/\(identifier())/cancel"
    case 1: "/leads/\(digits(16))"
    case 2: "/users/\(uuid())/sessions/\(uuid())"
    case 3: "/assets/app.\(hex(20)).js"
    case 4: "/oauth/token"
    case 5: "/v1/api-keys/\(digits(5))/rotate"
    case 6: "/password/reset"
    case 7: "/files/Report%20of%202026-11-10%20(final).pdf"
    case 8: "/v2/orders:batchGet"
    case 9: "/invites/\(hex(24))"
    case 10: "/verify-email/resend"
    case 11: "/tokens/\(uuid())/usage"
    case 12: "/confirm/\(digits(6))"
    case 13: "/share/project-\(digits(3))"
    default: "/orders/\(digits(14))/items;v=\(digits(2))"
    }
  }

  /// A line of a log.
  mutating func line(_ number: Int) -> String {
    let id = identifier()
    let details = one(of: [
      #"{"statusCode":\#(digits(3)),"latencyMs":\#(digits(4))}"#,
      #"{"issues":[{"path":["user","password"],"message":"\#(message())"}]}"#,
      #"{"password":["is too short (minimum is 8 characters)"],"token":["can't be blank"]}"#,
      #"{"token":"expired","secret":"required","auth":"missing","session":"closed"}"#,
      #"{"key":"leads","code":"NOT_UNIQUE","value":"\#(id)"}"#,
      #"{"tokens":\#(digits(4)),"max_tokens":4096,"token_type":"bearer"}"#,
      #"{"id":"\#(id)","amount":\#(digits(5)).\#(digits(2)),"at":"2026-11-10T09:00:00Z"}"#,
      #"{"order":\#(digits(16).replacingOccurrences(of: "0", with: "1")),"session_id":"\#(uuid())"}"#,
    ])
    return #"{"time":"2026-11-10T09:00:00Z","status":4\#(digits(2)),"host":"api.example.com","#
      + #""method":"GET","path":"\#(path())","consumer":"\#(consumer())","request_id":"n-\#(number)","#
      + #""body":{"error":{"code":"\#(one(of: ["INVALID_TOKEN", "token_expired", "E4001", "bad_key"]))","#
      + #""message":"\#(message())","details":\#(details)}}}"#
  }
}
