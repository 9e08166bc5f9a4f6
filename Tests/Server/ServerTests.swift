import Files
import Foundation
import Testing

@testable import Server

@Suite struct ServerTests {
  @Test(arguments: ["127.0.0.1", "::1"])
  func `whoever has the token gets what was made`(_ address: String) throws {
    let server = try RunningServer()
    let client = try RawClient(port: server.port, address: address)
    for host in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"] {
      client.send(
        "GET \(server.root)/a%20b?q=x+y%26z HTTP/1.1\r\nHost: \(host):\(server.port)\r\n\r\n")
      let answer = client.answer()
      #expect(answer?.status == 200)
      #expect(answer?.isSafe == true)
      #expect(answer?.body == #"\#(RunningServer.secret) /a b ["x y&z"]"#)
    }
  }

  @Test func `the token alone is the first page`() throws {
    let server = try RunningServer()
    let answer = try server.answer(server.get(""))
    #expect(answer?.status == 200)
    #expect(answer?.body.contains(" / ") == true)
  }

  @Test func `HEAD gets the same without the body`() throws {
    let server = try RunningServer()
    let client = try RawClient(port: server.port)
    client.send(server.get("/a"))
    let whole = client.answer()
    client.send(server.get("/a", method: "HEAD"))
    let head = client.answer(toHead: true)
    #expect(head?.status == 200)
    #expect(head?.isSafe == true)
    #expect(head?.header("Content-Length") == whole?.header("Content-Length"))
    client.send(server.get("/b"))
    #expect(client.answer()?.body.contains("/b") == true, "no body came in between")
  }

  @Test func `what a browser sends of where it was led from is let in`() throws {
    let server = try RunningServer()
    for site in ["none", "same-origin"] {
      #expect(try server.answer(server.get("/", ["Sec-Fetch-Site: \(site)"]))?.status == 200)
    }
  }

  @Test func `what needs no token is open, and nothing around it`() throws {
    let server = try RunningServer()
    func status(_ target: String) throws -> Int? {
      try server.answer("GET \(target) HTTP/1.1\r\nHost: \(server.host)\r\n\r\n")?.status
    }
    #expect(try status("/healthz") == 200)
    #expect(try status("/healthz/") == 403)
    #expect(try status("/healthz/a") == 403)
    #expect(try status("/Healthz") == 403)
  }

  @Test func `many requests at once on a connection are answered in their order`() throws {
    let server = try RunningServer()
    let client = try RawClient(port: server.port)
    client.send((0..<50).map { server.get("/\($0)") }.joined())
    for number in 0..<50 {
      #expect(client.answer()?.body.contains(" /\(number) ") == true)
    }
  }

  @Test func `an address of 64 KiB is answered, a longer one is told what to do`() throws {
    let server = try RunningServer()
    let room = (64 << 10) - server.root.utf8.count - "GET /?q= HTTP/1.1\r\n".utf8.count
    #expect(
      try server.answer(server.get("/?q=" + String(repeating: "x", count: room)))?.status == 200)
    let answer = try server.answer(server.get("/?q=" + String(repeating: "x", count: room + 10)))
    #expect(answer?.status == 414)
    #expect(answer?.body.contains("errata find -") == true)
  }

  @Test func `a client that sends its request slowly is left, and keeps nobody waiting`() throws {
    var limits = Limits()
    limits.head = .milliseconds(400)
    let server = try RunningServer(limits: limits)
    let idle = try RawClient(port: server.port)
    let half = try RawClient(port: server.port)
    half.send("GET \(server.root)/ HTTP/1.1\r\nHost: ")
    let slow = try RawClient(port: server.port)
    let start = ContinuousClock.now
    // A byte now and then does not make it last.
    for byte in "GET / HTTP/1.1\r\nHost: a.example\r\nA: bbbbbbbbbbbb".utf8 {
      guard slow.send([byte]) else { break }
      try server.expectAlive()
      usleep(20_000)
    }
    #expect(ContinuousClock.now - start > .milliseconds(300))
    #expect(slow.isEnded())
    #expect(half.isEnded())
    #expect(idle.isEnded())
    try server.expectAlive()
  }

  @Test func `a client that does not read keeps nobody waiting`() throws {
    var limits = Limits()
    limits.sending = .milliseconds(500)
    let large = Response(
      status: 200, type: "text/plain", body: [UInt8](repeating: 0x61, count: 20 << 20))
    let server = try RunningServer(
      limits: limits,
      site: { $0.path == "/large" ? large : RunningServer.page(RunningServer.secret) })
    let client = try RawClient(port: server.port)
    client.send(server.get("/large"))
    for _ in 0..<30 {
      try server.expectAlive()
      usleep(30_000)
    }
    let answer = client.answer()
    #expect(answer?.status == 200)
    #expect((answer?.body.utf8.count ?? 0) < 20 << 20, "it was cut off")
  }

  @Test func `more connections than there may be wait for one that ends`() throws {
    var limits = Limits()
    limits.connections = 4
    limits.head = .milliseconds(500)
    let server = try RunningServer(limits: limits)
    let idle = try (0..<8).map { _ in try RawClient(port: server.port) }
    let start = ContinuousClock.now
    try server.expectAlive()
    #expect(ContinuousClock.now - start > .milliseconds(300))
    #expect(idle.allSatisfy { $0.isEnded() })
  }

  @Test func `who waits too long for a thread is told so, and health is told all the while`() throws
  {
    var limits = Limits()
    limits.threads = 1
    limits.waiting = .milliseconds(100)
    let server = try RunningServer(
      limits: limits,
      site: { request in
        if request.path == "/slow" { usleep(700_000) }
        return RunningServer.page(RunningServer.secret)
      })
    let slow = try RawClient(port: server.port)
    slow.send(server.get("/slow"))
    usleep(100_000)
    let next = try RawClient(port: server.port)
    next.send(server.get("/next"))
    let start = ContinuousClock.now
    let health = try server.answer("GET /healthz HTTP/1.1\r\nHost: \(server.host)\r\n\r\n")
    #expect(health?.status == 200)
    #expect(ContinuousClock.now - start < .milliseconds(500))
    #expect(slow.answer()?.status == 200)
    let busy = next.answer()
    #expect(busy?.status == 503)
    #expect(busy?.isSafe == true)
    #expect(busy?.header("Retry-After") != nil)
    try server.expectAlive()
  }

  @Test func `what is in flight is finished before the end`() throws {
    let server = try RunningServer(site: { _ in
      usleep(300_000)
      return RunningServer.page(RunningServer.secret)
    })
    let client = try RawClient(port: server.port)
    let idle = try RawClient(port: server.port)
    client.send(server.get())
    usleep(100_000)
    server.stop()
    let answer = client.answer()
    #expect(answer?.status == 200)
    #expect(answer?.body == RunningServer.secret)
    #expect(client.isEnded())
    #expect(idle.isEnded())
    #expect(throws: RawClient.Refused.self) { try RawClient(port: server.port) }
  }

  @Test func `clients that go while their answer is made do no harm`() throws {
    let server = try RunningServer(site: { request in
      if request.path == "/slow" { usleep(50_000) }
      return RunningServer.page(String(repeating: RunningServer.secret, count: 10_000))
    })
    for _ in 0..<40 {
      let client = try RawClient(port: server.port)
      client.send(server.get("/slow"))
    }
    try server.expectAlive()
  }

  @Test func `64 clients at once get all they ask for`() throws {
    let server = try RunningServer()
    let port = server.port
    let requests = (0..<64).map { number in
      (0..<30).map { round in (path: "/\(number)/\(round)", text: server.get("/\(number)/\(round)"))
      }
    }
    let failures = LockedCount()
    let answers = LockedCount()
    DispatchQueue.concurrentPerform(iterations: 64) { number in
      do {
        let client = try RawClient(port: port)
        for request in requests[number] {
          client.send(request.text)
          let answer = client.answer()
          let isRight =
            answer?.status == 200 && answer?.isSafe == true
            && answer?.body.contains(" \(request.path) ") == true
          (isRight ? answers : failures).add()
        }
      } catch {
        failures.add()
      }
    }
    #expect(failures.count == 0)
    #expect(answers.count == 64 * 30)
  }

  @Test func `a port that is taken is said to be`() throws {
    let server = try RunningServer()
    #expect(throws: ServerError.portInUse(server.port)) {
      try Server(port: server.port, token: Token(), site: { _ in RunningServer.page("") })
    }
    try server.expectAlive()
  }
}

/// A count that many threads raise.
final class LockedCount: @unchecked Sendable {
  private let lock = NSLock()
  private var value = 0

  var count: Int { lock.withLock { value } }

  func add() { lock.withLock { value += 1 } }
}
