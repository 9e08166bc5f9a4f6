/// Who gets in: what is refused before anything is looked up, and why.
struct Gate: Sendable {
  let token: Token
  let limits: Limits
  let advice: Advice
  /// The only hosts that a request may name.
  private let hosts: [String]
  /// The paths that need no token.
  let open: Set<String>

  enum Verdict {
    case refused(Response)
    /// A request without a root is of a path that needs no token.
    case admitted(Request)
  }

  init(port: Int, token: Token, open: Set<String>, limits: Limits, advice: Advice) {
    self.token = token
    self.limits = limits
    self.advice = advice
    self.open = open
    // A browser leaves out the port of the protocol.
    let ends = port == 80 ? [":80", ""] : [":\(port)"]
    hosts = ends.flatMap { end in ["127.0.0.1", "localhost", "[::1]"].map { $0 + end } }
  }

  func verdict(on head: Head) -> Verdict {
    if let refusal = refusal(of: head) { return .refused(refusal) }
    let target: Target
    do throws(Target.Failure) {
      target = try Target(head.target, most: limits.parameters)
    } catch {
      return .refused(error == .tooManyParameters ? .tooManyParameters : .badAddress)
    }
    if open.contains(target.path) {
      return .admitted(Request(path: target.path, parameters: target.parameters, root: ""))
    }
    let (first, rest) = target.split
    guard token.matches(first) else { return .refused(.noToken(advice)) }
    return .admitted(
      Request(path: rest, parameters: target.parameters, root: "/" + token.text))
  }

  private func refusal(of head: Head) -> Response? {
    if !head.isExact || !head.headers.allSatisfy({ Gate.isToken($0.name) }) { return .malformed }
    let named = head.values(of: "host")
    guard named.count == 1, hosts.contains(named[0].lowercased()) else { return .otherHost }
    if head.method.utf8.count + head.target.count + 10 > limits.requestLine {
      return .tooLong(advice)
    }
    if head.headers.count > limits.headers || head.headerBytes > limits.headerBytes {
      return .headersTooLarge
    }
    guard head.method == "GET" || head.method == "HEAD" else { return .otherMethod }
    let lengths = head.values(of: "content-length")
    let codings = head.values(of: "transfer-encoding")
    if !codings.isEmpty, !lengths.isEmpty { return .malformed }
    if !codings.isEmpty || lengths.contains(where: { $0 != "0" }) { return .noBody }
    // A browser says from where it was led here: <https://www.w3.org/TR/fetch-metadata/>.
    let sites = head.values(of: "sec-fetch-site")
    return sites.allSatisfy { $0 == "same-origin" || $0 == "none" } ? nil : .otherSite
  }

  /// Whether it is a name that a header may have: <https://www.rfc-editor.org/rfc/rfc9110#name-tokens>.
  private static func isToken(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }
}
