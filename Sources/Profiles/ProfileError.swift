internal import Files
internal import JSON

/// A profile that cannot be used: what is wrong, where, and what would be right.
package struct ProfileError: Error, Sendable {
  package var file: String
  /// The member at fault as a path, such as `errors[3].kind`; empty for the file as a whole.
  package var key: String
  package var message: String
  /// What may have been meant by `word`.
  package var word = ""
  package var known: [String] = []
  /// From 1; columns are bytes. Nil where only the file is known.
  var place: TextPlace?

  package init(file: String, key: String = "", message: String) {
    self.file = file
    self.key = key
    self.message = message
  }

  /// `FILE:LINE:COLUMN: KEY: MESSAGE`, as far as that is known.
  package var sentence: String {
    let at = place.map { ":\($0.line):\($0.column)" } ?? ""
    return "\(file)\(at): \(key.isEmpty ? "" : key + ": ")\(message)"
  }

  /// With the place that the key has in the file's text.
  func placed(in text: Bytes) -> ProfileError {
    var error = self
    error.place = error.place ?? JSONText(text).place(of: key)
    return error
  }
}
