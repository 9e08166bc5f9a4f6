import Answers
import Foundation
import Rendering
import Testing

@Suite struct JSONTests {
  @Test func `an answer is one indented object`() {
    #expect(
      rendered(rates, as: .json) == """
        {
          "since": "2025-11-20T14:02:00.000Z",
          "tz": "Europe/Berlin",
          "rows": [
            {
              "vendor": "flowestate",
              "errors": 1204331,
              "error_rate": 0.031
            },
            {
              "vendor": "zof",
              "errors": 7,
              "error_rate": null
            }
          ]
        }

        """)
  }

  @Test func `rows of plain values take a line each`() {
    let answer = Answer(
      title: "", value: ["columns": ["a", "b"], "rows": [[1, "x"], [], [nil, ["y": [:]]]]])
    #expect(
      rendered(answer, as: .json) == """
        {
          "columns": ["a", "b"],
          "rows": [
            [1, "x"],
            [],
            [
              null,
              {
                "y": {}
              }
            ]
          ]
        }

        """)
  }

  @Test func `NDJSON is a row a line`() {
    #expect(
      rendered(rates, as: .ndjson) == """
        {"vendor":"flowestate","errors":1204331,"error_rate":0.031}
        {"vendor":"zof","errors":7,"error_rate":null}

        """)
  }

  @Test func `the rows of a query are named by its columns`() {
    let answer = Answer(
      title: "",
      value: ["columns": ["code", "n", "code"], "rows": [["a", 1, "b"], ["c", 2, nil]]],
      rows: "rows")
    #expect(
      rendered(answer, as: .ndjson) == """
        {"code":"a","n":1,"code_2":"b"}
        {"code":"c","n":2,"code_2":null}

        """)
  }

  @Test func `an answer without rows is one line`() {
    #expect(rendered(report, as: .ndjson) == "{\"week\":\"2026-W47\"}\n")
    #expect(rendered(Answer(title: "", value: ["rows": []], rows: "rows"), as: .ndjson) == "")
    #expect(rendered(Answer(title: "", value: nil, rows: "rows"), as: .ndjson) == "")
  }

  @Test(arguments: [
    (Value.number(3), "3"), (-0.0, "0"), (0.1, "0.1"), (1e15, "1000000000000000"),
    (1e17, "1e+17"), (.number(.leastNonzeroMagnitude), "5e-324"), (.number(.nan), "null"),
    (.number(.infinity), "null"),
    (.number(-.infinity), "null"), (.integer(.max), "9223372036854775807"),
    (.integer(.min), "-9223372036854775808"), (true, "true"), (nil, "null"), (.json(""), "null"),
    ("", "\"\""), ("\"\\/", #""\"\\/""#), ("a\u{1B}\n\u{2028}é漢🎉", #""a\u001b\n\u2028é漢🎉""#),
  ])
  func `values are written as JSON has them`(value: Value, text: String) {
    #expect(rendered(Answer(title: "", value: value), as: .ndjson) == text + "\n")
  }

  @Test(arguments: [
    (Int64(0), "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
    (1_795_183_320_000, "2026-11-20T14:02:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
    (-2_203_977_600_001, "1900-02-27T23:59:59.999Z"),
  ])
  func `times are UTC to the millisecond`(milliseconds: Int64, text: String) {
    #expect(rendered(Answer(title: "", value: .time(milliseconds)), as: .json) == "\"\(text)\"\n")
  }

  @Test(arguments: VisibleTests.attacks, [Format.json, .ndjson])
  func `every text comes back from a JSON parser as it was`(text: String, format: Format) throws {
    var answer = everywhere(text)
    answer.rows = nil
    let data = Data(rendered(answer, as: format).utf8)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let row = try #require((object["rows"] as? [[String: Any]])?.first)
    let read = try #require(row["text"] as? String)
    #expect(Array(read.utf8) == Array(text.utf8))
  }
}
