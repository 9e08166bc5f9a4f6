internal import Server

extension ServerError {
  /// What to do about it.
  var hint: String? {
    switch self {
    case .portInUse: "Name another one with --port, or leave it out for one that is free."
    case .portForbidden: "Those below 1024 are the administrator's. Name a higher one with --port."
    case .noPort, .noResources: nil
    case .noLibrary: "On Debian and Ubuntu it is the package libmicrohttpd12."
    case .noSocket: "“ip address show lo” says what the loopback has."
    }
  }
}
