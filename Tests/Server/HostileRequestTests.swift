import Foundation
import Testing

@testable import Server

/// Requests that no browser writes for a reader of the pages: each is refused, tells nothing, and does
/// no harm to the server.
@Suite struct HostileRequestTests {
  /// A request with what it is answered; `HOST` and `ROOT` stand for the server's own.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var request: String
    /// 0 where the connection ends without an answer.
    var status: Int
    /// Whether the library refuses it by itself: then its own words are sent, without our headers.
    var isLibrarys = false

    init(_ name: String, _ status: Int, _ request: String, isLibrarys: Bool = false) {
      (self.name, self.request, self.status) = (name, request, status)
      self.isLibrarys = isLibrarys
    }

    var testDescription: String { name }
  }

  private static func get(_ target: String, _ headers: String = "") -> String {
    "GET \(target) HTTP/1.1\r\nHost: HOST\r\n\(headers)\r\n"
  }

  private static func method(_ method: String, _ target: String = "ROOT/") -> String {
    "\(method) \(target) HTTP/1.1\r\nHost: HOST\r\n\r\n"
  }

  static let hosts = [
    Case("no Host", 421, "GET ROOT/ HTTP/1.1\r\n\r\n"),
    Case("no Host, as in HTTP/1.0", 421, "GET ROOT/ HTTP/1.0\r\n\r\n"),
    Case("an empty Host", 421, "GET ROOT/ HTTP/1.1\r\nHost:\r\n\r\n"),
    Case("another Host", 421, "GET ROOT/ HTTP/1.1\r\nHost: rebound.example:PORT\r\n\r\n"),
    Case("another port", 421, "GET ROOT/ HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n"),
    Case("no port", 421, "GET ROOT/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"),
    Case("another loopback", 421, "GET ROOT/ HTTP/1.1\r\nHost: 127.0.0.2:PORT\r\n\r\n"),
    Case("Host with a user", 421, "GET ROOT/ HTTP/1.1\r\nHost: a@HOST\r\n\r\n"),
    Case("Host with a dot", 421, "GET ROOT/ HTTP/1.1\r\nHost: localhost.:PORT\r\n\r\n"),
    Case("Host twice", 421, "GET ROOT/ HTTP/1.1\r\nHost: HOST\r\nHost: HOST\r\n\r\n"),
    Case("two Hosts", 421, "GET ROOT/ HTTP/1.1\r\nHost: HOST\r\nhost: a.example\r\n\r\n"),
    Case("two in one Host", 421, "GET ROOT/ HTTP/1.1\r\nHost: HOST, a.example\r\n\r\n"),
    Case(
      "the host in the target", 421, "GET http://HOSTROOT/ HTTP/1.1\r\nHost: a.example\r\n\r\n"),
  ]

  static let tokens = [
    Case("no token", 403, get("/")),
    Case("a path without a token", 403, get("/vendors/zof")),
    Case("a wrong token", 403, get("/ffffffffffffffffffffffffffffffff/")),
    Case("a token in upper case", 403, get("/0123456789ABCDEF0123456789ABCDEF/")),
    Case("a part of the token", 403, get("/0123456789abcdef/")),
    Case("a longer token", 403, get("ROOT0/")),
    Case("a token as a parameter", 403, get("/?token=ROOT")),
    Case("a token behind an empty name", 403, get("/ROOT/")),
    Case("a path that needs none, and more", 403, get("/healthz/../x".replacing("..", with: "a"))),
  ]

  static let methods =
    ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "G"].map {
      Case($0, 405, method($0))
    } + [
      Case("CONNECT", 405, method("CONNECT", "a.example:443")),
      Case("OPTIONS *", 405, method("OPTIONS", "*")),
      Case(
        "POST with a form", 405,
        "POST ROOT/ HTTP/1.1\r\nHost: HOST\r\nContent-Length: 3\r\n\r\na=b"),
    ]

  static let paths = [
    Case("..", 400, get("ROOT/../../etc/passwd")),
    Case("%2e%2e", 400, get("ROOT/%2e%2e/%2E%2E/etc/passwd")),
    Case(".. before the token", 400, get("/../ROOT/")),
    Case("%00", 400, get("ROOT/a%00b")),
    Case("NUL", 400, get("ROOT/a\0b")),
    Case("invalid UTF-8", 400, get("ROOT/%ff%fe")),
    Case("overlong UTF-8", 400, get("ROOT/%c0%ae%c0%ae/")),
    Case("half an escape", 400, get("ROOT/%2")),
    Case("no escape", 400, get("ROOT/%zz")),
    Case("a line end", 400, get("ROOT/a%0d%0aSet-Cookie:%20a=b")),
    Case("a space", 400, get("ROOT/a b")),
    Case("a fragment", 400, get("ROOT/a#b")),
    Case("absolute form", 400, get("http://HOSTROOT/")),
    Case("absolute form of a file", 400, get("file:///etc/passwd")),
    Case("no slash", 400, get("etc/passwd")),
    Case("// before a host", 403, get("//a.example/ROOT/")),
    Case("a backslash", 403, get("/\\a.example")),
    Case("many parameters", 400, get("ROOT/?" + String(repeating: "a&", count: 300))),
  ]

  static let bodies = [
    Case("a body", 413, get("ROOT/", "Content-Length: 4\r\n").appending("a=b&")),
    Case("chunks", 413, get("ROOT/", "Transfer-Encoding: chunked\r\n").appending("0\r\n\r\n")),
    Case(
      "a length and chunks", 400,
      get("ROOT/", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n").appending("0\r\n\r\n")),
    Case(
      "a request in a body", 413,
      get("ROOT/", "Content-Length: 60\r\n").appending("GET ROOT/ HTTP/1.1\r\nHost: HOST\r\n\r\n")),
    Case(
      "two lengths", 413, get("ROOT/", "Content-Length: 0\r\nContent-Length: 7\r\n")),
    Case("a body to come", 413, get("ROOT/", "Content-Length: 9\r\nExpect: 100-continue\r\n")),
    Case("no length", 400, get("ROOT/", "Content-Length: x\r\n"), isLibrarys: true),
    Case(
      "a length beyond all", 413, get("ROOT/", "Content-Length: 99999999999999999999999\r\n"),
      isLibrarys: true),
  ]

  static let heads = [
    Case("LF alone", 400, "GET ROOT/ HTTP/1.1\nHost: HOST\n\n"),
    Case("LF alone in one place", 400, "GET ROOT/ HTTP/1.1\r\nHost: HOST\nA: b\r\n\r\n"),
    Case("a folded header", 400, get("ROOT/", "A: b\r\n c\r\n")),
    Case("a folded Host", 400, "GET ROOT/ HTTP/1.1\r\nA: b\r\nHost:\r\n HOST\r\n\r\n"),
    Case("NUL in a header", 400, get("ROOT/", "A: b\0c\r\n")),
    Case("NUL behind the Host", 400, "GET ROOT/ HTTP/1.1\r\nHost: HOST\0.a.example\r\n\r\n"),
    Case("a space before the colon", 400, "GET ROOT/ HTTP/1.1\r\nHost : HOST\r\n\r\n"),
    Case("a header without a name", 400, get("ROOT/", ": b\r\n")),
    Case("two spaces", 400, "GET  ROOT/ HTTP/1.1\r\nHost: HOST\r\n\r\n"),
    Case("a header without a colon", 400, get("ROOT/", "A\r\n"), isLibrarys: true),
    Case("HTTP/2", 505, "GET ROOT/ HTTP/2.0\r\nHost: HOST\r\n\r\n", isLibrarys: true),
    Case("HTTP/0.9", 400, "GET ROOT/\r\n\r\n", isLibrarys: true),
    Case("no HTTP", 400, "GET ROOT/ SMTP/1.1\r\nHost: HOST\r\n\r\n", isLibrarys: true),
    Case("no words", 0, "\u{16}\u{3}\u{1}\r\n\r\n"),
    Case(
      "many headers", 431, get("ROOT/", String(repeating: "A: b\r\n", count: 80))),
    Case(
      "a huge header", 431, get("ROOT/", "A: \(String(repeating: "b", count: 20_000))\r\n")),
    Case(
      "headers without end", 431, get("ROOT/", "A: \(String(repeating: "b", count: 400_000))\r\n"),
      isLibrarys: true),
    Case("a long text", 414, get("ROOT/?q=" + String(repeating: "b", count: 70_000))),
    Case(
      "a text without end", 414, get("ROOT/?q=" + String(repeating: "b", count: 400_000)),
      isLibrarys: true),
  ]

  static let sites = ["cross-site", "same-site", "other"].map {
    Case("a fetch from \($0)", 403, get("ROOT/", "Sec-Fetch-Site: \($0)\r\n"))
  }

  @Test(arguments: hosts + tokens + methods + paths + bodies + heads + sites)
  func `is refused, tells nothing, and does no harm`(_ hostile: Case) throws {
    let server = try RunningServer()
    let request = hostile.request.replacing("PORT", with: "\(server.port)")
      .replacing("HOST", with: server.host).replacing("ROOT", with: server.root)
    let answer = try server.answer(request)
    #expect(answer?.status ?? 0 == hostile.status)
    if let answer {
      #expect(!answer.body.contains(RunningServer.secret))
      #expect(!answer.body.contains("example"), "what was asked is not repeated")
      #expect(answer.isSafe == !hostile.isLibrarys)
      #expect(answer.header("Connection") == "close")
      #expect((answer.header("Allow") == "GET, HEAD") == (hostile.status == 405))
    }
    try server.expectAlive()
  }

  @Test func `a refused HEAD has no body`() throws {
    let server = try RunningServer()
    let client = try RawClient(port: server.port)
    client.send("HEAD /wrong HTTP/1.1\r\nHost: \(server.host)\r\n\r\n")
    let answer = client.answer(toHead: true)
    #expect(answer?.status == 403)
    #expect(answer?.isSafe == true)
    #expect(client.isEnded())
  }

  @Test func `what follows a refused request on its connection is not answered`() throws {
    let server = try RunningServer()
    let client = try RawClient(port: server.port)
    client.send(server.get("/", method: "POST", ["Content-Length: 200"]) + server.get())
    #expect(client.answer()?.status == 405)
    #expect(client.answer() == nil)
    try server.expectAlive()
  }

  @Test func `any bytes whatever do no harm`() throws {
    let server = try RunningServer()
    var random = SplitMix(seed: 7)
    let words = [
      "GET ", "HEAD ", "POST ", server.root, "/", "?", "&", "=", "%", " HTTP/1.1", "\r\n", "\n",
      "\r",
      "Host: ", server.host, ":", " ", "\t", "\0", "Content-Length: ", "5", "Transfer-Encoding: ",
      "chunked", "Cookie: ", "a=b; c", "Connection: ", "close", "Expect: 100-continue", "\r\n\r\n",
      "\u{ff}",
    ]
    for _ in 0..<400 {
      let text = (0..<Int.random(in: 1...40, using: &random)).map { _ in
        words.randomElement(using: &random) ?? ""
      }.joined()
      let client = try RawClient(port: server.port)
      client.send("GET \(server.root)/ HTTP/1.1\r\nHost: \(server.host)\r\n" + text)
    }
    try server.expectAlive()
  }
}

/// Random numbers that are the same each time: <https://prng.di.unimi.it/splitmix64.c>
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
