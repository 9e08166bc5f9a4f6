import Foundation
import Ingest
import Testing

/// What a log has that is not counted, and what could be made of it.
@Suite struct LogExaminationTests {
  private func examine(_ lines: String) throws -> LogExamination {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let log = folder.appending(path: "a.log")
    try lines.write(to: log, atomically: true, encoding: .utf8)
    return try LogExamination(
      of: log.path, catalog: catalog(), options: RecordReader.Options())
  }

  private static let records = """
    {"at":"2026-11-12T08:00:00Z","verb":"GET","target":"/v1/a","rslt":503,"spent_ms":12}
    {"at":"2026-11-12T08:00:01Z","verb":"GET","target":"/v1/b","rslt":200,"spent_ms":13}
    {"level":"info","msg":"ready"}
    {"time":"2026-11-12T08:00:00Z","status":500,"path":"/x"}
    {"status":500,"path":"/x"}
    it rains

    """

  @Test func `what is not counted is grouped by what it looks like`() throws {
    let examination = try examine(Self.records)
    #expect(examination.read == 2)
    #expect(examination.skipped == 3)
    #expect(examination.rejected == 1)
    #expect(examination.undated == 1)
    #expect(
      examination.groups.map { "\($0.trouble) \($0.records) \($0.shape)" } == [
        "skipped 2 a record of something else (at, verb, target, rslt, spent_ms)",
        "skipped 1 a log message (level, msg)",
        "undated 1 responses without a time, read by generic",
        "rejected 1 no_json: w w",
      ])
  }

  @Test func `errors that say nothing of themselves are counted`() throws {
    let examination = try examine(
      """
      {"time":"2026-11-12T08:00:00Z","status":500,"path":"/x"}
      {"time":"2026-11-12T08:00:01Z","status":429,"path":"/x","body":"{\\"error\\":\\"slow down\\"}"}
      {"time":"2026-11-12T08:00:02Z","status":200,"path":"/x"}

      """)
    #expect(examination.errors == 2)
    #expect(examination.mute == 1)
  }

  @Test func `of members it is told what they look like`() throws {
    let guess = try #require(try examine(Self.records).groups.first?.guess)
    #expect(
      guess.values.map { "\($0.name) \($0.field ?? "-") \($0.unit ?? "-")" } == [
        "at time -", "verb method -", "target path -", "rslt status -", "spent_ms latency ms",
      ])
  }

  @Test func `of lines of text it is told what stands in their columns`() throws {
    let guess = try #require(
      try examine(
        """
        #1 <2026-11-12 08:00:00,123> gw GET -> /v1/a ~ 503 ~ 12ms
        #2 <2026-11-12 08:00:01,123> gw PUT -> /v1/b ~ 200 ~ 7ms

        """
      ).groups.first?.guess)
    let fields = guess.values.compactMap(\.field)
    #expect(fields == ["time", "method", "path", "status", "latency"])
  }

  @Test func `nothing is made of what has no status`() throws {
    let groups = try examine("{\"level\":\"info\",\"msg\":\"seen 429 times\"}\nit rains\n").groups
    #expect(groups.count == 2)
    #expect(groups.allSatisfy { $0.guess == nil })
  }
}
