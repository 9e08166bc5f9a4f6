/// What a client gets.
package struct Response: Sendable {
  package var status: Int
  package var type: String
  package var body: [UInt8]
  /// Beside those that every answer has.
  var headers: [(name: String, value: String)] = []

  package init(status: Int, type: String, body: [UInt8]) {
    self.status = status
    self.type = type
    self.body = body
  }

  /// A page of a few words, which says nothing of what is served.
  init(_ status: Int, _ title: String, _ text: String) {
    let page = """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title></head>
      <body><h1>\(title)</h1><p>\(text)</p></body></html>

      """
    self.init(status: status, type: "text/html; charset=utf-8", body: Array(page.utf8))
  }

  /// What every answer says, errors too: nothing is loaded from elsewhere, run, framed or kept, and no
  /// other site gets to see it.
  ///
  /// What libmicrohttpd refuses by itself it answers in fixed words of its own, without these: what is
  /// no HTTP, a length that is none, a head beyond its memory. It asks nobody before, and 0.9.75, as
  /// Debian 12 has it, knows no option that adds a header there. These words show nothing of the store.
  package static let safety: [(name: String, value: String)] = [
    (
      "Content-Security-Policy",
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"), ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
  ]
}
