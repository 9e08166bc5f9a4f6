/// What a client asks for.
package struct Request: Sendable {
  /// Percent-decoded, beginning with a slash: behind the token, where one is needed.
  package var path: String
  /// Percent-decoded, in the order of the address.
  package var parameters: [(name: String, value: String)]
  /// What stood in front of the path: `/` and the token, or nothing.
  package var root: String

  package init(path: String, parameters: [(name: String, value: String)], root: String) {
    self.path = path
    self.parameters = parameters
    self.root = root
  }
}
