// Why a request is refused. None of these repeats what was asked.
extension Response {
  static let malformed = Response(
    400, "Not understood", "This is not how a browser writes a request.")
  static let badAddress = Response(
    400, "Not understood", "There can be no page of this address.")
  static let tooManyParameters = Response(
    400, "Not understood", "The address has more parts than any page takes.")
  /// Empty, the link leads to the same address, from this site.
  static let otherSite = Response(
    403, "Opened from elsewhere",
    "Another site led here. To see the page all the same, <a href=\"\">open it from this one</a>.")
  static let noBody = Response(
    413, "Nothing is uploaded here", "A request may have no body.")
  static let otherHost = Response(
    421, "Another host is meant",
    "This site answers as 127.0.0.1, localhost or [::1], with its own port. Behind a tunnel it needs "
      + "the same port on both sides.")
  static let headersTooLarge = Response(
    431, "Too many headers",
    "The headers of a request may have 16 KiB, and there may be 64 of them.")
  static let busy: Response = {
    var response = Response(
      503, "Busy", "More is asked for than can be answered right now. Try again in a moment.")
    response.headers = [("Retry-After", "5")]
    return response
  }()
  static let tooSlow = Response(
    503, "This takes too long", "Ask for less: a shorter time, or one vendor.")
  static let otherMethod: Response = {
    var response = Response(405, "Only read", "Pages can be read, and nothing else.")
    response.headers = [("Allow", "GET, HEAD")]
    return response
  }()

  static func noToken(_ advice: Advice) -> Response {
    Response(403, "Not without the token", advice.address)
  }

  static func tooLong(_ advice: Advice) -> Response {
    Response(414, "The text is too long", "An address may have 64 KiB. " + advice.longText)
  }
}
