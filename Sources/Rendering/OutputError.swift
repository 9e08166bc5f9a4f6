internal import Files
internal import Glibc

/// A failed write: where to, and the system's error number.
package struct OutputError: Error, Equatable, CustomStringConvertible {
  package let name: String
  package let code: Int32
  /// The folder that takes no new file, where the file itself could be written.
  package let folder: String?

  package init(name: String, code: Int32, folder: String? = nil) {
    self.name = name
    self.code = code
    self.folder = folder
  }

  package var description: String {
    let reason = SystemError(code).description
    guard let folder else { return "cannot write to \(name): \(reason)" }
    return
      "cannot write to \(name): \(reason): it is replaced as a whole, and its folder \(folder) "
      + "takes no new file"
  }
}
