/// What a reader asks the site for.
package struct PageRequest: Sendable {
  /// Percent-decoded, from the site's root: `/`, `/incidents`, `/vendors/zof.json`.
  package var path: String
  /// Percent-decoded, in the order of the address.
  package var parameters: [(name: String, value: String)]
  /// What stands in front of every path of this site, such as a token: empty or `/…`, without a
  /// slash at its end. Links within the site begin with it.
  package var root: String

  package init(path: String, parameters: [(name: String, value: String)], root: String) {
    self.path = path
    self.parameters = parameters
    self.root = root
  }
}
