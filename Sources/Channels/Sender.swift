internal import HTTP

/// Brings messages to channels, each whole or not at all: again and again for a while where that may
/// help, and no longer.
package struct Sender: Sendable {
  /// Milliseconds that one message may take, with all that is tried again.
  package var patience: Int64 = 30_000
  /// Milliseconds that one try may take.
  package var tryTime = 15_000
  /// A file of certificates to trust in place of the system's.
  package var authorities: String?
  /// What was said of how it is sent: as HTTP names a program.
  package var agent = "errata"
  /// Folders in which the system's program for mail is looked for.
  package var folders: [String] = []
  /// Called with what is not as it should be, and what to do about it.
  package var warn: @Sendable (String, String) -> Void = { _, _ in }
  /// Called before a message is tried a second time, with what went wrong.
  package var onRetry: @Sendable (ChannelError) -> Void = { _ in }
  /// Whether someone wants it to end.
  package var isStopped: @Sendable () -> Bool = { false }

  package init() {}

  /// Finds out what would stand in the way of a channel, before there is anything to tell, and says
  /// where it leads.
  package func look(at channel: Channel) throws(ChannelError) -> Route {
    if channel.sort == .mail { return Route(channel: channel, way: .program(try sendmail())) }
    let address = try WebAddress(file: channel.target, warn: warn)
    // The library is loaded now, and not once a message is on its way.
    _ = try connection()
    return Route(channel: channel, way: .web(address))
  }

  private func connection() throws(ChannelError) -> HTTPConnection {
    do throws(ConnectionError) {
      return try HTTPConnection()
    } catch {
      throw ChannelError(.own, error.words, hint: error.hint)
    }
  }

  /// A channel, and where it leads.
  package struct Route: Sendable {
    package let channel: Channel
    let way: Way

    enum Way: Sendable {
      case web(WebAddress)
      case program(String)
    }

    /// As people are told of it.
    package var words: String {
      switch way {
      case .web(let address): "\(channel.name) (\(address.words))"
      case .program: channel.name
      }
    }
  }

  /// Sends a message.
  ///
  /// - Parameters:
  ///   - body: as its sort of channel wants it: JSON, or a letter.
  ///   - key: by which the other side may know it again.
  ///   - onTry: called right before it may arrive, with true, and before a rest, once it is known that it
  ///     has not, with false.
  package func send(
    _ body: [UInt8], key: String, to route: Route,
    onTry: (Bool) throws(ChannelError) -> Void = { _ in }
  ) throws(ChannelError) {
    var persistence = Persistence(patience)
    var isFirst = true
    while true {
      try onTry(true)
      do throws(ChannelError) {
        switch route.way {
        case .web(let address): return try post(body, key: key, to: address, route)
        case .program(let path): return try mail(body, to: route, with: path)
        }
      } catch {
        guard error.isPassing, error.cause != .doubt || route.channel.knowsKeys,
          let wait = persistence.wait(asked: error.retryAfter)
        else { throw error }
        if isFirst { onRetry(error) }
        isFirst = false
        if error.cause != .doubt { try onTry(false) }
        guard Persistence.rest(wait, isStopped: isStopped) else {
          throw ChannelError(.stopped, of: route.words, "was not told: it was interrupted")
        }
      }
    }
  }

  private func post(
    _ body: [UInt8], key: String, to address: WebAddress, _ route: Route
  ) throws(ChannelError) {
    let connection = try connection()
    connection.isStopped = isStopped
    var post = Post(
      address.secret,
      headers: [
        "Expect:", "Content-Type: application/json; charset=utf-8", "User-Agent: \(agent)",
        // As <https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/> has it.
        "Idempotency-Key: \"\(key)\"",
      ], body: body)
    post.authorities = authorities
    post.isOnce = true
    post.isDirect = address.isLoopback
    post.mostBytes = 1 << 16
    post.connectTime = min(10_000, tryTime)
    post.totalTime = tryTime
    let answer = connection.send(post)
    if let error = ChannelError(answer, route, address) { throw error }
  }
}

extension ChannelError {
  /// Why a message did not arrive; nil where it did.
  fileprivate init?(_ answer: PostAnswer, _ route: Sender.Route, _ address: WebAddress) {
    let place = route.words
    // Whatever comes behind the head of an answer changes nothing of what it says.
    if answer.status >= 200 {
      if answer.status < 300 { return nil }
      let said = ChannelError.words(of: answer, address).map { ": \($0)" } ?? ""
      self.init(
        .refused(answer.status), of: place, "answers with status \(answer.status)\(said)",
        retryAfter: answer.head.retryAfter)
      switch answer.status {
      case 300..<400:
        hint = "It leads elsewhere, and nothing is sent there: write down that address."
      case 401, 403, 404, 410: hint = "The address may have been taken out of use, or is not whole."
      default: break
      }
      return
    }
    let transfer = answer.transfer
    let words =
      transfer.words.isEmpty || address.isTold(by: transfer.words) ? "" : ": \(transfer.words)"
    switch transfer.end {
    case .givenUp:
      self.init(
        transfer.isUnsent ? .stopped : .doubt, of: place, "was not told: it was interrupted")
    case .certificate:
      self.init(
        .certificate, of: place, "cannot be proven to be who it says it is\(words)",
        hint: "Where it has an authority of your own, SSL_CERT_FILE names its certificate.")
    case .unreachable: self.init(.unreachable, of: place, "cannot be reached\(words)")
    case .whole, .timedOut, .broken, .tooLarge:
      let isTime = transfer.end == .timedOut
      self.init(
        transfer.isUnsent ? .unreachable : .doubt, of: place,
        (isTime ? "took too long" : "ended the connection before its answer") + words)
    }
  }

  /// What the other side says of a refusal, where that is a short line, and names nothing of where it is.
  private static func words(of answer: PostAnswer, _ address: WebAddress) -> String? {
    let text = String(decoding: answer.body.prefix(4096), as: UTF8.self)
    if address.isTold(by: text) { return nil }
    let line = text.split(whereSeparator: \.isNewline).first.map { String($0.prefix(200)) } ?? ""
    return line.isEmpty || line.hasPrefix("<") ? nil : line
  }
}
