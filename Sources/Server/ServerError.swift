package import Files
internal import Glibc

/// Why there is no server.
package enum ServerError: Error, Equatable {
  /// Another program listens there.
  case portInUse(Int)
  /// This user may not listen there.
  case portForbidden(Int)
  /// No port is free on both addresses.
  case noPort
  /// The machine has no loopback, or the system does not let anybody listen.
  case noSocket(SystemError)
  /// There is no memory, no thread or no descriptor for it.
  case noResources
  /// What speaks HTTP cannot be loaded, and why.
  case noLibrary(String)

  init(_ error: SystemError, port: Int) {
    switch error.code {
    case EADDRINUSE: self = port == 0 ? .noPort : .portInUse(port)
    case EACCES where port != 0: self = .portForbidden(port)
    default: self = .noSocket(error)
    }
  }

  package var message: String {
    switch self {
    case .portInUse(let port): "port \(port) is in use on this machine"
    case .portForbidden(let port): "port \(port) may not be used by this user"
    case .noPort: "no port of this machine is free"
    case .noSocket(let error): "this machine cannot be listened on at 127.0.0.1 or ::1: \(error)"
    case .noResources: "there are not enough memory, threads or descriptors for a server"
    case .noLibrary(let why): "libmicrohttpd, which serves pages, cannot be loaded: \(why)"
    }
  }
}
