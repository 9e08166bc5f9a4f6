internal import CCurl
internal import Glibc

/// A connection that is kept from request to request, for one thread at a time.
package final class HTTPConnection {
  private let handle: OpaquePointer
  /// Whether someone wants it to end.
  package var isStopped: @Sendable () -> Bool = { false }

  package init() throws(ConnectionError) {
    if let why = errata_curl_load() { throw .noLibrary(String(cString: why)) }
    guard let handle = errata_curl_create() else { throw .noMemory }
    self.handle = handle
  }

  deinit { errata_curl_destroy(handle) }

  /// Sends a body and waits for the answer.
  ///
  /// - Parameter receiver: takes the answer's body; without one the answer has it.
  package func send(_ post: Post, to receiver: (any BodyReceiver)? = nil) -> PostAnswer {
    let reception = Reception(post, receiver, isStopped: isStopped)
    var request = errata_curl_request()
    request.connect_ms = post.connectTime
    request.total_ms = post.totalTime
    request.is_once = post.isOnce ? 1 : 0
    request.is_direct = post.isDirect ? 1 : 0
    request.context = Unmanaged.passUnretained(reception).toOpaque()
    request.body_part = { context, bytes, size in
      guard let context, let bytes else { return 0 }
      let reception = Unmanaged<Reception>.fromOpaque(context).takeUnretainedValue()
      return reception.add(UnsafeRawBufferPointer(start: bytes, count: size)) ? size : 0
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
    let texts = CTexts([post.url, post.user, post.password, post.authorities])
    let lines = CTexts(post.headers + [nil])
    (request.url, request.user) = (texts[0], texts[1])
    (request.password, request.authorities) = (texts[2], texts[3])
    let outcome = withExtendedLifetime((reception, texts)) {
      lines.withPointers { lines in
        post.body.withUnsafeBytes { body in
          request.headers = lines
          request.body = body.baseAddress
          request.body_size = body.count
          return errata_curl_post(handle, &request)
        }
      }
    }
    return PostAnswer(
      transfer: Transfer(outcome), status: outcome.status, head: reception.head,
      body: reception.body, received: Int64(outcome.received))
  }
}

/// Takes the body of an answer as it comes.
package protocol BodyReceiver: AnyObject {
  /// Returns whether the rest is wanted.
  func add(_ part: UnsafeRawBufferPointer, below head: AnswerHead) -> Bool
}

/// What has come of an answer.
private final class Reception {
  var head: AnswerHead
  private(set) var body: [UInt8] = []
  private let receiver: (any BodyReceiver)?
  private let most: Int
  let isStopped: @Sendable () -> Bool

  init(
    _ post: Post, _ receiver: (any BodyReceiver)?, isStopped: @escaping @Sendable () -> Bool
  ) {
    head = AnswerHead(keeping: post.kept)
    most = post.mostBytes
    self.receiver = receiver
    self.isStopped = isStopped
  }

  /// Returns whether the rest is wanted.
  func add(_ part: UnsafeRawBufferPointer) -> Bool {
    if let receiver { return receiver.add(part, below: head) }
    if body.count + part.count > most { return false }
    body.append(contentsOf: part)
    return true
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
