import Foundation
import Testing

@testable import Server

/// A server that answers on a thread of its own, until it is let go.
final class RunningServer {
  static let token = Token("0123456789abcdef0123456789abcdef")
  static let advice = Advice(address: "Ask who started it.", longText: "Take less.")
  /// What nobody without the token may see.
  static let secret = "what nobody may see"

  let port: Int
  private let stopEnd: Int32
  private let ended = DispatchSemaphore(value: 0)
  private var isStopped = false

  struct NoToken: Error {}

  init(
    limits: Limits = Limits(),
    site: @escaping Server.Maker = { request in
      RunningServer.page(
        "\(RunningServer.secret) \(request.path) \(request.parameters.map(\.value))")
    },
    open: [String: Server.Maker] = ["/healthz": { _ in RunningServer.page("ok") }]
  ) throws {
    guard let token = Self.token else { throw NoToken() }
    nonisolated(unsafe) let server = try Server(
      port: 0, token: token, advice: Self.advice, limits: limits, site: site, open: open)
    port = server.port
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    stopEnd = ends[1]
    let readEnd = ends[0]
    let ended = ended
    Thread {
      server.run(until: readEnd)
      close(readEnd)
      ended.signal()
    }.start()
  }

  deinit {
    stop()
    close(stopEnd)
  }

  /// Asks it to end; returns once it has.
  func stop() {
    if isStopped { return }
    isStopped = true
    var byte: UInt8 = 0
    write(stopEnd, &byte, 1)
    ended.wait()
  }

  static func page(_ text: String) -> Response {
    Response(status: 200, type: "text/plain", body: Array(text.utf8))
  }

  var host: String { "127.0.0.1:\(port)" }
  var root: String { "/\(Self.token?.text ?? "")" }

  /// A request as a browser writes it, with the token in front of the path.
  func get(_ path: String = "/", method: String = "GET", _ headers: [String] = []) -> String {
    let lines = ["\(method) \(root)\(path) HTTP/1.1", "Host: \(host)"] + headers
    return lines.map { $0 + "\r\n" }.joined() + "\r\n"
  }

  /// The answer to one request on a connection of its own.
  func answer(_ request: String) throws -> Answer? {
    let client = try RawClient(port: port)
    client.send(request)
    return client.answer(toHead: request.hasPrefix("HEAD"))
  }

  /// Whether it still does what it should.
  func expectAlive(_ comment: Comment? = nil) throws {
    let answer = try answer(get("/alive"))
    #expect(answer?.status == 200, comment)
    #expect(answer?.body.contains(Self.secret) == true, comment)
  }
}

extension Answer {
  /// Whether it has every header that makes it safe, each once and as it should be.
  var isSafe: Bool {
    Response.safety.allSatisfy { header($0.name) == $0.value }
      && header("Access-Control-Allow-Origin") == nil
  }
}
