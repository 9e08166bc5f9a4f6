/// What a reader gets: a whole page or file.
package struct Page: Sendable {
  /// As HTTP has it: 200, 400, 404, 503.
  package var status: Int
  /// Such as `text/html; charset=utf-8`.
  package var type: String
  package var body: [UInt8]

  package init(status: Int, type: String, body: [UInt8]) {
    self.status = status
    self.type = type
    self.body = body
  }
}
