import Foundation
import Ingest
import Testing

/// What is made of logs of no known form.
@Suite struct DraftTests {
  private func guesses(_ lines: [String]) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let log = folder.appending(path: "a.log")
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: log)
    let examination = try LogExamination(
      of: log.path, catalog: catalog(), options: RecordReader.Options())
    let group = try #require(examination.groups.first)
    #expect(group.records == Int64(lines.count))
    return group.guesses.map { guess in
      guard case .text(let parts) = guess.content else { return "no text" }
      return parts.map { part in
        switch part {
        case .literal(let text): text
        case .value(let value): "$" + (value.field ?? "_")
        }
      }.joined()
    }
  }

  @Test(arguments: [
    (
      [
        "20261120-080120|PUT|/v1/users|rc=503|3779ms|77330bdbd7210dff076ce2ef87b0b125",
        "20261120-080152|GET|/v1/b/7|rc=200|1524ms|617959ce3f1f65a8de5271007814e8a2",
      ], "$time|$method|$path|rc=$status|$latency|$_"
    ),
    (
      [
        "ts=20.11.2026 08:01:19;verb=POST;res=/v1/orders/12/items;result=200;cost=277",
        "ts=20.11.2026 08:01:33;verb=DELETE;res=/v1/a;result=500;cost=23",
      ], "ts=$time;verb=$method;res=$path;result=$status;cost=$latency"
    ),
    (
      [
        "<7> [gw1] {GET} {/v1/a} {503} {0.120}",
        "<8> [gw2] {PUT} {/v1/b} {200} {0.004}",
      ], "<$_> [$_] {$method} {$path} {$status} {$_}"
    ),
  ])
  func `marks between values tell where they end`(lines: [String], layout: String) throws {
    #expect(try guesses(lines).first == layout)
  }

  @Test func `lines of one form are one group, whatever their paths`() throws {
    #expect(
      try !guesses([
        "REQ 08:02:27.123 2026-11-20 GET /v1/a code 200 dur 2692",
        "REQ 08:02:28.123 2026-11-20 PUT /v1/a/b/12?x=1 code 503 dur 12",
      ]).isEmpty)
  }
}
