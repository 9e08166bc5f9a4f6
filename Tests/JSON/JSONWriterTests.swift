import JSON
import Testing

@Suite struct JSONWriterTests {
  @Test func `members and elements are set apart`() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("issues")
    writer.beginArray()
    for path in ["a", "b[0]"] {
      writer.beginObject()
      writer.key("path")
      writer.string(Array(path.utf8))
      writer.endObject()
    }
    writer.endArray()
    writer.key("limit")
    writer.integer(-5)
    writer.key("none")
    writer.beginArray()
    writer.endArray()
    writer.endObject()
    #expect(text(writer) == #"{"issues":[{"path":"a"},{"path":"b[0]"}],"limit":-5,"none":[]}"#)
  }

  @Test func `what JSON does not allow in a string is escaped`() {
    var writer = JSONWriter()
    writer.string(Array("\"\\\n\r\t\0\u{1F} é😀/".utf8))
    #expect(text(writer) == #""\"\\\n\u000d\u0009\u0000\u001f é😀/""#)
  }

  @Test func `a writer starts anew`() {
    var writer = JSONWriter()
    writer.beginArray()
    writer.integer(1)
    writer.clear()
    writer.integer(2)
    #expect(text(writer) == "2")
  }

  private func text(_ writer: JSONWriter) -> String {
    String(decoding: writer.bytes, as: UTF8.self)
  }
}
