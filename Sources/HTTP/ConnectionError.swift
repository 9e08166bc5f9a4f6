/// Why there can be no connection to anyone.
package enum ConnectionError: Error, Sendable {
  /// libcurl cannot be loaded, with the loader's words.
  case noLibrary(String)
  case noMemory

  package var words: String {
    switch self {
    case .noLibrary(let why): "libcurl, which sends it, cannot be loaded: \(why)"
    case .noMemory: "there is no memory for a connection"
    }
  }

  package var hint: String? {
    switch self {
    case .noLibrary: "On Debian and Ubuntu it is the package libcurl4."
    case .noMemory: nil
    }
  }
}
