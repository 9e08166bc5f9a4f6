/// How many lines of a log were rejected for one reason.
package struct RejectCount: Sendable {
  package var path: String
  /// Nil of those that are not kept one by one.
  package var reason: String?
  package var rejects: Int64

  package init(path: String, reason: String?, rejects: Int64) {
    self.path = path
    self.reason = reason
    self.rejects = rejects
  }
}
