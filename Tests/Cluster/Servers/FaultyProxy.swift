import Foundation
import Glibc

/// Stands between a client and a server, and does to connections what networks do.
final class FaultyProxy: @unchecked Sendable {
  /// What happens to a connection.
  struct Fault {
    /// So many bytes of requests are passed on, then it ends; nil for all.
    var request: Int?
    /// So many bytes of answers.
    var answer: Int?
    /// Whether it ends with a reset, and not in order.
    var isReset = false
    /// Milliseconds before anything is passed on.
    var delay = 0
    /// What is answered in the server's stead.
    var words: String?
  }

  let port: Int
  private let listener: Int32
  private let target: Int
  private let lock = NSLock()
  private var fault: (Int) -> Fault
  private var count = 0

  /// - Parameter fault: what happens to the connection of a number, from 0 on.
  init(to target: Int, fault: @escaping (Int) -> Fault) throws {
    (listener, port) = try listeningSocket()
    self.target = target
    self.fault = fault
    Thread.detachNewThread { self.listen() }
  }

  /// How many connections there were.
  var connections: Int { lock.withLock { count } }

  private func listen() {
    while true {
      let client = accept(listener, nil, nil)
      guard client >= 0 else { return }
      let fault = lock.withLock {
        defer { count += 1 }
        return self.fault(count)
      }
      Thread.detachNewThread { self.serve(client, fault) }
    }
  }

  private func serve(_ client: Int32, _ fault: Fault) {
    if fault.delay > 0 { usleep(UInt32(fault.delay) * 1000) }
    if let words = fault.words {
      // The whole request is taken first, or the client's own words would be lost.
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      _ = read(client, &buffer, buffer.count)
      _ = write(client, words, words.utf8.count)
      return end(client, isReset: false)
    }
    let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(port: target)
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    if isConnected { pass(client, server, fault) }
    close(server)
    end(client, isReset: fault.isReset)
  }

  private func pass(_ client: Int32, _ server: Int32, _ fault: Fault) {
    var left = (request: fault.request ?? .max, answer: fault.answer ?? .max)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var ends = [
        pollfd(fd: client, events: Int16(POLLIN), revents: 0),
        pollfd(fd: server, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&ends, 2, -1) > 0 else { return }
      if ends[0].revents != 0 {
        let count = read(client, &buffer, min(buffer.count, max(left.request, 1)))
        guard count > 0, left.request > 0, write(server, buffer, count) == count else { return }
        left.request -= count
      }
      if ends[1].revents != 0 {
        let count = read(server, &buffer, min(buffer.count, max(left.answer, 1)))
        guard count > 0, left.answer > 0, write(client, buffer, count) == count else { return }
        left.answer -= count
      }
    }
  }

  private func end(_ client: Int32, isReset: Bool) {
    if isReset {
      // Nothing that is not sent yet is kept: https://man7.org/linux/man-pages/man7/socket.7.html
      var linger = linger(l_onoff: 1, l_linger: 0)
      setsockopt(
        client, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }
    close(client)
  }
}
