import JSON
import Testing

/// Values by themselves, and where they stand in a text.
@Suite struct ScalarTests {
  @Test(arguments: [
    #"{"a":1,"b":["x",{"c":null}],"d\":":"e\\","f":-1.5e3,"g":{},"h":[],"i":"","j":true}"#,
    #" [ 1 , "a:b" , { "k" : "v" } , false ] "#, #""only""#, "7", "{}",
    #"{"a" : {"a" : {"a" : "\u00e9\"" } } , "a" : "a" }"#,
  ])
  func `places are found for all scalars, in their order`(text: String) throws {
    let bytes = Array(text.utf8)
    let places = bytes.withUnsafeBufferPointer { ScalarPlaces(in: $0).all }
    try bytes.withUnsafeBufferPointer { bytes in
      try JSONParser.read(bytes) { root in
        let scalars = root.scalars
        #expect(places.count == scalars.count)
        for (value, place) in zip(scalars, places) {
          let written = String(decoding: bytes[place], as: UTF8.self)
          if value.isString {
            let quoted = Array("\"\(written)\"".utf8)
            let same = try quoted.withUnsafeBufferPointer { quoted in
              try JSONParser.read(quoted) { $0.text == value.text }
            }
            #expect(same)
          } else {
            #expect(value.shape == .number || ["true", "false", "null"].contains(written))
            if value.shape == .number { #expect(Double(written) == value.number) }
          }
        }
      }
    }
  }

  @Test func `values put on a tape are read as they were put there`() throws {
    let document = FlatDocument()
    document.clear(members: 5, bytes: 40)
    let texts = [#"a\/b\"c\\\n\t\r\b\f"#, "", "plain"].map { text in
      Array(text.utf8).withUnsafeBufferPointer { document.value(ofString: $0)?.text }
    }
    #expect(texts == ["a/b\"c\\\n\t\r\u{8}\u{C}", "", "plain"])
    #expect(document.value(of: Int64(-7))?.integer == -7)
    let number = document.value(of: 1.5)
    #expect(number?.number == 1.5)
    document.clear(members: 1, bytes: 0)
    let object = document.emptyObject()
    #expect(object?.isObject == true)
    #expect(object?.members.contains { _ in true } == false)
  }

  @Test func `a member is found by its name, the last of several`() throws {
    let text = Array(#"{"a":1,"ab":{"a":9},"":3,"a":[2],"b":null}"#.utf8)
    try text.withUnsafeBufferPointer { bytes in
      try JSONParser.read(bytes) { root in
        #expect(root["a"]?.element(0)?.integer == 2)
        #expect(root["ab"]?["a"]?.integer == 9)
        #expect(root[""]?.integer == 3)
        #expect(root["b"]?.isNull == true)
        #expect(root["c"] == nil)
        #expect(root["a"]?["a"] == nil)
      }
    }
  }
}
