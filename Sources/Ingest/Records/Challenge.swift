internal import Files

/// What `WWW-Authenticate` says of an error: `Bearer error="invalid_token",
/// error_description="…"`. <https://www.rfc-editor.org/rfc/rfc6750#section-3>
struct Challenge {
  let error: Bytes?
  let description: Bytes?

  /// Nil for what is no challenge.
  init?(_ text: Bytes) {
    let isChallenge = Challenge.schemes.contains { scheme in
      text.part(0..<scheme.utf8CodeUnitCount).isEqual(ignoringCase: scheme)
        && (text.count == scheme.utf8CodeUnitCount || text[scheme.utf8CodeUnitCount] <= 0x2C)
    }
    guard isChallenge else { return nil }
    error = Challenge.value(of: "error=\"", in: text)
    description = Challenge.value(of: "error_description=\"", in: text)
  }

  private static let schemes: [StaticString] = [
    "Bearer", "Basic", "Digest", "DPoP", "Negotiate", "NTLM", "GNAP", "HOBA", "Mutual",
    "AWS4-HMAC-SHA256", "Token", "OAuth", "ApiKey", "Key",
  ]

  private static func value(of name: StaticString, in text: Bytes) -> Bytes? {
    name.withUTF8Buffer { name in
      guard let start = text.place(of: name, from: 0) else { return nil }
      let rest = text.part(start + name.count..<text.count)
      return rest.place(of: UInt8(ascii: "\"")).flatMap { $0 > 0 ? rest.part(0..<$0) : nil }
    }
  }
}
