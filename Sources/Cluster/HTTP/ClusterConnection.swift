internal import HTTP

/// A connection to one server of a cluster, over ClickHouse's HTTP interface
/// (<https://clickhouse.com/docs/interfaces/http>). It belongs to one thread.
package final class ClusterConnection {
  package let address: ClusterAddress
  private let credentials: Credentials
  private let connection: HTTPConnection
  /// Milliseconds within which it must be connected, and done.
  package var connectTime = 10_000
  package var totalTime = 300_000
  /// How long a request is tried again that may go well later, in milliseconds.
  package var patience = Patience.reader
  /// Whether what goes to and fro is packed: within this machine that would take longer than to send it.
  package var packs: Bool
  /// Whether someone wants it to end.
  package var isStopped: @Sendable () -> Bool = { false }
  /// How many bytes of answers came, as they were sent.
  private(set) var received: Int64 = 0
  /// Called before a request is tried again, with what went wrong and the milliseconds until then.
  package var onRetry: (ClusterError, Int64) -> Void = { _, _ in }

  package init(_ address: ClusterAddress, _ credentials: Credentials) throws(ClusterError) {
    do throws(ConnectionError) {
      connection = try HTTPConnection()
    } catch {
      throw ClusterError(.own, error.words, hint: error.hint.map { .text($0) })
    }
    self.address = address
    packs = !address.isOfThisMachine
    self.credentials = credentials
  }

  /// Asks, again and again while patience lasts and what went wrong may pass. Only for what may be
  /// done twice.
  package func ask(_ request: ClusterRequest) throws(ClusterError) -> [UInt8] {
    try insist { () throws(ClusterError) in try askOnce(request) }
  }

  /// Does some work, again and again while patience lasts and what went wrong may pass.
  func insist<Result>(
    _ work: () throws(ClusterError) -> Result
  ) throws(ClusterError) -> Result {
    var persistence = Persistence(patience)
    while true {
      do throws(ClusterError) {
        return try work()
      } catch {
        guard error.isPassing, let wait = persistence.wait(asked: error.retryAfter) else {
          throw error
        }
        onRetry(error, wait)
        try rest(wait)
      }
    }
  }

  /// Asks once.
  package func askOnce(_ request: ClusterRequest) throws(ClusterError) -> [UInt8] {
    let reception = Reception(most: request.mostBytes)
    try send(request, to: reception)
    return reception.body
  }

  /// Asks for what may be large, and hands it over as it comes; again while patience lasts, unless some
  /// of it was handed over already.
  func stream(
    _ request: ClusterRequest, to take: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> AnswerHead {
    try withoutActuallyEscaping(take) { take in
      let reception = try insist { () throws(ClusterError) in
        let reception = Reception(most: .max, take: take)
        do throws(ClusterError) {
          try send(request, to: reception)
        } catch {
          if reception.failure != nil { return reception }
          throw reception.isTaken ? error.final : error
        }
        return reception
      }
      if let failure = reception.failure { throw failure }
      try reception.body.withUnsafeBytes { try take($0) }
      defer { reception.take = nil }
      return reception.head
    }
  }

  private func send(
    _ request: ClusterRequest, to reception: Reception
  ) throws(ClusterError) {
    if isStopped() { throw ClusterConnection.stopped }
    var body = request.rows ?? Array(request.sql.utf8)
    var headers = ["Expect:", "Content-Type: application/octet-stream", "User-Agent: errata"]
    if packs, body.count > 1024, let packed = gzipped(body) {
      body = packed
      headers.append("Content-Encoding: gzip")
    }
    var post = Post(
      "\(address.root)?\(request.parameters(address, packs: packs))", headers: headers, body: body)
    post.user = credentials.user ?? address.user ?? credentials.password.map { _ in "default" }
    post.password = credentials.password
    post.authorities = credentials.authorities
    post.isOnce = request.rows != nil
    post.kept = AnswerHead.ofClickHouse
    (post.connectTime, post.totalTime) = (connectTime, totalTime)
    connection.isStopped = isStopped
    let answer = connection.send(post, to: reception)
    received += answer.received
    reception.head = answer.head
    if let error = failure(answer, reception.body) { throw error }
  }

  /// Waits, unless someone wants it to end.
  package func rest(
    _ milliseconds: Int64, unless isOver: () -> Bool = { false }
  ) throws(ClusterError) {
    guard Persistence.rest(milliseconds, unless: isOver, isStopped: isStopped) else {
      throw ClusterConnection.stopped
    }
  }

  private static let stopped = ClusterError(.stopped, "it was interrupted")

  /// Why there is no answer; nil where there is one.
  private func failure(_ answer: PostAnswer, _ body: [UInt8]) -> ClusterError? {
    if answer.head.isRefusal, answer.isWhole || !body.isEmpty {
      return ClusterError(
        refusal: String(decoding: body.prefix(1 << 16), as: UTF8.self),
        status: answer.status, head: answer.head, address: address)
    }
    if answer.isWhole, answer.status == 200 { return nil }
    if answer.transfer.end == .whole, answer.status != 200 {
      return ClusterError(
        .status(answer.status), "\(address.root) answers with status \(answer.status)",
        hint: .text("Name the server itself, where it listens for HTTP."))
    }
    var transfer = answer.transfer
    if transfer.end == .whole { transfer.words = "its end is missing" }
    return ClusterError(transfer, address)
  }
}
