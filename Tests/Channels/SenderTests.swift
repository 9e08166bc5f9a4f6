import Foundation
import Testing

@testable import Channels

@Suite struct SenderTests {
  private static let ok = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok"
  private static func busy(_ status: Int, _ field: String = "X: y") -> String {
    "HTTP/1.1 \(status) No\n\(field)\nContent-Length: 0\n\n"
  }

  /// A channel to a server, whose address has something secret in it.
  private func route(
    _ sort: String, _ server: OddServer, _ sender: Sender = Sender()
  ) throws -> Sender.Route {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data("http://127.0.0.1:\(server.port)/services/s3cr3t?sig=t0k3n".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    defer { try? FileManager.default.removeItem(at: file) }
    return try sender.look(at: Channel("\(sort):\(file.path)"))
  }

  private var hasty: Sender {
    var sender = Sender()
    sender.patience = 2500
    sender.tryTime = 400
    return sender
  }

  /// Sends something, and gives what went wrong.
  private func send(
    _ sort: String, _ server: OddServer, _ sender: Sender? = nil
  ) throws -> ChannelError? {
    let route = try route(sort, server)
    do throws(ChannelError) {
      try (sender ?? hasty).send(Array("{\"a\":\"ü\"}".utf8), key: "0f1e", to: route)
      return nil
    } catch {
      #expect(!error.message.contains("s3cr3t") && !error.message.contains("t0k3n"))
      #expect(error.hint?.contains("s3cr3t") != true)
      #expect(error.place?.hasSuffix("(http://127.0.0.1:\(server.port))") == true)
      return error
    }
  }

  @Test(arguments: ["slack", "teams", "webhook"])
  func `a message is posted once`(sort: String) throws {
    let server = try OddServer(.answer(Self.ok))
    #expect(try send(sort, server) == nil)
    let request = try #require(server.requests.first)
    #expect(server.requests.count == 1)
    #expect(request.hasPrefix("POST /services/s3cr3t?sig=t0k3n HTTP/1.1\r\n"))
    #expect(request.contains("Content-Type: application/json; charset=utf-8\r\n"))
    #expect(request.contains("Idempotency-Key: \"0f1e\"\r\n"))
    #expect(request.hasSuffix("\r\n\r\n{\"a\":\"ü\"}"))
  }

  @Test(arguments: [200, 201, 202, 204])
  func `every status that says yes is one, also without an end`(status: Int) throws {
    let server = try OddServer(.answer("HTTP/1.0 \(status) Fine\n\nok"))
    #expect(try send("teams", server) == nil)
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [429, 500, 502, 503, 408])
  func `what may pass is tried again`(status: Int) throws {
    let server = try OddServer(
      .answer(Self.busy(status)), .answer(Self.busy(status)), .answer(Self.ok))
    #expect(try send("slack", server) == nil)
    #expect(server.requests.count == 3)
  }

  @Test func `who waits hears why, once`() throws {
    let server = try OddServer(
      .answer(Self.busy(500)), .answer(Self.busy(503)), .answer(Self.ok))
    var sender = hasty
    sender.onRetry = { error in
      #expect(error.cause == .refused(500))
      server.note("heard")
    }
    #expect(try send("slack", server, sender) == nil)
    #expect(server.requests.filter { $0 == "heard" }.count == 1)
  }

  @Test func `it is told when a message may arrive, and when it is known not to have`() throws {
    func steps(_ sort: String, _ server: OddServer) throws -> [Bool] {
      var steps: [Bool] = []
      let route = try route(sort, server)
      try? hasty.send([], key: "1", to: route) { steps.append($0) }
      return steps
    }
    let busy = Self.busy(503)
    #expect(
      try steps("slack", OddServer(.answer(busy), .answer(busy), .answer(Self.ok))) == [
        true, false, true, false, true,
      ])
    #expect(try steps("webhook", OddServer(.close, .answer(Self.ok))) == [true, true])
    #expect(try steps("slack", OddServer(.close, .answer(Self.ok))) == [true])
  }

