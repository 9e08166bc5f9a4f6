import JSON
import Testing

@testable import Profiles

@Suite struct ProfileErrorTests {
  @Test(arguments: [
    (#"{"name":"a","title":"A","feilds":{}}"#, "“feilds” is not known here"),
    (#"{"title":"A"}"#, "“name” is missing"),
    (
      #"{"name":"a","title":"A","signature":["s"],"fields":{"colour":["c"]}}"#,
      "there is no field “colour”"
    ),
    (
      #"{"name":"a","title":"A","signature":["s"],"units":{"fortnight":["c"]}}"#,
      "there is no unit “fortnight”"
    ),
    (#"{"name":"a","title":"A"}"#, "“signature” is missing"),
    (#"{"name":"a","title":"A","text":["$a $"]}"#, "a “$” has no name"),
    (#"{"name":"a","title":"A","text":["$a(? $b"]}"#, "“(?” has no “)”"),
    (#"{"name":"a","title":"A","text":["${a"]}"#, "“${” has no “}”"),
    (#"{"name":"a","title":"A","text":["nothing"]}"#, "a text layout names no value"),
    (#"{"name":"a","title":"A","before_pairs":["$a $"]}"#, "a “$” has no name"),
    (
      #"{"name":"a","title":"A","signature":["s"],"words":{"colour":{"1":"red"}}}"#,
      "there is no field “colour”"
    ),
    (
      #"{"name":"a","title":"A","signature":["s"],"echo":{"path":"a"}}"#, "“prefix” is missing"
    ),
    (#"[]"#, "an object was expected"),
  ])
  func `a gateway profile with a mistake is refused with what is wrong`(
    text: String, message: String
  ) throws {
    let error = #expect(throws: ProfileError.self) {
      try parse(text) { _ = try GatewayProfile($0, file: "a.json") }
    }
    #expect(error?.file == "a.json")
    #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
  }

  @Test(arguments: [
    (#"{"event":{}}"#, "“line” is missing"),
    (#"{"line":7,"event":{}}"#, "“line” must be a text"),
    (#"{"line":"","event":{}}"#, "“line” is missing"),
    (#"{"line":"x"}"#, "“event” is missing"),
    (#"{"line":"x","event":7}"#, "an object was expected"),
    (#"{"line":"x","event":{"stauts":500}}"#, "“stauts” is not known here"),
    (#"{"line":"x","event":{"status":"500"}}"#, "“status” must be a number"),
    (#"{"line":"x","event":{"message":5}}"#, "“message” must be a text"),
    (#"{"line":"x","event":{"details":"x"}}"#, "“details” must be an object"),
    (#"{"line":"x","event":{"kind":"odd"}}"#, "there is no kind “odd”"),
    (#"{"line":"x","event":{"answered_by":"odd"}}"#, "there is no answered_by “odd”"),
    (#"{"line":"x","event":{"retry":"odd"}}"#, "there is no retry “odd”"),
    (#"{"body":{},"line":"x","event":{}}"#, "“body” is not known here"),
  ])
  func `a sample with a mistake is refused with what is wrong`(sample: String, message: String) {
    let text = #"{"name":"a","title":"A","signature":["s"],"samples":[\#(sample)]}"#
    let file = ProfileFile(name: "a.json", text: Array(text.utf8), sort: .gateway)
    let error = #expect(throws: ProfileError.self) { _ = try Catalog([file]) }
    #expect(error?.key.hasPrefix("samples[0]") == true)
    #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
  }

  @Test(arguments: [
    (#"{"status":500,"event":{}}"#, "“body” is missing"),
    (#"{"body":{},"status":"500","event":{}}"#, "“status” must be a whole number"),
    (#"{"body":{},"headers":[],"event":{}}"#, "an object was expected"),
    (#"{"body":{},"line":"x","event":{}}"#, "“line” is not known here"),
  ])
  func `and so is a vendor's`(sample: String, message: String) {
    let text = #"{"name":"a","title":"A","body":{},"samples":[\#(sample)]}"#
    let file = ProfileFile(name: "a.json", text: Array(text.utf8), sort: .vendor)
    let error = #expect(throws: ProfileError.self) { _ = try Catalog([file]) }
    #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
  }

  @Test(arguments: [
    (
      #"{"name":"a","title":"A","body":{"resource_text":"number of"}}"#,
      "“number of” must have one * with words before and behind it"
    ),
    (
      #"{"name":"a","title":"A","body":{"resource_text":["* of your plan"]}}"#,
      "“* of your plan” must have one *"
    ),
    (#"{"name":"A b","title":"A","body":{}}"#, "“name” must be a lower-case slug"),
    (#"{"name":"a","title":"A"}"#, "“body” is missing"),
    (#"{"name":"a","title":"A","body":{"cod":[]}}"#, "“cod” is not known here"),
    (#"{"name":"a","title":"A","body":{},"errors":[{"kind":"odd"}]}"#, "there is no kind “odd”"),
    (
      #"{"name":"a","title":"A","body":{},"errors":[{"kind":"auth","retry":"odd"}]}"#,
      "there is no retry “odd”"
    ),
    (
      #"{"name":"a","title":"A","body":{},"evidence":[{"shape":{"a":"round"}}]}"#,
      "there is no shape “round”"
    ),
  ])
  func `a vendor profile with a mistake is refused with what is wrong`(
    text: String, message: String
  ) throws {
    let error = #expect(throws: ProfileError.self) {
      try parse(text) { _ = try VendorProfile($0, file: "a.json") }
    }
    #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
  }
}
