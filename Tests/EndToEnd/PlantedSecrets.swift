/// Secrets made up at run time: none stands in a source file, where a scanner would find it.
struct PlantedSecrets {
  /// What is planted: the words around a secret, and the secret itself.
  struct Plant {
    var kind: String
    /// The name beside it, where only that tells; else nil: it is known by itself.
    var name: String?
    var secret: String
    /// What stands before the secret and is no part of it.
    var head = ""

    /// As it stands in text.
    var text: String { name.map { "\($0)=\(secret)" } ?? head + secret }
  }

  private var random: Numbers

  init(seed: UInt64) {
    random = Numbers(seed: seed)
  }

  private static let lower = Array("abcdefghijklmnopqrstuvwxyz")
  private static let upper = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
  private static let digits = Array("0123456789")
  private static let hex = Array("0123456789abcdef")
  private static let plain = lower + upper + digits
  private static let base64 = lower + upper + digits + Array("-_")

  private mutating func letters(_ count: Int, _ from: [Character]) -> String {
    String((0..<count).map { _ in from[random.next(below: from.count)] })
  }

  /// A key of so many letters behind a prefix in parts, so that no source file holds it.
  private mutating func key(_ parts: String..., tail: Int, _ from: [Character] = plain) -> String {
    parts.joined() + letters(tail - 1, from) + letters(1, Self.digits)
  }

  private mutating func card() -> String {
    let heads = ["4", "51", "55", "6011", "2221"]
    var digits = (heads[random.next(below: heads.count)] + letters(15, Self.digits)).prefix(15)
      .compactMap(\.wholeNumberValue)
    let sum = digits.reversed().enumerated().reduce(0) { sum, item in
      item.offset % 2 == 0
        ? sum + item.element * 2 - (item.element > 4 ? 9 : 0) : sum + item.element
    }
    digits.append((10 - sum % 10) % 10)
    return digits.map(String.init).joined()
  }

  private mutating func iban() -> String {
    let account = letters(18, Self.digits)
    // `DE00` behind it, in digits.
    let rest = (account + "131400").reduce(0) { ($0 * 10 + ($1.wholeNumberValue ?? 0)) % 97 }
    let check = 98 - rest
    return "DE" + (check < 10 ? "0" : "") + String(check) + account
  }

  private mutating func webToken() -> String {
    let head = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
    let body = encoded("{\"sub\":\"\(letters(10, Self.digits))\",\"iat\":1793000000}")
    return "\(head).\(body).\(letters(43, Self.base64))"
  }

  private mutating func word() -> String { letters(9, Self.lower) }

