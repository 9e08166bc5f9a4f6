/// The head of a request, as it came.
struct Head: Sendable {
  var method: String
  /// As much of it as a request line may have, and one byte more of a longer one.
  var target: [UInt8]
  /// Names in lower case.
  var headers: [(name: String, value: String)] = []
  var headerBytes = 0
  /// Whether each line ends with CR LF and is one header, and there is nothing between what was read of
  /// them. The library takes LF alone for the end of a line, joins lines that begin with a space, and
  /// cuts at a zero.
  var isExact = true

  func values(of name: String) -> [String] {
    headers.filter { $0.name == name }.map(\.value)
  }
}