  @Test func `what cannot be remembered is not sent`() throws {
    let server = try OddServer(.answer(Self.ok))
    let route = try route("slack", server)
    #expect(throws: ChannelError.self) {
      try hasty.send([], key: "1", to: route) { _ throws(ChannelError) in
        throw ChannelError(.own, "full")
      }
    }
    #expect(server.requests.isEmpty)
  }

  @Test func `as long as a server wants to be left alone it is`() throws {
    let server = try OddServer(.answer(Self.busy(429, "Retry-After: 1")), .answer(Self.ok))
    let start = ContinuousClock.now
    #expect(try send("slack", server) == nil)
    #expect(ContinuousClock.now - start >= .seconds(1))
    #expect(server.requests.count == 2)
  }

  @Test func `who wants to be left alone for longer than there is time is`() throws {
    let server = try OddServer(.answer(Self.busy(429, "Retry-After: 3600")))
    let start = ContinuousClock.now
    let error = try send("slack", server)
    #expect(error?.cause == .refused(429) && error?.retryAfter == 3_600_000)
    #expect(ContinuousClock.now - start < .seconds(2))
    #expect(server.requests.count == 1)
  }

  @Test func `what does not pass is given up in time`() throws {
    let server = try OddServer(.answer(Self.busy(500)))
    let start = ContinuousClock.now
    #expect(try send("webhook", server)?.cause == .refused(500))
    #expect(ContinuousClock.now - start < .seconds(10))
    #expect(server.requests.count > 2)
  }

  @Test(arguments: [400, 403, 404, 410, 413])
  func `a refusal is told in the words of the other side, and not tried again`(status: Int) throws {
    let server = try OddServer(
      .answer("HTTP/1.1 \(status) No\nContent-Length: 10\n\nno_service"))
    let error = try send("slack", server)
    #expect(error?.cause == .refused(status))
    #expect(error?.message.hasSuffix("answers with status \(status): no_service") == true)
    #expect(server.requests.count == 1)
  }

  @Test func `words that repeat the address, and pages, are not told`() throws {
    for words in [
      "The requested URL /services/s3cr3t was not found", "<html>no</html>", "bad sig t0k3n",
    ] {
      let server = try OddServer(
        .answer("HTTP/1.1 404 No\nContent-Length: \(words.utf8.count)\n\n\(words)"))
      #expect(try send("webhook", server)?.message.hasSuffix("answers with status 404") == true)
    }
  }

  @Test(arguments: [301, 302, 307, 308])
  func `nobody is led elsewhere`(status: Int) throws {
    let other = try OddServer(.answer(Self.ok))
    for place in ["http://127.0.0.1:\(other.port)/taken", "http://evil.test/taken", "/here"] {
      let server = try OddServer(.answer(Self.busy(status, "Location: \(place)")))
      let error = try send("slack", server)
      #expect(error?.cause == .refused(status))
      #expect(error?.message.contains("taken") == false)
      #expect(server.requests.count == 1)
    }
    #expect(other.requests.isEmpty)
  }

  @Test func `what may have arrived is sent again where a key tells that it is the same`() throws {
    for act in [OddServer.Act.reset, .close, .hang(900)] {
      let server = try OddServer(act, .answer(Self.ok))
      #expect(try send("webhook", server) == nil)
      #expect(server.requests.count == 2)
      #expect(server.requests.allSatisfy { $0.contains("Idempotency-Key: \"0f1e\"\r\n") })
    }
  }

  @Test(arguments: ["slack", "teams"])
  func `and elsewhere it is not`(sort: String) throws {
    for act in [OddServer.Act.reset, .close, .hang(900)] {
      let server = try OddServer(act, .answer(Self.ok))
      #expect(try send(sort, server)?.cause == .doubt)
      usleep(50_000)
      #expect(server.requests.count == 1)
    }
  }

  @Test func `a large answer that says yes is a yes, and is not read`() throws {
    let server = try OddServer(.huge(256 << 20))
    let start = ContinuousClock.now
    #expect(try send("slack", server) == nil)
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test func `a head without an end is no answer`() throws {
    let server = try OddServer(.endlessHead)
    let start = ContinuousClock.now
    _ = try send("slack", server)
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test func `nobody there is tried again for a while`() throws {
    let server = try OddServer(.answer(Self.ok))
    let port = server.port
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    // A port below those that are given out, on which nobody listens.
    try Data("http://127.0.0.1:1/services/s3cr3t".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var sender = hasty
    sender.patience = 600
    let route = try sender.look(at: Channel("slack:\(file.path)"))
    let error = #expect(throws: ChannelError.self) { try sender.send([], key: "1", to: route) }
    #expect(error?.cause == .unreachable && error?.message.contains("s3cr3t") == false)
    #expect(port > 1)
  }

  @Test func `whoever wants it to end need not wait`() throws {
    let server = try OddServer(.answer(Self.busy(500, "Retry-After: 20")))
    var sender = Sender()
    sender.onRetry = { _ in server.note("answered") }
    sender.isStopped = { server.requests.contains("answered") }
    let start = ContinuousClock.now
    #expect(try send("slack", server, sender)?.cause == .stopped)
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test func `what is interrupted while it is sent may have arrived`() throws {
    let server = try OddServer(.hang(3000))
    var sender = Sender()
    sender.isStopped = { !server.requests.isEmpty }
    let start = ContinuousClock.now
    #expect(try send("slack", server, sender)?.cause == .doubt)
    #expect(ContinuousClock.now - start < .seconds(10))
  }
}
