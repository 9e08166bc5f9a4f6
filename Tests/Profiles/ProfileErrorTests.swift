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
