internal import Rendering

/// Why there is no page: what is wrong with the address, and where to go instead.
struct PageFault: Error {
  var status: Int
  var message: String
  var detail: String?
  var link: Link?

  init(_ status: Int, _ message: String, _ detail: String? = nil, link: Link? = nil) {
    self.status = status
    self.message = message
    self.detail = detail
    self.link = link
  }
}
