import Batches
import Events
import Testing

@testable import Ingest

/// Objects with more members than any log has columns.
@Suite struct WideRecordTests {
  private func strangers(_ count: Int) -> String {
    (0..<count).map { #""k\#($0)x":\#($0),"# }.joined()
  }

  @Test(arguments: [200, 300, 1000, 9000])
  func `what means something is found behind any number of members`(count: Int) throws {
    let event = try event(
      "{\(strangers(count))"
        + #""status":503,"method":"GET","path":"/x","time":"2026-11-20T10:00:00Z"}"#)
    #expect(event.status == 503)
    #expect(event.path == "/x")
    #expect(event.time != nil)
  }

  @Test func `objects that are keyed by ids leave room for what comes after`() throws {
    let reader = try RecordReader(
      catalog: catalog(), options: RecordReader.Options(), ledger: MemoryLedger())
    let batch = Batch()
    reader.begin(batch)
    let keyed = (0..<40).map { line in
      "{" + (0..<500).map { #""id\#(line * 500 + $0)":{"a":1}"# }.joined(separator: ",") + "}"
    }
    reader.read(keyed + [#"{"statusCode":503,"verb":"GET","url":"/x"}"#], into: batch)
    #expect(batch.rows.map(\.status) == [503])
  }
}
