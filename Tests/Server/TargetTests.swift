import Testing

@testable import Server

@Suite struct TargetTests {
  @Test func `a path and its parameters are decoded`() throws {
    let target = try Target(Array("/a%20b/c?q=x+y%26z&empty&name=%C3%A4".utf8), most: 10)
    #expect(target.path == "/a b/c")
    #expect(target.parameters.map(\.name) == ["q", "empty", "name"])
    #expect(target.parameters.map(\.value) == ["x y&z", "", "ä"])
    #expect(target.split.first == "a b")
    #expect(target.split.rest == "/c")
  }

  @Test(arguments: [
    "", "a", "http://127.0.0.1/", "*", "/..", "/a/../b", "/%2e%2E/b", "/./a", "/a%00b", "/%", "/%2",
    "/%zz", "/a b", "/a\u{7f}", "/a#b", "/%ff", "/%c0%ae", "/%0a", "/?q=%ff", "/?q=%00", "/?%f",
  ])
  func `what is no path as browsers write it is refused`(_ text: String) {
    #expect(throws: Target.Failure.malformed) { try Target(Array(text.utf8), most: 10) }
  }

  @Test func `a query has only so many parameters`() throws {
    #expect(try Target(Array("/?a&b&c".utf8), most: 3).parameters.count == 3)
    #expect(throws: Target.Failure.tooManyParameters) {
      try Target(Array("/?a&b&c&d".utf8), most: 3)
    }
  }
}
