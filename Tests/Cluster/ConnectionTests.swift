import Foundation
import Testing

@testable import Cluster

@Suite struct ConnectionTests {
  private let pair: ServerPair
  private let count = ClusterRequest("SELECT count() FROM numbers(100000) FORMAT RowBinary")

  init() throws { pair = try ServerPair.shared.get() }

  private func number(_ answer: [UInt8]) throws -> UInt64 {
    var reader = RowReader(answer)
    return try reader.next()
  }

  private func connection(
    through proxy: FaultyProxy, _ credentials: Credentials = Credentials()
  ) throws -> ClusterConnection {
    try ClusterConnection(ClusterAddress("http://127.0.0.1:\(proxy.port)/"), credentials)
  }

  @Test func `a server answers a question`() throws {
    let connection = try pair.connection("answers")
    #expect(try number(connection.askOnce(count)) == 100_000)
    // Large ones are packed on their way to other machines.
    connection.packs = true
    let large = ClusterRequest(
      "SELECT sum(number) FROM numbers(1000000) \(String(repeating: " ", count: 5000)) FORMAT RowBinary"
    )
    #expect(try number(connection.askOnce(large)) == 499_999_500_000)
  }

  @Test func `rows that are sent are there`() throws {
    let connection = try pair.connection("rows")
    _ = try connection.ask(
      ClusterRequest("CREATE TABLE t(n Int64, s Nullable(String)) ENGINE = Memory"))
    var rows = RowWriter()
    for number in 0..<10_000 {
      rows.append(Int64(number))
      "tab\tand ü".utf8.withContiguousStorageIfAvailable { rows.append(optional: $0) }
      rows.endRow()
    }
    _ = try connection.askOnce(
      ClusterRequest("INSERT INTO t FORMAT RowBinary", rows: rows.bytes))
    let sum = ClusterRequest(
      "SELECT toUInt64(sum(n)) FROM t WHERE s = 'tab\\tand ü' FORMAT RowBinary")
    #expect(try number(connection.ask(sum)) == 49_995_000)
  }

