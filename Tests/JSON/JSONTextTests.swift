import JSON
import Testing

/// Where something stands in a text that a person wrote.
@Suite struct JSONTextTests {
  @Test(arguments: [
    ("{\n  \"a\": 1\n}", "a", 2, 3), ("{\"a\":{\"b\":[1,{\"c\":2}]}}", "a.b[1].c", 1, 15),
    ("{\"a\":[\n1,\n2]}", "a[1]", 3, 1), ("{\"a\":1,\n\"a\":2}", "a", 2, 1), ("  {}", "", 1, 3),
  ])
  func `a member is found by its path`(text: String, path: String, line: Int, column: Int) {
    let place = lend(text) { JSONText($0).place(of: path) }
    #expect(place?.line == line)
    #expect(place?.column == column)
  }

  @Test func `what is not there has no place`() {
    #expect(lend(#"{"a":1}"#) { JSONText($0).place(of: "b") } == nil)
  }

  @Test(arguments: [
    ("{\n\"a\": 1,\n}", 3, 1, "a name in double quotes was expected"),
    ("{\"a\" 1}", 1, 6, "a colon was expected after the name “a”"),
    ("{\"a\":1 \"b\":2}", 1, 8, "a comma or } was expected"),
    ("[1 2]", 1, 4, "a comma or ] was expected"), ("{\"a\":yes}", 1, 6, "“yes” is no value"),
    ("{\"a\":", 1, 6, "the file ends where a value was expected"),
    ("{\"a\":\"b", 1, 8, "the file ends within a text"), ("{} x", 1, 4, "there is more"),
    ("{\"a\":\"b\nc\"}", 1, 8, "a text must end on its line"), ("", 1, 1, "the file ends"),
    ("{\"a\":[1,]}", 1, 9, "a value was expected"), ("{'a':1}", 1, 2, "a name in double quotes"),
  ])
  func `a mistake is told with its place`(text: String, line: Int, column: Int, message: String) {
    let mistake = lend(text) { JSONText($0).mistake() }
    #expect(mistake?.place.line == line)
    #expect(mistake?.place.column == column)
    #expect(mistake?.message.hasPrefix(message) == true, "\(mistake?.message ?? "")")
  }

  @Test(arguments: [
    "{}", "[]", "1", "null", #"{"a":[true,false,null,-1.5e3,"\"x\\"]}"#, "\u{FEFF}{}",
    " [ 1 , 2 ] ",
  ])
  func `a well-formed text has none`(text: String) {
    #expect(lend(text) { JSONText($0).mistake() } == nil)
  }

  private func lend<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result)
    -> Result
  {
    Array(text.utf8).withUnsafeBufferPointer(body)
  }
}
