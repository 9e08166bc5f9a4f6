import Foundation

/// A client that writes whatever bytes it is told to.
final class RawClient {
  private let descriptor: Int32
  /// What came and belongs to no answer yet.
  private var rest: [UInt8] = []

  struct Refused: Error {}

  init(port: Int, address: String = "127.0.0.1") throws {
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICHOST
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(address, String(port), &hints, &found) == 0, let found else {
      throw Refused()
    }
    defer { freeaddrinfo(found) }
    descriptor = socket(
      found.pointee.ai_family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard connect(descriptor, found.pointee.ai_addr, found.pointee.ai_addrlen) == 0 else {
      close(descriptor)
      throw Refused()
    }
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit {
    close(descriptor)
  }

  /// False where the server takes no more.
  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// One answer, as far as it came; nil where the connection ended without any.
  func answer(toHead: Bool = false) -> Answer? {
    while true {
      if let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) {
        var answer = Answer(head: String(decoding: rest[..<end.lowerBound], as: UTF8.self))
        let length = toHead ? 0 : answer.header("Content-Length").flatMap { Int($0) } ?? 0
        while rest.count - end.upperBound < length, receive() {}
        let last = min(rest.count, end.upperBound + length)
        answer.body = String(decoding: rest[end.upperBound..<last], as: UTF8.self)
        rest = Array(rest[last...])
        return answer
      }
      guard receive() else { return nil }
    }
  }

  /// Whether the server ends the connection, without anything more.
  func isEnded() -> Bool { !receive() && rest.isEmpty }

  private func receive() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(descriptor, &chunk, chunk.count, 0)
    guard count > 0 else { return false }
    rest += chunk[..<count]
    return true
  }
}

/// What a server answered.
struct Answer {
  var status: Int
  var headers: [(name: String, value: String)]
  var body = ""

  init(head: String) {
    let lines = head.components(separatedBy: "\r\n")
    status = Int(lines[0].split(separator: " ").dropFirst().first ?? "") ?? 0
    headers = lines.dropFirst().map { line in
      let parts = line.split(separator: ":", maxSplits: 1)
      return (
        String(parts.first ?? ""),
        String(parts.last ?? "").trimmingCharacters(in: .whitespaces)
      )
    }
  }

  /// The value of a header that is there once.
  func header(_ name: String) -> String? {
    let values = headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    return values.count == 1 ? values[0] : nil
  }
}
