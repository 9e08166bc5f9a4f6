import Answers
import Events
import Files
import Foundation
import Reports
import Store
import Testing
import Times

/// Whatever the log, every count is what counting its lines one by one gives. A seed that fails is
/// named; ERRATA_SEED sets the first.
@Suite(.onEveryArchive) struct RandomLogTests {
  static let seeds = Array(0..<20).map { UInt64($0) + first }
  private static let first =
    ProcessInfo.processInfo.environment["ERRATA_SEED"].flatMap { UInt64($0) } ?? 1

  @Test(arguments: seeds)
  func `rates cover the range once, and count what is in it`(seed: UInt64) throws {
    var random = try RandomLog(seed: seed)
    let log = try ImportedLog(random.lines)
    for _ in 0..<8 {
      let range = try random.range()
      let zone = try Zone(named: random.pick(["UTC", "Europe/Berlin", "Asia/Kathmandu"]))
      let every = try Every(random.pick(["7m", "15m", "1h", "5h", "1d", "1w"]))
      let question = try Question(
        log.archive, since: range.since, until: range.until, zone: zone)
      let rows = try question.rates(every: every).value["rows"]?.elements ?? []
      var end = range.since
      // Successes of the day before and after tell that there was none in between.
      let quarter = 15 * Milliseconds.minute
      let around = TimeRange(
        since: (range.since - Milliseconds.day) / quarter * quarter,
        until: (range.until + Milliseconds.day + quarter - 1) / quarter * quarter)
      let knows =
        random.count(in: around) { !$0.isError } > 0
        && (random.count(in: range) { _ in true } > 0)
      for row in rows {
        let part = TimeRange(since: row["start"]?.time ?? 0, until: row["end"]?.time ?? 0)
        #expect(part.since == end && !part.isEmpty)
        end = part.until
        let errors = random.count(in: part) { $0.isError }
        #expect(row["errors"]?.integer == errors, "\(part)")
        #expect(row["server_errors"]?.integer == random.count(in: part) { $0.status >= 500 })
        #expect(row["rate_limited"]?.integer == random.count(in: part) { $0.status == 429 })
        let requests = random.count(in: part) { _ in true }
        #expect(row["requests"]?.integer ?? errors == requests)
      }
      #expect(range.isEmpty ? rows.isEmpty : end == range.until)
      #expect(rows.allSatisfy { ($0["requests"] != .null) == knows })
    }
  }

  @Test(arguments: seeds)
  func `groups are what they say, and together the whole`(seed: UInt64) throws {
    var random = try RandomLog(seed: seed)
    let log = try ImportedLog(random.lines)
    for fields in [[.vendor], [.status], [.code], [.vendor, .code]] as [[ResponseField]] {
      let range = try random.range()
      let question = try Question(log.archive, since: range.since, until: range.until)
      var total: Int64 = 0
      for row in try question.rates(every: .day, by: fields).value["rows"]?.elements ?? [] {
        let part = TimeRange(since: row["start"]?.time ?? 0, until: row["end"]?.time ?? 0)
        let errors = random.count(in: part) { response in
          response.isError
            && fields.allSatisfy { field in
              switch field {
              case .vendor: row["vendor"]?.text == response.vendor
              case .status: row["status"]?.integer == Int64(response.status)
              default: row["code"]?.text == response.code
              }
            }
        }
        #expect(row["errors"]?.integer == errors, "\(row)")
        total += errors
      }
      #expect(total == random.count(in: range) { $0.isError })
    }
  }

  @Test(arguments: seeds)
  func `routes are counted as their lines are, however the day is cut`(seed: UInt64) throws {
    var random = try RandomLog(seed: seed)
    let log = try ImportedLog(random.lines)
    for fields in [[.route], [.route, .vendor, .status], [.vendor, .route]] as [[ResponseField]] {
      let range = try random.range()
      // All grains, down to the events themselves.
      let zone = try Zone(named: random.pick(["UTC", "Europe/Berlin", "Asia/Kathmandu"]))
      let every = try Every(random.pick(["7m", "15m", "1h", "1d"]))
      let vendors = random.pick([[], ["zof"]])
      let question = try Question(
        log.archive, since: range.since, until: range.until, zone: zone, vendors: vendors)
      func isAsked(_ response: RandomLog.Response) -> Bool {
        response.isError && (vendors.isEmpty || vendors.contains(response.vendor ?? ""))
      }
      var total: Int64 = 0
      for row in try question.rates(every: every, by: fields).value["rows"]?.elements ?? [] {
        let part = TimeRange(since: row["start"]?.time ?? 0, until: row["end"]?.time ?? 0)
        func isIt(_ response: RandomLog.Response) -> Bool {
          isAsked(response)
            && fields.allSatisfy { field in
              switch field {
              case .vendor: row["vendor"]?.text == response.vendor
              case .status: row["status"]?.integer == Int64(response.status)
              default: row["route"]?.text == response.route
              }
            }
        }
        let errors = random.count(in: part, where: isIt)
        #expect(errors > 0 && row["errors"]?.integer == errors, "\(row)")
        #expect(
          row["server_errors"]?.integer
            == random.count(in: part) { isIt($0) && $0.status >= 500 })
        #expect(
          row["rate_limited"]?.integer == random.count(in: part) { isIt($0) && $0.status == 429 })
        #expect(row["requests"] == .null)
        total += errors
      }
      #expect(total == random.count(in: range, where: isAsked))
    }
  }

  @Test(arguments: seeds)
  func `a week's totals are those of its lines`(seed: UInt64) throws {
    var random = try RandomLog(seed: seed)
    let log = try ImportedLog(random.lines)
    let zone = try Zone(named: random.pick(["UTC", "Europe/Berlin", "Pacific/Auckland"]))
    let question = try Question(log.archive, zone: zone)
    for week in ["2026-W43", "2026-W44"] {
      let value = try question.report(.week(ISOWeek(week))).value
      let range = TimeRange(since: value["since"]?.time ?? 0, until: value["until"]?.time ?? 0)
      #expect(value["totals"]?["errors"]?.integer == random.count(in: range) { $0.isError })
      for row in value["totals"]?["by_vendor"]?.elements ?? [] {
        let errors = random.count(in: range) { $0.isError && $0.vendor == row["vendor"]?.text }
        #expect(row["errors"]?.integer == errors)
      }
      let kinds = value["totals"]?["by_kind"]?.elements.compactMap { $0["errors"]?.integer } ?? []
      #expect(kinds.reduce(0, +) == value["totals"]?["errors"]?.integer)
    }
    let undated = random.responses.filter { $0.time == nil && $0.isError }.count
    #expect(
      try question.report(.week(ISOWeek("2026-W43"))).value["undated"] == .integer(Int64(undated)))
  }
}
