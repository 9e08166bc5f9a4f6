import Batches
import Files
import Queries
import Questions
import Store
import Testing
import Times

/// What is kept of limits beside the events tells what the questions of the folder find in them.
@Suite struct PackedLimitTests {
  private let log: ImportedLog
  private let ranges: [TimeRange]

  /// Two logs of the same days, imported one after the other, so that their runs overlap.
  init() throws {
    let first = try at("2026-11-02T00:00:00Z")
    log = try ImportedLog(PackedLimitTests.lines(from: first, every: 61_000))
    try log.add(
      PackedLimitTests.lines(from: first + 500, every: 73_000)
        + QueryTests.log.split(separator: "\n").map(String.init))
    ranges = [
      TimeRange(since: 0, until: .max),
      TimeRange(since: first + 7_000_000, until: first + 9_999_999),
      TimeRange(since: first + 610_000, until: first + 610_001), TimeRange(since: 5, until: 6),
    ]
  }

  private static func lines(from start: Int64, every step: Int64) -> [String] {
    (0..<400).map { number in
      let time = formatTime(start + Int64(number / 3 * 3) * step)
      let (status, body) = [
        (429, #"{"error":"rate_limit_exceeded"}"#), (502, #"{"error":"provider_error"}"#),
        (429, #"{"error":"quota_exceeded","message":"Limit of \#(number % 5) messages reached"}"#),
        (
          402,
          #"{"error":{"code":"PLAN_LIMIT_REACHED","message":"Plan limit reached: bots (limit 5)"}}"#
        ),
        (429, "{}"),
      ][number % 5]
      let consumer = number % 7 == 0 ? "" : #""consumer":"key_\#(number % 11)","#
      let wait = number % 4 == 0 ? #""retry_after":\#(number % 60),"# : ""
      let vendor =
        number % 13 == 0 ? "" : #""vendor":"\#(number % 2 == 0 ? "zihin" : "mimicbot")","#
      return
        #"{"time":"\#(time)",\#(vendor)"status":\#(status),\#(consumer)\#(wait)"path":"/v\#(number % 3)","body":\#(body)}"#
    }
  }

  private func limits(_ range: TimeRange) throws -> [Limit] {
    var limits: [Limit] = []
    try log.reader.limits(during: range) { limits.append($0) }
    return limits
  }

  @Test func `every 429 is there, with who asked for what`() throws {
    let query = try #require(Query.named("rejections"))
    for range in ranges {
      var told: [[String?]] = []
      try log.reader.rows(query.sql, parameters(range)) { row in
        let (time, retryAfter) = (try row.integer(0, .time), try row.optional(5, .amount))
        told.append([
          "\(time)", row.text(1), row.text(2) == "plan_limit" ? "plan" : nil, row.text(3),
          row.text(4), retryAfter.map(String.init),
        ])
      }
      var kept = try limits(range).filter(\.isRejection)
      kept = kept.enumerated().sorted {
        ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
      }
      .map(\.element)
      let reader = try log.reader
      #expect(
        kept.map { limit in
          [
            "\(limit.time)", reader.text(limit.vendor, in: .vendor),
            limit.isPlanLimit ? "plan" : nil,
            reader.text(limit.route, in: .route), reader.text(limit.consumer, in: .consumer),
            limit.retryAfter.map(String.init),
          ]
        } == told)
    }
    #expect(try limits(ranges[0]).filter(\.isRejection).count > 400)
  }

  @Test func `every plan limit is there, with what it was on`() throws {
    let query = try #require(Query.named("limits"))
    for range in ranges {
      var told: [[String?]: Int64] = [:]
      try log.reader.rows(query.sql, parameters(range)) { row in
        told[[row.text(0), row.text(1), row.text(2), row.text(3)]] = try row.integer(4, .count)
      }
      var kept: [[String?]: Int64] = [:]
      let reader = try log.reader
      for limit in try limits(range) where limit.isPlanLimit {
        kept[
          [
            reader.text(limit.vendor, in: .vendor), reader.text(limit.consumer, in: .consumer),
            reader.text(limit.code, in: .code), reader.text(limit.details, in: .details),
          ], default: 0] += 1
      }
      #expect(kept == told)
    }
  }

  private func parameters(_ range: TimeRange) -> [String: QueryParameter] {
    [
      "since_ms": .integer(range.since), "until_ms": .integer(range.until), "vendor": .text(""),
      "gateway": .text(""),
    ]
  }
}
