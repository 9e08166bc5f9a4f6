import Foundation
import Testing

/// Which time a question is about when it is not told, or told in words that count from the clock.
struct RangeTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.write(
      """
      {"time":"2026-01-05T10:00:00Z","vendor":"zof","status":500}
      {"time":"2026-01-20T10:00:00Z","vendor":"zof","status":500}

      """, to: "a.log")
    try sandbox.run("errata import a.log")
  }

  @Test func `without a range it is the seven days that end at the newest event`() throws {
    let answer = try sandbox.json("errata rates --every 1d --format json")
    #expect(answer["since"] as? String == "2026-01-13T10:00:00.001Z")
    #expect(answer["until"] as? String == "2026-01-20T10:00:00.001Z")
  }

  @Test func `with an end alone it is the seven days before it`() throws {
    let answer = try sandbox.json("errata bursts --until 2026-01-06 --format json")
    #expect(answer["since"] as? String == "2025-12-30T00:00:00.000Z")
  }

  @Test(arguments: ["rates --every 1d", "bursts", "spikes", "incidents", "limits"])
  func `a start after the newest event reaches until now`(_ question: String) throws {
    try sandbox.run(
      "date -u -d '400 days ago' +'{\"time\":\"%FT%TZ\",\"status\":500}' > b.log"
        + "; errata import --store old.db b.log")
    let before = Date().formatted(.iso8601)
    let answer = try sandbox.json("errata \(question) --store old.db --since -2d --format json")
    let after = Date().formatted(.iso8601)
    let since = try #require(answer["since"] as? String)
    let until = try #require(answer["until"] as? String)
    #expect(since < until)
    // To the second: "2026-11-20T14:02:00".
    #expect((before.prefix(19)...after.prefix(19)).contains(until.prefix(19)))
  }

  @Test func `days and weeks are named in the zone`() throws {
    let line = "errata limits --tz Asia/Tokyo --since 2026-01-05 --until 2026-W03 --format json"
    let answer = try sandbox.json(line)
    #expect(answer["since"] as? String == "2026-01-04T15:00:00.000Z")
    #expect(answer["until"] as? String == "2026-01-11T15:00:00.000Z")
  }
}
