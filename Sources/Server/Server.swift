internal import CMicrohttpd
internal import Files
internal import Glibc
internal import Threads

/// Answers to HTTP on loopback, for whoever knows the token: reading only, within limits, safe whatever is
/// asked. <https://www.gnu.org/software/libmicrohttpd/manual/libmicrohttpd.html>
///
/// One thread talks to all clients and never waits for one; others make the answers.
package final class Server {
  /// Makes an answer, on a thread of its own.
  package typealias Maker = @Sendable (Request) -> Response

  package var port: Int { listener.port }
  private let gate: Gate
  private let limits: Limits
  private let site: Maker
  private let open: [String: Maker]
  private let makers: Crew
  /// What needs no token is small, and is not kept waiting by pages.
  private let openMakers: Crew
  private let outbox: Outbox
  private var listener: Listener
  private var daemon: OpaquePointer?
  private var peers: [ObjectIdentifier: Peer] = [:]
  /// When connections are accepted again, after there were no descriptors left for one.
  private var pause = ContinuousClock.now
  private var isEnding = false

  /// Listens from now on; answers once it runs.
  ///
  /// - Parameters:
  ///   - port: 0 for one that is free.
  ///   - site: what is behind the token.
  ///   - open: what needs none, by its path.
  package init(
    port: Int, token: Token, advice: Advice, limits: Limits = Limits(), site: @escaping Maker,
    open: [String: Maker] = [:]
  ) throws(ServerError) {
    if let why = errata_http_load() { throw .noLibrary(String(cString: why)) }
    listener = try Listener(port: port)
    guard let outbox = Outbox(), let makers = Crew(threads: limits.threads),
      let openMakers = Crew(threads: 1)
    else { throw .noResources }
    self.outbox = outbox
    gate = Gate(
      port: listener.port, token: token, open: Set(open.keys), limits: limits, advice: advice)
    self.limits = limits
    self.site = site
    self.open = open
    self.makers = makers
    self.openMakers = openMakers
    daemon = errata_http_start(
      Server.calls(of: self), limits.memory, UInt32(clamping: limits.connections))
    if daemon == nil { throw .noResources }
  }

  deinit {
    listener.end()
    makers.end()
    openMakers.end()
    // With a request that is still being answered it cannot be taken down.
    if let daemon, !peers.values.contains(where: { $0.doing == .waiting }) {
      MHD_stop_daemon(daemon)
    }
  }

  /// Answers until a descriptor becomes readable, and then what is in flight.
  package func run(until stop: Int32) {
    guard let daemon else { return }
    let clock = errata_http_descriptor(daemon)
    var end = ContinuousClock.Instant.now
    while true {
      var waited = [
        pollfd(fd: clock, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isEnding ? -1 : stop, events: Int16(POLLIN), revents: 0),
        pollfd(fd: outbox.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      let hasRoom = peers.count < limits.connections && pause <= .now
      if hasRoom {
        waited += listener.descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      }
      poll(&waited, nfds_t(waited.count), patience)
      if waited[1].revents != 0 {
        isEnding = true
        end = .now + limits.ending
        listener.end()
      }
      if hasRoom { acceptAll() }
      sendMade()
      MHD_run(daemon)
      endLate()
      if isEnding, !isBusy || end <= .now { return }
    }
  }

  private var isBusy: Bool { peers.values.contains { $0.doing != .asking } }

  /// For how many milliseconds there is nothing to do unless something comes.
  private var patience: Int32 {
    var next = UInt64(pause > .now ? 100 : isEnding ? 50 : 60_000)
    var own: UInt64 = 0
    if let daemon, MHD_get_timeout(daemon, &own) == .YES { next = min(next, own) }
    let now = ContinuousClock.now
    for peer in peers.values {
      let left = max(peer.deadline(limits) - now, .zero).components
      next = min(
        next, UInt64(left.seconds) * 1000 + UInt64(left.attoseconds / 1_000_000_000_000_000) + 1)
    }
    return Int32(clamping: next)
  }

  private func acceptAll() {
    guard let daemon else { return }
    for descriptor in listener.descriptors {
      while peers.count < limits.connections {
        do {
          guard let socket = try Listener.accept(descriptor) else { break }
          // What is no connection to it is closed by it.
          MHD_add_connection(daemon, socket, nil, 0)
        } catch {
          pause = .now + .milliseconds(100)
          return
        }
      }
    }
  }

  /// Ends connections of clients that are slower than any has a reason to be, and tells those who wait
  /// for too long.
  private func endLate() {
    let now = ContinuousClock.now
    for peer in peers.values {
      let isLate = peer.deadline(limits) <= now
      if peer.doing == .waiting {
        if isLate { peer.exchange?.goOn(with: .tooSlow) }
      } else if isLate || (isEnding && peer.doing == .asking) {
        shutdown(peer.socket, Int32(SHUT_RDWR))
      }
    }
  }

  private func sendMade() {
    for (exchange, response) in outbox.take() { exchange.goOn(with: response) }
  }
}

// What the library calls while it runs.
extension Server {
  private static func calls(of server: Server) -> errata_http_calls {
    errata_http_calls(
      context: Unmanaged.passUnretained(server).toOpaque(),
      connected: { context, connection, own, moment in
        guard let server = Server.of(context), let connection, let own else { return }
        server.connected(connection, own, begins: moment == .CONNECTION_NOTIFY_STARTED)
      },
      begun: { context, target, _ in
        guard let server = Server.of(context) else { return nil }
        let exchange = Exchange(target: target, most: server.limits.requestLine)
        return Unmanaged.passRetained(exchange).toOpaque()
      },
      ready: { context, connection, _, method, version, _, _, own in
        guard let server = Server.of(context), let connection, let method, let version,
          let exchange = own?.pointee.map({
            Unmanaged<Exchange>.fromOpaque($0).takeUnretainedValue()
          })
        else { return .NO }
        return server.answer(exchange, on: connection, method, version)
      },
      ended: { _, connection, own, _ in
        if let exchange = own?.pointee { Unmanaged<Exchange>.fromOpaque(exchange).release() }
        own?.pointee = nil
        let peer = connection.flatMap { Server.peer(of: $0) }
        peer?.begin(.asking)
        peer?.exchange = nil
      })
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> Server? {
    context.map { Unmanaged<Server>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func peer(of connection: OpaquePointer) -> Peer? {
    errata_http_peer(connection).map { Unmanaged<Peer>.fromOpaque($0).takeUnretainedValue() }
  }

  private func connected(
    _ connection: OpaquePointer, _ own: UnsafeMutablePointer<UnsafeMutableRawPointer?>,
    begins: Bool
  ) {
    if begins {
      let peer = Peer(socket: errata_http_socket(connection))
      peers[ObjectIdentifier(peer)] = peer
      own.pointee = Unmanaged.passUnretained(peer).toOpaque()
    } else if let peer = own.pointee.map({ Unmanaged<Peer>.fromOpaque($0).takeUnretainedValue() }) {
      own.pointee = nil
      peers[ObjectIdentifier(peer)] = nil
    }
  }

  /// Refuses a request, or has its answer made, or sends that.
  ///
  /// The library asks once the head is there, and takes an answer it gets then for the last one of the
  /// connection; it asks again once it is sure that no body follows, and when the connection goes on.
  private func answer(
    _ exchange: Exchange, on connection: OpaquePointer, _ method: UnsafePointer<CChar>,
    _ version: UnsafePointer<CChar>
  ) -> MHD_Result {
    if let response = exchange.response { return send(response, on: connection) }
    if let request = exchange.admitted {
      make(request, exchange, connection)
      return .YES
    }
    switch gate.verdict(on: Head(of: connection, exchange, method: method, version: version)) {
    case .refused(let response): return send(response, on: connection)
    case .admitted(let request): exchange.admitted = request
    }
    return .YES
  }

  /// Has an answer made, while the connection rests.
  private func make(_ request: Request, _ exchange: Exchange, _ connection: OpaquePointer) {
    let peer = Server.peer(of: connection)
    peer?.begin(.waiting)
    peer?.exchange = exchange
    exchange.rest(connection)
    let isOpen = request.root.isEmpty
    let maker = isOpen ? open[request.path] ?? site : site
    let latest = ContinuousClock.now + limits.waiting
    (isOpen ? openMakers : makers).hand { [outbox] in
      outbox.put(latest < .now ? .busy : maker(request), for: exchange)
    }
  }

  private func send(_ response: Response, on connection: OpaquePointer) -> MHD_Result {
    Server.peer(of: connection)?.begin(.reading)
    let made = response.body.withUnsafeBytes { body in
      MHD_create_response_from_buffer(
        body.count, UnsafeMutableRawPointer(mutating: body.baseAddress), .RESPMEM_MUST_COPY)
    }
    guard let made else { return .NO }
    defer { MHD_destroy_response(made) }
    for (name, value) in [("Content-Type", response.type)] + Response.safety + response.headers {
      MHD_add_response_header(made, name, value)
    }
    if isEnding { MHD_add_response_header(made, "Connection", "close") }
    return MHD_queue_response(connection, UInt32(clamping: response.status), made)
  }
}