  @Test(arguments: [
    ("SELECT", ClusterError.Cause.refused(code: 62)),
    ("SELECT * FROM nothing_here", .refused(code: 60)),
    ("SELECT throwIf(number = 90000) FROM numbers(100000)", .refused(code: 395)),
  ])
  func `what a server refuses is one clear line`(sql: String, cause: ClusterError.Cause) throws {
    let connection = try pair.connection("refusals\(sql.count)")
    let error = #expect(throws: ClusterError.self) { try connection.ask(ClusterRequest(sql)) }
    #expect(error?.cause == cause)
    let message = try #require(error?.message)
    #expect(message.hasPrefix("127.0.0.1:"))
    #expect(!message.contains("DB::Exception") && !message.contains("\n"))
    if cause == .refused(code: 60) { #expect(error?.hint == .makeTables) }
  }

  @Test func `a database that is not there is told`() throws {
    let connection = try ClusterConnection(pair.address("nowhere"), Credentials())
    let error = #expect(throws: ClusterError.self) { try connection.ask(count) }
    #expect(error?.hint == .makeTables)
  }

  @Test func `who asks is told to the server, and nobody else`() throws {
    let address = try pair.address("default")
    let known = Credentials(user: "writer", password: "open sesame")
    #expect(try number(ClusterConnection(address, known).askOnce(count)) == 100_000)
    for credentials in [
      Credentials(user: "writer", password: "wrong"), Credentials(user: "writer"),
      Credentials(user: "nobody"), Credentials(password: "wrong"),
    ] {
      let connection = try ClusterConnection(address, credentials)
      let error = #expect(throws: ClusterError.self) { try connection.ask(count) }
      #expect(error?.hint == .text("CLICKHOUSE_USER and CLICKHOUSE_PASSWORD say who asks."))
      #expect(error?.message.contains("wrong") == false)
    }
  }

  @Test func `an answer has a limit`() throws {
    let connection = try pair.connection("limits")
    var request = ClusterRequest("SELECT number FROM numbers(1000000) FORMAT RowBinary")
    request.mostBytes = 1 << 20
    let error = #expect(throws: ClusterError.self) { try connection.askOnce(request) }
    #expect(error?.cause == .answer)
  }

  @Test func `a server that is away is asked again until it is back`() throws {
    let port = try freePorts(1)[0]
    let connection = try ClusterConnection(
      ClusterAddress("http://127.0.0.1:\(port)/"), Credentials())
    connection.patience = 300
    var tries = 0
    connection.onRetry = { error, _ in
      tries += 1
      #expect(error.cause == .unreachable)
    }
    let error = #expect(throws: ClusterError.self) { try connection.ask(count) }
    #expect(error?.cause == .unreachable)
    #expect(tries > 0)
  }

  @Test(arguments: [true, false])
  func `a connection that breaks anywhere leaves doubt, and is tried anew`(isReset: Bool) throws {
    let request = ClusterRequest("SELECT number FROM numbers(50000) FORMAT RowBinary")
    let server = pair.servers[0].port
    let whole = try ClusterConnection(pair.address("default"), Credentials()).askOnce(request)
    for part in [0, 1, 60, 150, 400, 5000, 20_000] {
      let proxy = try FaultyProxy(to: server) { number in
        number > 1
          ? .init() : number == 0 ? .init(answer: part, isReset: isReset) : .init(request: part)
      }
      let connection = try connection(through: proxy)
      connection.patience = 60_000
      #expect(try connection.ask(request) == whole)
      if part < 300 { #expect(proxy.connections == 3) } else { #expect(proxy.connections > 1) }
    }
  }

  @Test func `rows are sent once, whatever becomes of the connection`() throws {
    let connection = try pair.connection("once")
    _ = try connection.ask(ClusterRequest("CREATE TABLE t(n Int64) ENGINE = Memory"))
    // One that was used before, and ends when the server has the rows.
    let proxy = try FaultyProxy(to: pair.servers[0].port) { _ in .init(answer: 300) }
    let through = try ClusterConnection(
      ClusterAddress("http://127.0.0.1:\(proxy.port)/?database=once"), Credentials())
    for number in 0..<20 {
      _ = try? through.askOnce(ClusterRequest("SELECT 1 FORMAT RowBinary"))
      var rows = RowWriter()
      rows.append(Int64(number))
      _ = try? through.askOnce(ClusterRequest("INSERT INTO t FORMAT RowBinary", rows: rows.bytes))
    }
    let most = ClusterRequest(
      "SELECT max(c) FROM (SELECT count() AS c FROM t GROUP BY n) FORMAT RowBinary")
    #expect(try number(connection.ask(most)) == 1)
  }

  @Test func `what a server asks for before it is asked again is honoured`() throws {
    let proxy = try FaultyProxy(to: pair.servers[0].port) { number in
      number > 0
        ? .init()
        : .init(
          words:
            "HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbusy"
        )
    }
    let connection = try connection(through: proxy)
    var waits: [Int64] = []
    connection.onRetry = { waits.append($1) }
    #expect(try number(connection.ask(count)) == 100_000)
    #expect(waits.count == 1 && waits[0] >= 1000)
    connection.patience = 500
    let other = try FaultyProxy(to: 1) { _ in
      .init(
        words:
          "HTTP/1.1 429 No\r\nRetry-After: 3600\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    }
    let error = #expect(throws: ClusterError.self) {
      try self.connection(through: other).ask(count)
    }
    #expect(error?.cause == .status(429))
    #expect(error?.retryAfter == 3_600_000)
    #expect(other.connections == 1, "it does not come back too early")
  }

  @Test func `a page of some proxy is no answer`() throws {
    for status in ["302 Found\r\nLocation: http://elsewhere/", "502 Bad Gateway", "204 No Content"]
    {
      let proxy = try FaultyProxy(to: 1) { _ in
        .init(words: "HTTP/1.1 \(status)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
      }
      let error = #expect(throws: ClusterError.self) {
        try self.connection(through: proxy).askOnce(count)
      }
      #expect(error?.message.contains(status.prefix(3)) == true)
    }
  }

  @Test func `an interruption ends a request that hangs`() throws {
    let proxy = try FaultyProxy(to: 1) { _ in .init(delay: 20_000) }
    let connection = try connection(through: proxy)
    let end = Date().addingTimeInterval(0.5)
    connection.isStopped = { Date() > end }
    let error = #expect(throws: ClusterError.self) { try connection.ask(count) }
    #expect(error?.cause == .stopped)
    #expect(Date().timeIntervalSince(end) < 5)
  }

  @Test func `a server that is not proven to be itself is not asked`() throws {
    let server = pair.servers[1]
    let address = try ClusterAddress("https://127.0.0.1:\(server.securePort)/")
    let strange = try ClusterConnection(address, Credentials(password: "secret"))
    let error = #expect(throws: ClusterError.self) { try strange.ask(count) }
    #expect(error?.cause == .certificate)
    let known = try ClusterConnection(address, Credentials(authorities: server.certificate))
    #expect(try number(known.ask(count)) == 100_000)
    // The same server under a name that is not in its certificate.
    let other = try ClusterConnection(
      ClusterAddress("https://localhost:\(server.securePort)/"),
      Credentials(authorities: server.certificate))
    let mismatch = #expect(throws: ClusterError.self) { try other.ask(count) }
    #expect(mismatch?.cause == .certificate)
  }
}
