import Batches
import Files
import Profiles
import Testing

@testable import Ingest

/// What an import says of records that are no API responses.
@Suite struct SkippedShapeTests {
  private func skipped(_ lines: String...) throws -> SkippedRecords {
    let reader = RecordReader(
      catalog: try Catalog(), options: RecordReader.Options(), ledger: EmptyLedger())
    let batch = Batch()
    reader.begin(batch)
    reader.read(lines, into: batch)
    reader.end(batch)
    return batch.sightings.skipped
  }

  @Test(arguments: [
    (
      #"{"time":"2026-11-12T08:00:00Z","method":"GET","path":"/x"}"#,
      "a request without a status (time, method, path)"
    ),
    (#"{"request":"GET /x HTTP/1.1","bytes":3}"#, "a request without a status (request, bytes)"),
    (
      #"{"job":"nightly","status_code":503,"msg":"failed"}"#,
      "a status without a request (job, status_code, msg)"
    ),
    (#"{"level":"info","msg":"ready"}"#, "a log message (level, msg)"),
    (#"{"cpu":0.3}"#, "a record of something else (cpu)"),
    (#"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}"#, "a record of something else (a, b, c, d, e)"),
    ("[]", "an empty list"), ("[7]", "JSON that is no object"),
  ])
  func `a record that is skipped says what it looks like`(line: String, shape: String) throws {
    let groups = try skipped(line).groups
    #expect(groups.map(\.shape.text) == [shape])
    #expect(try explain(line).shape?.text == shape)
  }

  @Test func `records alike are counted together, further shapes as the rest`() throws {
    let same = try skipped(
      #"{"level":"info","msg":"a"}"#, #"{"status":500,"path":"/x"}"#, #"{"level":"info","msg":"b"}"#
    )
    #expect(same.groups.map(\.records) == [2])
    #expect(same.others == 0)
    var many = SkippedRecords()
    for number in 0..<20 {
      many.add(SkippedShape(.other, names: ["\(number)"]), 1, at: LineSpot(offset: Int64(number)))
    }
    #expect(many.groups.count == 16)
    #expect(many.others == 4)
    var sum = many
    sum += many
    #expect(sum.groups.allSatisfy { $0.records == 2 })
    #expect(sum.others == 8)
  }

  @Test func `a response is no skipped record`() throws {
    #expect(try skipped(#"{"status":503,"path":"/x"}"#).groups.isEmpty)
    #expect(try explain(#"{"status":503,"path":"/x"}"#).shape == nil)
  }
}
