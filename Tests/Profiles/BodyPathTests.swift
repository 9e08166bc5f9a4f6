import JSON
import Profiles
import Testing

@Suite struct BodyPathTests {
  private let body = #"""
    {"error":{"code":"A_B","message":"in words","null":null,"":"empty"},
    "errors":[{"code":1},{"code":2}],"grid":[[1,2],[3]],"a.b":"dotted"}
    """#

  @Test(arguments: [
    ("error.code", #""A_B""#), ("errors[0].code", "1"), ("errors[1].code", "2"),
    ("grid[0][1]", "2"), ("error", nil), ("error.code?token", #""A_B""#),
    ("error.message?prose", #""in words""#), ("error.message?token", nil),
    ("error.code?prose", nil), ("error.null", nil), ("errors[2].code", nil), ("grid[0][7]", nil),
    ("error.code.deeper", nil), ("missing", nil), ("errors.code", nil),
  ])
  func `a path leads to a value, or to none`(path: String, value: String?) throws {
    let found = try parse(body) { root -> String? in
      guard let found = BodyPath(path).value(in: root), !found.isObject else { return nil }
      var writer = JSONWriter()
      writer.value(found)
      return String(decoding: writer.bytes, as: UTF8.self)
    }
    #expect(found == value)
  }

  @Test func `a path may lead into an array at the root`() throws {
    let code = try parse(#"[{"errorCode":"X"}]"#) {
      BodyPath("[0].errorCode").value(in: $0)?.text
    }
    #expect(code == "X")
  }

  @Test(arguments: [
    ("http.response.status_code", "httpresponsestatuscode"), ("X-Request-Id", "xrequestid"),
    ("@t", "t"), (":authority", "authority"), ("^error", "^error"), ("größe", "größe"),
  ])
  func `names are compared by letters and digits alone`(path: String, plain: String) {
    #expect(normalisedPath(path) == plain)
  }
}

/// Lends the root of a parsed text.
func parse<Result>(_ text: String, _ body: (JSONValue) throws -> Result) throws -> Result {
  let parser = JSONParser()
  return try withExtendedLifetime(parser) {
    var text = text
    return try text.withUTF8 { try body(parser.parse($0)) }
  }
}
