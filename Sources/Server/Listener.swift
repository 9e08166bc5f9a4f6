internal import CMicrohttpd
internal import Files
internal import Glibc

/// Sockets that listen on both addresses of loopback, at the same port.
struct Listener {
  let port: Int
  private(set) var descriptors: [Int32]

  /// - Parameter port: 0 for one that is free.
  init(port: Int) throws(ServerError) {
    // A port that is free on one address may be taken on the other.
    for _ in 0..<(port == 0 ? 32 : 1) {
      let first = Listener.open(AF_INET, port)
      switch first {
      case .success(let four):
        let own = Listener.port(of: four)
        switch Listener.open(AF_INET6, own) {
        case .success(let six):
          (self.port, descriptors) = (own, [four, six])
          return
        case .failure(let error) where error.isMissing:
          (self.port, descriptors) = (own, [four])
          return
        case .failure(let error):
          close(four)
          if port != 0 || error.code != EADDRINUSE { throw ServerError(error, port: port) }
        }
      case .failure(let error) where error.isMissing:
        switch Listener.open(AF_INET6, port) {
        case .success(let six):
          (self.port, descriptors) = (Listener.port(of: six), [six])
          return
        case .failure(let error): throw ServerError(error, port: port)
        }
      case .failure(let error): throw ServerError(error, port: port)
      }
    }
    throw .noPort
  }

  /// Takes no more connections.
  mutating func end() {
    for descriptor in descriptors { close(descriptor) }
    descriptors = []
  }

  /// The next connection that waits, to be used without waiting; nil where none does.
  static func accept(_ descriptor: Int32) throws(SystemError) -> Int32? {
    while true {
      let socket = errata_http_accept(descriptor)
      if socket >= 0 { return socket }
      switch errno {
      case EINTR, ECONNABORTED: continue
      case EAGAIN: return nil
      default: throw .last
      }
    }
  }

  private static func open(_ family: Int32, _ port: Int) -> Result<Int32, SystemError> {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let descriptor = socket(family, type, 0)
    guard descriptor >= 0 else { return .failure(.last) }
    var on: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    // What another server left to be forgotten does not keep this one from its port.
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, size)
    let isBound: Bool
    if family == AF_INET6 {
      setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &on, size)
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = in_port_t(port).bigEndian
      address.sin6_addr = in6addr_loopback
      isBound = bind(descriptor, to: &address)
    } else {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = in_port_t(port).bigEndian
      address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
      isBound = bind(descriptor, to: &address)
    }
    guard isBound, listen(descriptor, SOMAXCONN) == 0 else {
      let error = SystemError.last
      close(descriptor)
      return .failure(error)
    }
    return .success(descriptor)
  }

  private static func bind<Address>(_ descriptor: Int32, to address: inout Address) -> Bool {
    withUnsafeBytes(of: &address) { bytes in
      let start = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
      return Glibc.bind(descriptor, start, socklen_t(bytes.count)) == 0
    }
  }

  private static func port(of descriptor: Int32) -> Int {
    var address = sockaddr_in6()
    var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
    _ = withUnsafeMutableBytes(of: &address) { bytes in
      getsockname(descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), &size)
    }
    // The port stands at the same place in both sorts of addresses.
    return Int(in_port_t(bigEndian: address.sin6_port))
  }
}

extension SystemError {
  /// Whether the machine has no such address.
  fileprivate var isMissing: Bool {
    [EAFNOSUPPORT, EADDRNOTAVAIL, EPROTONOSUPPORT].contains(code)
  }
}
