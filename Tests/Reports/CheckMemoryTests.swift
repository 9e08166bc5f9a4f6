import Checks
import Questions
import SQLite
import Store
import Testing
import Times

@testable import Reports

/// What a cron job tells, time after time.
@Suite struct CheckMemoryTests {
  private let rule = "errors > 20 per 5m"

  /// 30 errors within five minutes from 14:30 on, and 30 more from 16:00 on.
  private func log() throws -> ImportedLog {
    try ImportedLog(lines(30, from: "14:30", "zof", 500) + lines(30, from: "16:00", "zof", 500))
  }

  @Test func `what crosses is told once, and once more when it comes again`() throws {
    let log = try log()
    var told: [String] = []
    for minute in stride(from: 25, through: 59, by: 5) {
      told += try log.check(rule, at: "14:\(minute)", job: "", resolved: true).map {
        "14:\(minute) \($0)"
      }
    }
    #expect(
      told == [
        "14:35 zof: errors 30 > 20 per 5m, since 14:34",
        "14:55 over: zof: errors 30 > 20 per 5m, from 14:34 to 14:36",
      ])
    #expect(try log.check(rule, at: "15:30", job: "") == [])
    #expect(
      try log.check(rule, at: "16:06", job: "") == ["zof: errors 30 > 20 per 5m, since 16:04"])
    #expect(try log.check(rule, at: "16:07", job: "") == [])
  }

  @Test func `checks that were missed miss nothing`() throws {
    let log = try log()
    #expect(try log.check(rule, at: "14:20", job: "") == [])
    #expect(
      try log.check(rule, at: "18:00", job: "") == [
        "zof: errors 30 > 20 per 5m, from 14:34 to 14:36",
        "zof: errors 30 > 20 per 5m, from 16:04 to 16:06",
      ])
    #expect(try log.check(rule, at: "18:01", job: "") == [])
  }

  @Test func `what comes late is told, but not what comes too late`() throws {
    let log = try ImportedLog(lines(1, from: "12:00", "zof", 500))
    #expect(try log.check(rule, at: "18:00", job: "") == [])
    try log.add(lines(25, from: "15:00", "zof", 500))
    #expect(
      try log.check(rule, at: "18:05", job: "") == [
        "zof: errors 25 > 20 per 5m, from 15:04 to 15:05"
      ])
    // The rest of it comes even later: it is the same.
    try log.add(lines(30, from: "15:05", "zof", 500))
    #expect(try log.check(rule, at: "18:10", job: "") == [])
    try log.add(lines(30, from: "12:30", "zof", 500))
    #expect(try log.check(rule, at: "18:15", job: "", late: 3 * Milliseconds.hour) == [])
  }

  @Test func `successes that come late are judged as well`() throws {
    let log = try ImportedLog(lines(1, from: "12:00", "zof", 200))
    #expect(try log.check("requests > 20 per 5m", at: "18:00", job: "") == [])
    try log.add(lines(25, from: "15:00", "zof", 200))
    #expect(
      try log.check("requests > 20 per 5m", at: "18:05", job: "") == [
        "zof: requests 25 > 20 per 5m, from 15:04 to 15:05"
      ])
  }

  @Test func `an old log is judged by the clock, and its past is none of it`() throws {
    let log = try log()
    #expect(try log.check(rule, at: "2026-11-20T00:00:00Z", job: "") == [])
    #expect(try log.check(rule, at: "2026-11-20T00:05:00Z", job: "") == [])
  }

  @Test func `jobs, rules and vendors that are asked about do not disturb each other`() throws {
    let log = try log()
    let line = ["zof: errors 30 > 20 per 5m, since 14:34"]
    #expect(try log.check(rule, at: "14:35", job: "mail") == line)
    #expect(try log.check(rule, at: "14:36", job: "pager") == line)
    #expect(try log.check("errors > 21 per 5m", at: "14:36", job: "mail").count == 1)
    #expect(try log.check(rule, at: "14:36", job: "mail", vendors: ["zof"]) == line)
    #expect(try log.check(rule, at: "14:36", job: "mail", vendors: ["zof"]) == [])
    #expect(try log.check("PER 5m Errors > 20", at: "14:37", job: "mail") == [])
    // Without a job nothing is known, and nothing remembered.
    #expect(try log.check(rule, at: "14:37") == line)
    #expect(try log.check(rule, at: "14:37") == line)
  }

  @Test func `what goes on is told again after a while, if that is wanted`() throws {
    let log = try ImportedLog(lines(600, from: "14:00", "zof", 500))
    let again = 30 * Milliseconds.minute
    var told: [String] = []
    for time in ["14:05", "14:10", "14:35", "14:40", "15:05", "15:10"] {
      told += try log.check(rule, at: time, job: "", again: again).map { "\(time) \($0)" }
    }
    #expect(
      told == [
        "14:05 zof: errors 30 > 20 per 5m, since 14:04",
        "14:35 still: zof: errors 30 > 20 per 5m, since 14:04",
        "15:05 still: zof: errors 30 > 20 per 5m, since 14:04",
      ])
  }

  @Test func `what cannot be judged is told once, until it can be`() throws {
    let log = try ImportedLog(lines(50, from: "14:00", "zof", 500))
    let rule = "error_rate > 10% per 5m"
    #expect(try log.check(rule, at: "14:05", job: "").map { $0.prefix(5) } == ["? zof"])
    #expect(try log.check(rule, at: "14:06", job: "") == [])
    try log.add(lines(50, from: "14:00", "zof", 200))
    #expect(
      try log.check(rule, at: "14:07", job: "") == [
        "zof: error_rate 50.0 % (30 of 60) > 10% per 5m, since 14:02"
      ])
  }

  @Test func `a clock that is set back a little repeats nothing`() throws {
    let log = try log()
    #expect(try log.check(rule, at: "14:36", job: "").count == 1)
    #expect(try log.check(rule, at: "14:10", job: "") == [])
    #expect(try log.check(rule, at: "14:37", job: "") == [])
  }

  @Test func `after a clock that was far ahead all goes on`() throws {
    let log = try log()
    #expect(try log.check(rule, at: "2027-11-06T00:00:00Z", job: "") == [])
    #expect(try log.check(rule, at: "14:36", job: "").count == 1)
    #expect(try log.check(rule, at: "14:37", job: "") == [])
  }

  @Test(arguments: [
    "UPDATE checked_rule SET judged_ms = -9223372036854775808, batch = 9223372036854775807",
    "UPDATE checked_rule SET judged_ms = 9223372036854775807, batch = -9223372036854775808",
    "UPDATE crossing SET since_ms = 9223372036854775807, near_ms = 9223372036854775807",
    """
    UPDATE crossing SET since_ms = -9223372036854775808, last_ms = 9223372036854775807,
      near_ms = 9223372036854775807, told_ms = -9223372036854775808,
      over_ms = 9223372036854775807, counted = 9223372036854775807
    """,
    "UPDATE crossing SET subject = '['", "UPDATE crossing SET subject = '{\"a\":1}'",
    "UPDATE crossing SET subject = '[1]'", "UPDATE crossing SET subject = '[\"zof\",\"zof\"]'",
    "DELETE FROM crossing", "DELETE FROM checked_rule", "UPDATE crossing SET rule = 99",
    "INSERT INTO crossing SELECT NULL, rule, subject, is_unknown, since_ms, last_ms, near_ms, "
      + "counted, requests, told_ms, over_ms FROM crossing",
  ])
  func `whatever stands in what is remembered, the next checks go their way`(_ sql: String) throws {
    let log = try log()
    #expect(try log.check(rule, at: "14:36", job: "").count == 1)
    try Connection(path: log.store.path, access: .write).execute(sql)
    _ = try log.check(rule, at: "14:37", job: "", again: Milliseconds.hour)
    #expect(try Verification(log.store).problems == [])
    #expect(
      try log.check(rule, at: "16:06", job: "") == ["zof: errors 30 > 20 per 5m, since 16:04"])
    #expect(try log.check(rule, at: "16:07", job: "") == [])
  }

  @Test func `rules that nobody checks are forgotten after 90 days`() throws {
    let log = try log()
    _ = try log.check(rule, at: "14:36", job: "old")
    _ = try log.check(rule, at: "2027-02-04T14:30:00Z", job: "new")
    #expect(try log.reader.checkedRule(rule, job: "old") != nil)
    _ = try log.check(rule, at: "2027-02-04T14:37:00Z", job: "new")
    #expect(try log.reader.checkedRule(rule, job: "old") == nil)
    #expect(try log.reader.checkedRule(rule, job: "new") != nil)
  }

  @Test func `a copy of the store remembers, and pruning takes what is as old`() throws {
    let log = try log()
    #expect(try log.check(rule, at: "14:36", job: "").count == 1)
    let copy = log.store.path + ".copy"
    _ = try Backup(of: log.store, to: copy, overwriting: false)
    func crossings(_ path: String) throws -> Int? {
      try StoreReader(Store(path: path)).checkedRule(rule, job: "")?.crossings.count
    }
    _ = try Pruning(log.store, before: at("2026-11-06T14:31:00Z"), counts: false)
    #expect(try crossings(log.store.path) == 1)
    _ = try Pruning(log.store, before: at("2026-11-06T14:50:00Z"), counts: false)
    #expect(try crossings(log.store.path) == 0)
    #expect(try crossings(copy) == 1)
  }
}
