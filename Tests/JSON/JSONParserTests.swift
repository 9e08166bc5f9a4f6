import JSON
import Testing

@Suite struct JSONParserTests {
  @Test(arguments: [
    #"{"a":[1,-2,0.5,1e-7,true,false,null,"x"],"b":{}}"#, "[]", #""text""#, "7", "null",
    #"{"a":{"b":[{"c":[[]]}]}}"#, #"{"€":"😀\u0000\u001f\n\"\\/"}"#,
    "[9223372036854775807,-9223372036854775808,18446744073709551615]",
  ])
  func `what is written again reads the same`(text: String) throws {
    let once = try written(text)
    #expect(!once.repaired)
    let twice = try written(once.text)
    #expect(twice.text == once.text)
  }

  @Test(arguments: [
    (#"{ "a" : [ 1 , 2 ] }"#, #"{"a":[1,2]}"#), (#"["\u00e9\ud83d\ude00"]"#, #"["é😀"]"#),
    (#"["\/\t"]"#, #"["/\u0009"]"#), ("[18446744073709551615]", "[18446744073709551615]"),
    ("[1.0,-0.0,1e3]", "[1.0,-0.0,1000.0]"), ("[0.1,1.5e300]", "[0.1,1.5e+300]"),
  ])
  func `values are copied without their spacing`(text: String, copy: String) throws {
    #expect(try written(text).text == copy)
  }

  @Test(arguments: [
    (
      "[1234567890123456789012345678901234567890]", #"["1234567890123456789012345678901234567890"]"#
    ),
    ("[1e999,-1e999]", #"["1e999","-1e999"]"#),
    ("[18446744073709551616]", #"["18446744073709551616"]"#),
    ("[-9223372036854775809,-7]", #"["-9223372036854775809",-7]"#),
    (#"["\ud800"]"#, #"["�"]"#), (#"["\udc00x"]"#, #"["�x"]"#),
    (#"["\ud800\ud83d\ude00"]"#, #"["�😀"]"#), (#"["\ud800\u0041"]"#, #"["�A"]"#),
    (#"["\\ud800","\ud800"]"#, #"["\\ud800","�"]"#),
    ("\u{FEFF}[1]", "[1]"), ("\0\0\0[1]", "[1]"), ("\0\u{FEFF}[1]", "[1]"),
    (
      #"[1795218187178000000,"\ud800"]"#, #"[1795218187178000000,"�"]"#
    ),
    (#"["1e999 in text",1e999]"#, #"["1e999 in text","1e999"]"#),
    // Bytes as NGINX escapes them.
    (#"["a \x22b\x22 \x5C \x0A"]"#, #"["a \"b\" \\ \n"]"#),
    (#"["\xC3\xA4 \xF0\x9F\x98\x80 \xC3 \xe2\x82x"]"#, #"["ä 😀 � ��x"]"#),
    (#"["\x41\\x41\u00e9"]"#, #"["A\\x41é"]"#),
  ])
  func `what has a plain meaning is repaired`(text: String, repaired: String) throws {
    let result = try written(text)
    #expect(result.text == repaired)
    #expect(result.repaired)
  }

  @Test(
    arguments: [
      ([0xFF], "�"), ([0xC3], "�"), ([0xC0, 0xAF], "��"), ([0xE2, 0x82], "��"),
      ([0xED, 0xA0, 0x80], "���"), ([0xF4, 0x90, 0x80, 0x80], "����"),
      ([0xC3, 0xA9, 0xFF], "é�"), ([0xFF, 0xF0, 0x9F, 0x98, 0x80], "�😀"),
    ] as [([UInt8], String)])
  func `bytes that are no UTF-8 become U+FFFD`(bytes: [UInt8], text: String) throws {
    let result = try written([0x5B, 0x22] + bytes + [0x22, 0x5D])
    #expect(result.text == "[\"\(text)\"]")
    #expect(result.repaired)
  }

  @Test(arguments: [
    "", " ", "{", #"{"a":1"#, #"{"a":1}{"b":2}"#, "[1,]", "{'a':1}", "[01]", "[-]", "[1e]",
    "[0123456789012345678901]", #"["\x"]"#, #"["\u12"]"#, "nul", "\"\u{1}\"", "[NaN]",
    #"{"a":,"b":1}"#, "\u{FEFF}", "\0\0", #"["\"#, #"["abc"#,
  ])
  func `what has none is refused`(text: String) {
    #expect(throws: JSONError.self) { try written(text) }
  }

  @Test func `nesting is read down to a depth and no further`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(try written(nested(100)).text == nested(100))
    let error = #expect(throws: JSONError.self) { try written(nested(200)) }
    #expect(error?.isTooDeep == true)
    #expect(error?.message.isEmpty == false)
    let other = #expect(throws: JSONError.self) { try written("{") }
    #expect(other?.isTooDeep == false)
  }

  @Test func `of a name that stands twice the last counts`() throws {
    let value = try read(Array(#"{"a":1,"b":2,"a":3}"#.utf8)) { value, _ in
      (value["a"]?.integer, value["b"]?.integer, value["c"]?.integer, value.members.map { _ in 1 })
    }
    #expect(value.0 == 3)
    #expect(value.1 == 2)
    #expect(value.2 == nil)
    #expect(value.3.count == 3)
  }

  @Test func `a value is of its shape and of no other`() throws {
    try read(Array(#"["t",1,1.5,true,null,{},[]]"#.utf8)) { value, _ in
      let values = value.elements.map { $0 }
      #expect(values.map(\.shape) == [.string, .number, .number, .bool, .null, .object, .array])
      #expect(values.map(\.text) == ["t", nil, nil, nil, nil, nil, nil])
      #expect(values.map(\.integer) == [nil, 1, nil, nil, nil, nil, nil])
      #expect(values.map(\.number) == [nil, 1, 1.5, nil, nil, nil, nil])
      #expect(values.map(\.bool) == [nil, nil, nil, true, nil, nil, nil])
    }
  }

  @Test func `a parser reads one text after the other, large and small, whole and broken`() throws {
    let parser = JSONParser()
    for size in [1, 100_000, 3, 5_000_000, 2] {
      let text = Array((#"[""# + String(repeating: "x", count: size) + #""]"#).utf8)
      let count = try text.withUnsafeBufferPointer {
        try parser.parse($0).elements.map { $0.string?.count }
      }
      #expect(count == [size])
      #expect(throws: JSONError.self) {
        try Array("{".utf8).withUnsafeBufferPointer { _ = try parser.parse($0) }
      }
    }
  }
}
