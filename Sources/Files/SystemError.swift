internal import Glibc

/// What the operating system did not do, by its number: <https://man7.org/linux/man-pages/man3/errno.3.html>.
package struct SystemError: Error, Equatable, CustomStringConvertible {
  package let code: Int32

  package init(_ code: Int32) { self.code = code }

  /// The one that a call has just left.
  package static var last: SystemError { SystemError(errno) }

  package var description: String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
