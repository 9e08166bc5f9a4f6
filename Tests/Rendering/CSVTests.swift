import Answers
import Rendering
import Testing

@Suite struct CSVTests {
  @Test func `rows stand under a header`() {
    #expect(
      rendered(rates, as: .csv) == """
        vendor,errors,error_rate
        flowestate,1204331,0.031
        zof,7,

        """)
  }

  @Test func `the header has the names of all rows in order`() {
    #expect(
      csv([["a": 1], ["b": 2, "a": 3], ["c": true]]) == """
        a,b,c
        1,,
        3,2,
        ,,true

        """)
  }

  @Test func `quotes, commas and line breaks are quoted`() {
    #expect(
      csv([["a": "say \"hi\"", "b": "x,y", "c": "one\r\ntwo\nthree", "d": "", "e": " pad"]]) == #"""
        a,b,c,d,e
        "say ""hi""","x,y","one\#r
        two
        three",""," pad"

        """#)
  }

  @Test func `times, nested values and JSON are text`() {
    #expect(
      csv([
        ["t": .time(0), "o": ["k": [1, "v"]], "j": .json("{\"param\":null}"), "n": .number(.nan)]
      ])
        == #"""
        t,o,j,n
        1970-01-01T00:00:00.000Z,"{""k"":[1,""v""]}","{""param"":null}",

        """#)
  }

  @Test(arguments: [
    "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", "=\u{301}1",
    "=HYPERLINK(\"http://evil.test\",\"x\")",
  ])
  func `a cell that starts a formula is defused`(text: String) {
    let cell = csv([["a": .text(text)]]).dropFirst("a\n".count)
    #expect(cell.hasPrefix("'") || cell.hasPrefix("\"'"))
  }

  @Test(arguments: ["1=1", " =1", "a@b", "'=1"])
  func `a cell that starts otherwise is left alone`(text: String) {
    #expect(csv([["a": .text(text)]]).contains(text))
    #expect(!csv([["a": .text(text)]]).contains("'\(text)"))
  }

  @Test(arguments: Array(0x00...0x1F) + [0x7F] + Array(0x80...0x9F) + [0x202E, 0x200B, 0xFEFF])
  func `text is exact, and made visible on a terminal only`(value: Int) throws {
    let text = "a\(try #require(Unicode.Scalar(value)))b"
    let answer = Answer(title: "", value: ["rows": [["a": .text(text)]]], rows: "rows")
    let exact = rendered(answer, as: .csv).unicodeScalars.dropFirst(2).dropLast()
    #expect([text, "\"\(text)\""].contains { $0.unicodeScalars.elementsEqual(exact) })
    let shown = rendered(answer, as: .csv, terminal: Terminal(width: 80))
    #expect(value == 0x0A || !shown.unicodeScalars.dropLast().contains { $0.value == value })
  }

  @Test func `numbers stay numbers`() {
    #expect(
      csv([["a": -1, "b": -0.5, "c": .integer(.min)]]) == "a,b,c\n-1,-0.5,-9223372036854775808\n")
  }

  @Test func `a header is defused too`() {
    #expect(csv([["=cmd": 1, "a,b": 2]]) == "'=cmd,\"a,b\"\n1,2\n")
  }

  @Test func `a header that is known stands there without rows`() {
    let answer = Answer(title: "", value: ["rows": []], rows: "rows", header: ["vendor", "errors"])
    #expect(rendered(answer, as: .csv) == "vendor,errors\n")
    let query = Answer(title: "", value: ["columns": ["n"], "rows": []], rows: "rows")
    #expect(rendered(query, as: .csv) == "n\n")
  }

  @Test func `what is no object has a column of its own`() {
    #expect(csv([1, "x"]) == "value\n1\nx\n")
    #expect(csv([]) == "")
  }

  private func csv(_ rows: [Value]) -> String {
    rendered(Answer(title: "", value: ["rows": .array(rows)], rows: "rows"), as: .csv)
  }
}
