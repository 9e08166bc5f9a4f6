import Foundation
import Glibc

/// A server of HTTP that answers one connection after the other as it is told, and remembers what it was
/// asked.
final class OddServer: @unchecked Sendable {
  /// What happens to a connection once the whole request was read.
  enum Act {
    case answer(String)
    /// So many bytes behind a head that says 200.
    case huge(Int)
    /// A head that never ends.
    case endlessHead
    case reset, close
    /// Nothing for so many milliseconds, then nothing more.
    case hang(Int)
    /// Reset before anything is read.
    case deaf
  }

  let port: Int
  private let listener: Int32
  private let lock = NSLock()
  private var acts: [Act]
  private var taken: [String] = []

  /// - Parameter acts: one a connection; the last one goes on.
  init(_ acts: Act...) throws {
    self.acts = acts
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.listener = listener
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let found = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 64) == 0
          && getsockname(listener, $0, &size) == 0
      }
    }
    guard found else { throw POSIXError(.EADDRNOTAVAIL) }
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread { self.serveAll() }
  }

  private func serveAll() {
    while true {
      let client = accept(listener, nil, nil)
      guard client >= 0 else { return }
      serve(client, next())
    }
  }

  /// The requests so far, each with its head and its body.
  var requests: [String] { lock.withLock { taken } }

  /// Puts something among the requests.
  func note(_ text: String) { lock.withLock { taken.append(text) } }

  private func next() -> Act {
    lock.withLock { acts.count > 1 ? acts.removeFirst() : acts[0] }
  }

  private func serve(_ client: Int32, _ act: Act) {
    if case .deaf = act { return end(client, isReset: true) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while !isWhole(bytes) {
      let count = read(client, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    lock.withLock { taken.append(String(decoding: bytes, as: UTF8.self)) }
    switch act {
    case .answer(let text): say(text.replacingOccurrences(of: "\n", with: "\r\n"), to: client)
    case .huge(let size):
      say("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n", to: client)
      let chunk = String(repeating: "x", count: 1 << 16)
      for _ in 0..<(size >> 16) where say(chunk, to: client) < 0 { break }
    case .endlessHead:
      say("HTTP/1.1 200 OK\r\n", to: client)
      while say("X-More: \(String(repeating: "x", count: 1000))\r\n", to: client) >= 0 {}
    case .hang(let time): usleep(UInt32(time) * 1000)
    case .reset: return end(client, isReset: true)
    case .close, .deaf: break
    }
    end(client, isReset: false)
  }

  private func isWhole(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let head = text.range(of: "\r\n\r\n") else { return false }
    let size = text[..<head.lowerBound].lowercased().components(separatedBy: "content-length: ")
      .dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) }
    return text[head.upperBound...].utf8.count >= size ?? 0
  }

  @discardableResult
  private func say(_ text: String, to client: Int32) -> Int {
    send(client, text, text.utf8.count, Int32(MSG_NOSIGNAL))
  }

  private func end(_ client: Int32, isReset: Bool) {
    if isReset {
      var linger = linger(l_onoff: 1, l_linger: 0)
      setsockopt(
        client, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }
    close(client)
  }
}
