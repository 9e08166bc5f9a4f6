import Events
import Ingest
import Testing

/// docs.getzenstep.com/rest-api/errors
@Suite struct ZenstepTests {
  @Test(arguments: ["Unauthorized", "not_found", "A flow with this name already exists"])
  func `Zenstep's prose is no code, not even where it is one word`(prose: String) throws {
    let event = try event(
      #"{"vendor":"zenstep","status":409,"body":{"error":"\#(prose)"}}"#)
    #expect(event.code == nil)
    #expect(event.message == prose)
    #expect(event.kind == .conflict)
  }

  @Test func `every issue is kept, with its path as Zenstep writes it`() throws {
    let event = try event(
      #"""
      {"vendor":"zenstep","status":400,"body":{"error":"Validation failed","details":[
      {"path":"events","message":"Array must contain at most 50 element(s)"},
      {"path":"events[12].flow.id","message":"Invalid uuid"}]}}
      """#)
    #expect(
      event.details == #"{"issues":["#
        + #"{"path":"events","message":"Array must contain at most 50 element(s)"},"#
        + #"{"path":"events[12].flow.id","message":"Invalid uuid"}]}"#)
  }

  @Test func `the header says the delay where the body does not`() throws {
    let event = try event(
      #"""
      {"vendor":"zenstep","status":429,"response":{"headers":{"Retry-After":"7"},
      "body":{"error":"Rate limit exceeded"}}}
      """#)
    #expect(event.retryAfter == 7000)
  }

  @Test func `an answer in a shape of the gateway's own still has its message`() throws {
    let event = try event(
      #"{"vendor":"zenstep","status":502,"body":{"message":"no upstream","code":"E1"}}"#)
    #expect(event.message == "no upstream")
    #expect(event.code == nil)
    #expect(event.kind == .upstream)
  }
}
