internal import CCurl
internal import Files
internal import Glibc

/// A connection to one server of a cluster, over ClickHouse's HTTP interface
/// (<https://clickhouse.com/docs/interfaces/http>). It belongs to one thread.
package final class ClusterConnection {
  package let address: ClusterAddress
  private let credentials: Credentials
  private let handle: OpaquePointer
  /// Milliseconds within which it must be connected, and done.
  package var connectTime = 10_000
  package var totalTime = 300_000
  /// How long a request is tried again that may go well later, in milliseconds.
  package var patience = Patience.reader
  /// Whether someone wants it to end.
  package var isStopped: @Sendable () -> Bool = { false }
  /// How many bytes of answers came, as they were sent.
  private(set) var received: Int64 = 0
  /// Called before a request is tried again, with what went wrong and the milliseconds until then.
  package var onRetry: (ClusterError, Int64) -> Void = { _, _ in }

  package init(_ address: ClusterAddress, _ credentials: Credentials) throws(ClusterError) {
    guard let handle = errata_curl_create() else {
      throw ClusterError(
        .own, "libcurl is not installed, or there is no memory",
        hint: .text("On Debian and Ubuntu it is the package libcurl4."))
    }
    self.handle = handle
    self.address = address
    self.credentials = credentials
  }

  deinit { errata_curl_destroy(handle) }

  /// Asks, again and again while patience lasts and what went wrong may pass. Only for what may be
  /// done twice.
  package func ask(_ request: ClusterRequest) throws(ClusterError) -> [UInt8] {
    try insist { () throws(ClusterError) in try askOnce(request) }
  }

  /// Does some work, again and again while patience lasts and what went wrong may pass.
  func insist<Result>(
    _ work: () throws(ClusterError) -> Result
  ) throws(ClusterError) -> Result {
    var backoff = Backoff()
    let start = ClusterConnection.milliseconds
    while true {
      do throws(ClusterError) {
        return try work()
      } catch {
        guard error.isPassing else { throw error }
        let wait = backoff.wait(asked: error.retryAfter)
        let spent = ClusterConnection.milliseconds - start
        guard wait < patience - spent else { throw error }
        onRetry(error, wait)
        try rest(wait)
      }
    }
  }

  /// Asks once.
  package func askOnce(_ request: ClusterRequest) throws(ClusterError) -> [UInt8] {
    let reception = Reception(most: request.mostBytes, isStopped: isStopped)
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
        let reception = Reception(most: .max, isStopped: isStopped, take: take)
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
    if body.count > 1024, let packed = gzipped(body) {
      body = packed
      headers.append("Content-Encoding: gzip")
    }
    let outcome = post(
      "\(address.root)?\(request.parameters(address))", headers, body, isOnce: request.rows != nil,
      reception)
    received += Int64(outcome.received)
    if let error = failure(outcome, reception) { throw error }
  }

  /// Waits, unless someone wants it to end.
  package func rest(
    _ milliseconds: Int64, unless isOver: () -> Bool = { false }
  ) throws(ClusterError) {
    let end = ClusterConnection.milliseconds + milliseconds
    while ClusterConnection.milliseconds < end, !isOver() {
      if isStopped() { throw ClusterConnection.stopped }
      usleep(20_000)
    }
  }

  private static let stopped = ClusterError(.stopped, "it was interrupted")

  /// Of a clock that only goes forward.
  private static var milliseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  // MARK: One request

  private func post(
    _ url: String, _ headers: [String], _ body: [UInt8], isOnce: Bool, _ reception: Reception
  ) -> errata_curl_outcome {
    var request = errata_curl_request()
    request.connect_ms = connectTime
    request.total_ms = totalTime
    request.is_once = isOnce ? 1 : 0
    request.context = Unmanaged.passUnretained(reception).toOpaque()
    request.body_part = { context, bytes, size in
      guard let context, let bytes else { return 0 }
      let reception = Unmanaged<Reception>.fromOpaque(context).takeUnretainedValue()
      let part = UnsafeRawBufferPointer(start: bytes, count: size)
      return reception.add(part) ? size : 0
    }
    request.head_line = { context, bytes, size in
      guard let context, let bytes else { return 0 }
      let reception = Unmanaged<Reception>.fromOpaque(context).takeUnretainedValue()
      let line = UnsafeRawBufferPointer(start: bytes, count: size)
      reception.head.add(
        line: line.assumingMemoryBound(to: UInt8.self), now: Int64(time(nil)) * 1000)
      return size
    }
    request.is_over = { context in
      guard let context else { return 0 }
      return Unmanaged<Reception>.fromOpaque(context).takeUnretainedValue().isStopped() ? 1 : 0
    }
    let user = credentials.user ?? address.user ?? credentials.password.map { _ in "default" }
    let texts = CTexts([url, user, credentials.password, credentials.authorities])
    let lines = CTexts(headers + [nil])
    (request.url, request.user) = (texts[0], texts[1])
    (request.password, request.authorities) = (texts[2], texts[3])
    return withExtendedLifetime((reception, texts)) {
      lines.withPointers { lines in
        body.withUnsafeBytes { body in
          request.headers = lines
          request.body = body.baseAddress
          request.body_size = body.count
          return errata_curl_post(handle, &request)
        }
      }
    }
  }

  /// Why there is no answer; nil where there is one.
  private func failure(
    _ outcome: errata_curl_outcome, _ reception: Reception
  ) -> ClusterError? {
    let isWhole = outcome.code == 0 && reception.head.isWhole && reception.head.tellsEnd
    if reception.head.isRefusal, isWhole || !reception.body.isEmpty {
      return ClusterError(
        refusal: String(decoding: reception.body.prefix(1 << 16), as: UTF8.self),
        status: Int(outcome.status), head: reception.head, address: address)
    }
    if isWhole, outcome.status == 200 { return nil }
    if outcome.code == 0, outcome.status != 200 {
      return ClusterError(
        .status(Int(outcome.status)), "\(address.root) answers with status \(outcome.status)",
        hint: .text("Name the server itself, where it listens for HTTP."))
    }
    let words =
      outcome.code == 0
      ? "its end is missing"
      : withUnsafeBytes(of: outcome.words) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
    return ClusterError(
      Transfer(code: outcome.code, isUnsent: outcome.is_unsent != 0, words: words), address)
  }
}

/// Texts as C has them, for as long as this lives.
private final class CTexts {
  private let pointers: [UnsafeMutablePointer<CChar>?]

  init(_ texts: [String?]) {
    pointers = texts.map { $0.flatMap { strdup($0) } }
  }

  deinit { for pointer in pointers { free(pointer) } }

  subscript(place: Int) -> UnsafePointer<CChar>? { pointers[place].map { UnsafePointer($0) } }

  func withPointers<Result>(
    _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
  ) -> Result {
    pointers.map { $0.map { UnsafePointer($0) } }.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
