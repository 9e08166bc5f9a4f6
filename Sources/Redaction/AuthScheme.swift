internal import Files

/// A way to authenticate: <https://www.iana.org/assignments/http-authschemes>.
struct AuthScheme {
  var name: StaticString
  var kind: StaticString
  /// Whether `name=value` pairs follow instead of one token.
  var hasParameters = false

  fileprivate static let known: [AuthScheme] =
    [AuthScheme(name: "bearer", kind: "bearer"), AuthScheme(name: "basic", kind: "basic")]
    + (["digest", "hawk", "oauth", "signature", "aws4-hmac-sha256"] as [StaticString]).map {
      AuthScheme(name: $0, kind: "auth", hasParameters: true)
    }
    + ([
      "token", "apikey", "api-key", "negotiate", "ntlm", "sso-key", "dpop", "key", "jwt", "app",
      "sharedkey", "sharedaccesssignature", "splunk", "geniekey",
    ] as [StaticString]).map { AuthScheme(name: $0, kind: "token") }
}

/// The schemes by their first letter and length: asked of every word of a text.
final class AuthSchemes: @unchecked Sendable {
  static let all = AuthSchemes()

  /// For each letter, a bit for each length of the names that begin with it.
  /// They are there as long as the process.
  private let lengths: UnsafeMutablePointer<UInt32>

  private init() {
    lengths = .allocate(capacity: 32)
    lengths.initialize(repeating: 0, count: 32)
    for scheme in AuthScheme.known {
      lengths[Int(scheme.name.utf8Start[0] & 31)] |= 1 << UInt32(scheme.name.utf8CodeUnitCount)
    }
  }

  /// The scheme of a name, in whichever case.
  func named(_ word: Bytes) -> AuthScheme? {
    guard mayBeOne(word) else { return nil }
    return AuthScheme.known.first {
      $0.name.utf8CodeUnitCount == word.count && word.isEqual(ignoringCase: $0.name)
    }
  }

  @inline(__always)
  func mayBeOne(_ word: Bytes) -> Bool {
    guard let first = word.first, word.count < 32 else { return false }
    return lengths[Int(first & 31)] >> UInt32(word.count) & 1 == 1
  }
}