  /// One of each kind that is known by itself.
  mutating func known() -> [Plant] {
    var plants: [Plant] = []
    func add(_ kind: String, _ secret: String, head: String = "") {
      plants.append(Plant(kind: kind, secret: secret, head: head))
    }
    add("jwt", webToken())
    add("bearer", letters(40, Self.base64) + "7", head: "Bearer ")
    add("basic", encoded("\(word()):\(letters(12, Self.plain))"), head: "Basic ")
    add("aws", "AK" + "IA" + letters(16, Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")))
    add("aws session", "AS" + "IA" + letters(16, Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")))
    for middle in ["p", "o", "u", "s", "r"] {
      add("github \(middle)", key("gh", middle, "_", tail: 36))
    }
    add("github fine", key("github", "_pat_", tail: 22) + "_" + letters(59, Self.plain))
    add("gitlab", key("gl", "pat-", tail: 20, Self.base64))
    add("slack bot", key("xo", "xb-", tail: 12, Self.digits) + "-" + letters(24, Self.plain))
    add("slack user", key("xo", "xp-", tail: 12, Self.digits) + "-" + letters(32, Self.hex))
    add("slack app", key("xa", "pp-1-", tail: 40))
    add("stripe live", key("sk", "_live_", tail: 24))
    add("stripe test", key("sk", "_test_", tail: 24))
    add("stripe restricted", key("rk", "_live_", tail: 24))
    add("webhook", key("wh", "sec_", tail: 32))
    add("anthropic", key("sk-", "ant-api03-", tail: 90, Self.base64))
    add("openai project", key("sk-", "proj-", tail: 48))
    add("openai", key("sk", "-", tail: 48))
    add("google", key("AI", "za", tail: 35, Self.base64))
    add("google oauth", key("ya", "29.", tail: 60, Self.base64))
    add("sendgrid", key("S", "G.", tail: 22, Self.base64) + "." + key(tail: 43, Self.base64))
    add("npm", key("np", "m_", tail: 36))
    add("pypi", key("py", "pi-AgEI", tail: 80, Self.base64))
    add("huggingface", key("h", "f_", tail: 34))
    add("digitalocean", key("do", "p_v1_", tail: 64, Self.hex))
    add("shopify", key("sh", "pat_", tail: 32, Self.hex))
    add("mailgun", key("ke", "y-", tail: 32, Self.hex))
    add("square", key("sq", "0atp-", tail: 22, Self.base64))
    add("square production", key("EA", "AA", tail: 60, Self.base64))
    add("twilio", key("S", "K", tail: 32, Self.hex))
    add("linear", key("lin", "_api_", tail: 40))
    add("xai", key("xa", "i-", tail: 80))
    add("groq", key("gs", "k_", tail: 52))
    add("replicate", key("r", "8_", tail: 37))
    add("figma", key("fi", "gd_", tail: 40, Self.base64))
    add("notion", key("nt", "n_", tail: 46))
    add("databricks", key("da", "pi", tail: 32, Self.hex))
    add("grafana", key("gl", "sa_", tail: 32) + "_" + letters(8, Self.hex))
    add("vault", key("hv", "s.", tail: 90, Self.base64))
    add("age", "AGE-SECRET-" + "KEY-1" + letters(58, Array("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L")))
    add("telegram", letters(9, Array("123456789")) + ":" + letters(35, Self.base64))
    add("card", card())
    add("airtable", key("pa", "t", tail: 14) + "." + letters(64, Self.hex))
    add("mailchimp", letters(32, Self.hex) + "-us1" + letters(1, Self.digits))
    add("pinecone", key("pc", "sk_", tail: 6) + "_" + letters(63, Self.plain))
    add("octopus", key("AP", "I-", tail: 26, Self.upper + Self.digits))
    add("circleci", key("CCI", "PAT_", tail: 22) + "_" + letters(40, Self.hex))
    add("artifactory", key("AK", "Cp", tail: 69))
    add("terraform", key(tail: 14) + ".atlas" + "v1." + letters(64, Self.base64))
    add("paseto", "v4." + "local." + letters(90, Self.base64))
    add(
      "macaroon",
      encoded("0021" + "location http://a.example\n0026" + "identifier " + word() + word()))
    add("bcrypt", "$2b" + "$12$" + letters(53, Self.plain))
    add(
      "argon2",
      "$argon2id" + "$v=19$m=65536,t=3,p=4$" + letters(22, Self.plain) + "$"
        + letters(43, Self.plain))
    add("iban", iban())
    add("otp in words", letters(6, Self.digits), head: "your verification code is ")
    add("otp in German", letters(6, Self.digits), head: "Ihr Bestätigungscode lautet ")
    add("otp in Chinese", letters(6, Self.digits), head: "您的验证码是")
    add("curl", letters(10, Self.plain) + "7", head: "curl -u alice:")
    add("mysql", letters(10, Self.plain) + "7", head: "mysql -uroot -p")
    add("email", "\(word()).\(word())@\(word()).com")
    add("url", "\(word()):\(letters(14, Self.plain))", head: "postgres://")
    plants[plants.count - 1].secret += "@"
    add(
      "pem",
      "-----BEGIN " + "PRIVATE KEY-----" + letters(64, Self.plain) + "-----END "
        + "PRIVATE KEY-----")
    return plants
  }

  /// One of each name that makes a secret of what stands beside it.
  mutating func named() -> [Plant] {
    let names = [
      "password", "passwd", "secret", "api_key", "apikey", "X-Api-Key", "token", "access_token",
      "refresh_token", "client_secret", "private_key", "signature", "sig", "credentials", "session",
      "authToken", "aws_secret_access_key", "db_password", "AccountKey", "id_token", "csrf_token",
      "auth", "authorization", "Passwort", "contraseña", "senha", "пароль", "密码", "パスワード",
      "비밀번호", "cnonce", "api_token_2", "backup_code",
    ]
    var plants = names.map {
      Plant(kind: "name \($0)", name: $0, secret: letters(20, Self.plain) + "4")
    }
    plants.append(Plant(kind: "name otp", name: "otp", secret: letters(6, Self.digits)))
    plants.append(
      Plant(kind: "name cookie", name: "cookie", secret: "sid=" + letters(30, Self.base64)))
    return plants
  }
}

/// SplitMix64: <https://prng.di.unimi.it/splitmix64.c>.
struct Numbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func next(below limit: Int) -> Int { Int(next() % UInt64(limit)) }
}

/// Base64 of either alphabet alike, without padding.
func encoded(_ text: String) -> String {
  let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
  var result = ""
  var bits = 0
  var count = 0
  for byte in text.utf8 {
    bits = bits << 8 | Int(byte)
    count += 8
    while count >= 6 {
      count -= 6
      result.append(letters[bits >> count & 63])
    }
    bits &= (1 << count) - 1
  }
  if count > 0 { result.append(letters[bits << (6 - count) & 63]) }
  return result
}

/// Every byte but letters and digits percent-encoded.
func percentEncoded(_ text: String) -> String {
  text.utf8.map { byte in
    let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & ~0x20)
    let code = String(byte, radix: 16, uppercase: true)
    return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + code
  }.joined()
}
