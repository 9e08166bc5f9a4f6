internal import Events

/// How much a name says about the value beside it.
enum SecretName {
  /// Of a password: any word can be one.
  case password
  /// Of a key: whatever it is, it is secret.
  case key
  /// Of a token: secret unless it is a word.
  case token
  /// Of what may be secret: secret if it looks made by a machine, and is no UUID.
  case perhaps
  /// Of a short number to be known by its owner alone.
  case number
  /// Of a card's number.
  case card
  case authorization
  case cookie
  /// Secret in a URL's query only.
  case query
}

/// Names of what is secret. Compared in lower case, without `-` and `_`.
final class SecretNames: Sendable {
  static let all = SecretNames()

  /// Names that are secret however they begin: `db_password`, `X-Api-Key`.
  private let endings: [(text: [UInt8], name: SecretName, kind: StaticString)]
  private let exact: [[UInt8]: (name: SecretName, kind: StaticString)]
  /// Tokens that only say where a list goes on.
  private let places: [[UInt8]]
  private let numbered: Set<[UInt8]>
  /// Which two bytes names end with: most words end otherwise.
  private let tails: [Bool]

  private init() {
    var endings: [([UInt8], SecretName, StaticString)] = []
    func add(_ words: String, _ name: SecretName, _ kind: StaticString) {
      endings += words.split(separator: " ").map { (Array($0.utf8), name, kind) }
    }
    add("password passwd passphrase passcode pwd userpass dbpass", .password, "password")
    add("secret clientsecret", .key, "secret")
    add(
      """
      apikey secretkey accesskey privatekey authkey signingkey encryptionkey masterkey accountkey \
      sharedaccesskey licensekey servicekey storagekey subscriptionkey functionskey sharedkey \
      deploykey apisecret appkey serverkey
      """, .key, "key")
    add(
      "accesstoken refreshtoken idtoken authtoken bearertoken sessiontoken apitoken securitytoken "
        + "devicetoken csrftoken xsrftoken", .key, "token")
    add("token", .token, "token")
    add("signature hmac", .perhaps, "signature")
    add("credentials credential", .key, "credentials")
    add("authorization", .authorization, "auth")
    add("sessionkey sessionsecret", .key, "session")
    add(
      "verificationcode onetimepassword onetimecode onetimepasscode mfacode otpcode", .number, "otp"
    )
    add("cardnumber creditcard ccnumber", .card, "card")
    self.endings = endings.map { (text: $0.0, name: $0.1, kind: $0.2) }
    var exact: [[UInt8]: (name: SecretName, kind: StaticString)] = [:]
    func set(_ words: String, _ name: SecretName, _ kind: StaticString) {
      for word in words.split(separator: " ") { exact[Array(word.utf8)] = (name, kind) }
    }
    set("pass pw psw", .password, "password")
    set("auth authentication xauth", .authorization, "auth")
    set("session sess sid phpsessid jsessionid sessid connectsid aspsessionid", .perhaps, "session")
    set("sig sign xsig", .perhaps, "signature")
    set(
      "jwt bearer assertion clientassertion samlresponse samlassertion sas sastoken", .token,
      "token")
    set("codeverifier authcode authorizationcode", .token, "code")
    set("csrf xsrf", .perhaps, "token")
    set("otp totp pin tan cvv cvc cvv2 cvc2 2fa mfa onetime", .number, "otp")
    set("pan cc cardno", .card, "card")
    set("cookie cookies setcookie", .cookie, "cookie")
    set("code", .query, "code")
    set("key", .query, "key")
    self.exact = exact
    var tails = Array(repeating: false, count: 1 << 16)
    for name in endings.map(\.0) + Array(exact.keys) {
      tails[Int(name[name.count - 2]) << 8 | Int(name[name.count - 1])] = true
    }
    self.tails = tails
    places = ["page", "next", "prev", "continu", "sync", "cursor", "max", "total", "numtoken"].map {
      Array($0.utf8)
    }
    let numbered = """
      id ids order orders invoice invoices ticket tickets ref reference transaction transactions txn \
      request req trace span batch job jobs run runs seq sequence tracking shipment parcel offset \
      timestamp ts case cases lead leads project projects flow flows conversation thread serial imei \
      isbn version build revision commit partition
      """
    self.numbered = Set(numbered.split(separator: " ").map { Array($0.utf8) })
  }

  /// Longer names are no names.
  private static let longest = 64

  /// What a name says, and what its tag is called; nil for most.
  func look(up word: Bytes) -> (name: SecretName, kind: StaticString)? {
    guard (2...Self.longest).contains(word.count) else { return nil }
    let last = word[word.count - 1].lower
    let before = word[word.count - 2].lower
    guard before == 0x5F || before == 0x2D || tails[Int(before) << 8 | Int(last)] else {
      return nil
    }
    return normalised(word) { name in
      if let known = exact[Array(name)] { return known }
      guard
        let found = endings.first(where: {
          name.count >= $0.text.count && name.suffix($0.text.count).elementsEqual($0.text)
        })
      else { return nil }
      if found.name == .token, places.contains(where: { holds(name, $0) }) { return nil }
      return (found.name, found.kind)
    }
  }

  /// Whether a word is followed by the number of something: `order`, `trace_id`, `runId`.
  func isNumbered(_ word: Bytes) -> Bool {
    guard (1...Self.longest).contains(word.count) else { return false }
    let endings: [StaticString] = ["_id", "-id", "Id", "ID", "_no", "_seq"]
    if endings.contains(where: { word.hasSuffix($0) }) { return true }
    return normalised(word) { numbered.contains(Array($0)) }
  }

  private func normalised<Result>(_ word: Bytes, _ body: (Bytes) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longest) { room in
      var count = 0
      for byte in word where byte != UInt8(ascii: "-") && byte != UInt8(ascii: "_") {
        room[count] = byte.lower
        count += 1
      }
      return body(Bytes(rebasing: UnsafeBufferPointer(room)[..<count]))
    }
  }

  private func holds(_ name: Bytes, _ part: [UInt8]) -> Bool {
    guard name.count >= part.count else { return false }
    return (0...name.count - part.count).contains {
      name[$0..<$0 + part.count].elementsEqual(part)
    }
  }
}

extension UnsafeBufferPointer where Element == UInt8 {
  func hasSuffix(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    return count >= length && part(count - length..<count).isEqual(to: text)
  }
}
