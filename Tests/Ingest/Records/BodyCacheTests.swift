import Batches
import Events
import Files
import JSON
import Profiles
import Testing

@testable import Ingest

/// Bodies that came before are not read again. Explanations remember nothing: what a log's reader
/// makes of a line must be what they make of it.
@Suite struct BodyCacheTests {
  @Test(arguments: ["bodies/corpus.ndjson", "bodies/more.ndjson"])
  func `bodies that come twice mean the same twice`(file: String) throws {
    let lines = try fixtureLines(file)
    let all = lines + lines.reversed()
    let found = try events(of: all)
    #expect(found.count > lines.count * 3 / 2)
    try #expect(found == events(of: all, isExplaining: true))
  }

  /// Bodies that are nearly the same.
  @Test(arguments: [
    // An id that nothing depends on, others', none, and what is none.
    [
      mimicbot(#""code":"NOT_FOUND","message":"Bot not found","requestId":"req_1a2b""#),
      mimicbot(#""code":"NOT_FOUND","message":"Bot not found","requestId":"req_1a2bcdef""#),
      mimicbot(#""code":"NOT_FOUND","message":"Bot not found","requestId":"-""#),
      mimicbot(#""code":"NOT_FOUND","message":"Bot not found","requestId":"""#),
      mimicbot(#""code":"NOT_FOUND","message":"Bot not found","requestId":null"#),
      mimicbot(#""code":"NOT_FOUND","message":"Bot not found","requestId":7"#),
      mimicbot(#""code":"NOT_FOUND","message":"Bot not found""#),
      mimicbot(#""requestId":"req_2","code":"NOT_FOUND","message":"Bot not found""#),
      mimicbot(#""code":"NOT_FOUND","message":"Bot gone away","requestId":"req_1a2b""#),
      mimicbot(#""code":"NO_AGENCY","message":"Bot not found","requestId":"req_1a2b""#),
    ],
    // An id that stands in the details as well.
    [
      mimicbot(#""code":"X","message":"m","details":{"id":"req_1"},"requestId":"req_1""#),
      mimicbot(#""code":"X","message":"m","details":{"id":"req_2"},"requestId":"req_2""#),
      mimicbot(#""code":"X","message":"m","details":{"id":"a\"b"},"requestId":"a\"b""#),
      mimicbot(#""code":"X","message":"m","details":{"id":"a\"c"},"requestId":"a\"c""#),
    ],
    // The id of a vendor without a profile.
    [
      line(#""vendor":"acme","status":500"#, #"{"message":"no","request_id":"req_1a2b"}"#),
      line(#""vendor":"acme","status":500"#, #"{"message":"no","request_id":"req_3c4d"}"#),
    ],
    // Names, texts and numbers whose bytes are the same one after the other.
    [
      line(#""vendor":"acme","status":400"#, #"{"error":"ab","code":"c"}"#),
      line(#""vendor":"acme","status":400"#, #"{"error":"a","code":"bc"}"#),
      line(#""vendor":"acme","status":400"#, #"{"code":"ab","error":"c"}"#),
      line(#""vendor":"acme","status":400"#, #"{"error":"ab","code":1}"#),
      line(#""vendor":"acme","status":400"#, #"{"error":"ab","code":1.0}"#),
      line(#""vendor":"acme","status":400"#, #"{"error":"ab","code":"1"}"#),
      line(#""vendor":"acme","status":400"#, #"{"error":"ab","code":true}"#),
      line(#""vendor":"acme","status":400"#, #"{"error":"ab","success":true}"#),
      line(#""vendor":"acme","status":400"#, #"{"error":"ab","success":null}"#),
      line(#""vendor":"acme","status":400"#, #"{"error":{"code":"message"},"title":"t"}"#),
      line(#""vendor":"acme","status":400"#, #"{"error":["code","message"],"title":"t"}"#),
      line(#""vendor":"acme","status":400"#, #"{"error":{"ab":null},"code":"c"}"#),
      line(#""vendor":"acme","status":400"#, #"{"error":["ab"],"code":"c"}"#),
    ],
    // Another status, another vendor, none.
    [
      line(#""vendor":"zihin","status":400"#, #"{"error":"no_such_thing"}"#),
      line(#""vendor":"zenstep","status":400"#, #"{"error":"no_such_thing"}"#),
      line(#""vendor":"zihin","status":429"#, #"{"error":"Too many requests"}"#),
      line(#""vendor":"zihin","status":402"#, #"{"error":"Too many requests"}"#),
      line(#""vendor":"zenstep","status":429"#, #"{"error":"Too many requests"}"#),
      line(#""vendor":"acme","status":429"#, #"{"error":"Too many requests"}"#),
      line(#""status":429"#, #"{"error":"Too many requests"}"#),
    ],
    // Delays in the body, in its message, and in a header.
    [
      line(#""vendor":"zenstep","status":429"#, #"{"error":"Slow down","retryAfter":30}"#),
      line(#""vendor":"zenstep","status":429"#, #"{"error":"Slow down","retryAfter":31}"#),
      line(
        #""vendor":"acme","status":429,"response_headers":{"retry-after":"9"}"#,
        #"{"message":"Slow down: try again in 20s"}"#),
      line(#""vendor":"acme","status":429"#, #"{"message":"Slow down: try again in 20s"}"#),
    ],
    // A code in a header, as the body has none.
    [
      line(
        #""vendor":"acme","status":400,"response_headers":{"x-ms-error-code":"OneThing"}"#,
        #"{"message":"It did not work"}"#),
      line(
        #""vendor":"acme","status":400,"response_headers":{"x-ms-error-code":"Another"}"#,
        #"{"message":"It did not work"}"#),
      line(#""vendor":"acme","status":400"#, #"{"message":"It did not work"}"#),
    ],
    // What a plan limits, by the route.
    [
      flowestate("/leads"), flowestate("/projects"), flowestate("/webhooks/subscriptions"),
      flowestate("/else"),
    ],
    // JSON in a text, in JSON; lists; texts that are no JSON; a long one.
    [
      line(#""vendor":"acme","status":400"#, #""{\"error\":{\"code\":\"E1\",\"message\":\"m\"}}""#),
      line(#""vendor":"acme","status":400"#, #""{\"error\":{\"code\":\"E2\",\"message\":\"m\"}}""#),
      line(#""vendor":"acme","status":400"#, #"{"message":"{\"code\":\"E1\",\"message\":\"m\"}"}"#),
      line(#""vendor":"acme","status":400"#, #"{"message":"{\"code\":\"E2\",\"message\":\"m\"}"}"#),
      line(#""vendor":"acme","status":400"#, #"[{"code":"E1"},{"code":"E2"}]"#),
      line(#""vendor":"acme","status":502"#, #""upstream connect error""#),
      line(
        #""vendor":"acme","status":500"#,
        #"{"message":"\#(String(repeating: "long ", count: 200))"}"#),
    ],
    // Secrets are never kept.
    [
      line(
        #""vendor":"acme","status":401"#, #"{"message":"no such key sk_live_4eC39HqLyjWDarjt"}"#),
      line(
        #""vendor":"acme","status":401"#, #"{"message":"no such key sk_live_9fD48IrMzkXEbsku"}"#),
    ],
  ])
  func `bodies that are nearly the same are told apart`(lines: [String]) throws {
    let all = lines + lines + lines.reversed()
    try #expect(events(of: all) == events(of: all, isExplaining: true))
  }

  private static func line(_ members: String, _ body: String) -> String {
    #"{"time":"2026-03-02T10:00:00Z","path":"/v1/things",\#(members),"body":\#(body)}"#
  }

  private static func mimicbot(_ error: String) -> String {
    line(#""vendor":"mimicbot","status":404"#, #"{"error":{\#(error)}}"#)
  }

  private static func flowestate(_ path: String) -> String {
    #"{"time":"2026-03-02T10:00:00Z","vendor":"flowestate","status":403,"path":"\#(path)","body":"#
      + #"{"error":{"code":"FORBIDDEN","message":"Not on your plan: upgrade to add more"}}}"#
  }

  /// What one reader makes of lines, one after the other.
  ///
  /// - Parameter isExplaining: then it remembers nothing.
  private func events(of lines: [String], isExplaining: Bool = false) throws -> [String] {
    let reader = try RecordReader(
      catalog: catalog(), options: RecordReader.Options(), ledger: MemoryLedger())
    reader.builder.isExplaining = isExplaining
    let batch = Batch()
    reader.begin(batch)
    reader.read(lines, into: batch)
    // Explanations have a row for a success, too.
    return batch.rows.enumerated().compactMap { place, row in
      isExplaining && reader.builder.traces[place].isSuccess ? nil : said(Event(row, of: batch))
    }
  }

  /// All that is known of an event, but for its place.
  private func said(_ event: Event) -> String {
    var event = event
    event.id = 0
    event.source = nil
    return "\(event)"
  }
}
