import Answers
import Events
import Files
import Profiles
import Reports
import Testing

/// Of long lists the largest groups are told by themselves, and the rest together.
@Suite(.onEveryArchive) struct GroupingTests {
  /// Seventy vendors in two hours: the higher its number, the more errors one has; every seventh
  /// response has no code.
  private func log(_ vendors: Int = 70) throws -> ImportedLog {
    let start = try at("2026-11-02T09:00:00Z")
    return try ImportedLog(
      (0..<vendors).flatMap { number in
        (0...number / 10).flatMap { round -> [String] in
          let time = start + Int64(number * 90_000 + round * 1000)
          let code = number % 7 == 0 ? nil : "e\(number)"
          return [
            line(time, "v\(number)", 500, code: code, route: "/r\(number)", consumer: "c\(number)"),
            line(time, "v\(number)", 200),
          ]
        }
      })
  }

  private func question(_ log: ImportedLog, _ top: Top = .usual) throws -> Question {
    var question = try log.question(since: "2026-11-02T09:00:00Z", until: "2026-11-02T11:00:00Z")
    question.top = top
    return question
  }

  private func sums(_ answer: Answer, _ field: String) -> Int64 {
    (answer.value["rows"]?.elements ?? []).reduce(0) { $0 + ($1[field]?.integer ?? 0) }
  }

  @Test func `the fifty largest have rows, and the rest have one`() throws {
    let log = try log()
    let answer = try question(log).rates(by: [.vendor])
    let rows = answer.value["rows"]?.elements ?? []
    #expect(answer.value["left_out"]?.integer == 20)
    #expect(rows.count == 2 * 51)
    let rest = rows.filter { $0["others"] != .null }
    #expect(rest.map { $0["vendor"] } == [.null, .null])
    #expect(rest.map { $0["others"]?.integer } == [20, 20])
    // Those with most errors are left, and of as many ones those whose names come first.
    let told = Set(rows.compactMap { $0["vendor"]?.text })
    #expect(told == Set((20..<70).map { "v\($0)" }))
    let whole = try question(log).rates()
    for field in ["errors", "requests", "server_errors", "rate_limited"] {
      #expect(sums(answer, field) == sums(whole, field))
    }
    #expect(tables(answer).contains("  20 others  "))
  }

  @Test(arguments: [[ResponseField.code], [.route], [.consumer], [.vendor, .code, .consumer]])
  func `sums with the rest are those of all`(fields: [ResponseField]) throws {
    let log = try log()
    let errors = sums(try question(log).rates(), "errors")
    for top in [Top.usual, .largest(1), .largest(60), .all] {
      let answer = try question(log, top).rates(by: fields)
      #expect(sums(answer, "errors") == errors)
      let rows = answer.value["rows"]?.elements ?? []
      let rest = rows.filter { $0["others"] != .null }
      #expect(rest.isEmpty == (answer.value["left_out"]?.integer == 0))
      for row in rest { #expect(fields.allSatisfy { row[$0.rawValue] == .null }) }
    }
  }

  @Test func `what has no code is a group and not the rest`() throws {
    let answer = try question(try log(), .largest(3)).rates(by: [.code])
    let rows = answer.value["rows"]?.elements ?? []
    let none = rows.filter { $0["code"] == .null && $0["others"] == .null }
    #expect(none.reduce(0) { $0 + ($1["errors"]?.integer ?? 0) } == 37)
    #expect(rows.contains { $0["code"] == .null && $0["others"]?.integer == 58 })
  }

  @Test func `as many as there are, none is left out`() throws {
    let log = try log(50)
    let answer = try question(log).rates(by: [.vendor])
    #expect(answer.value["left_out"]?.integer == 0)
    #expect(answer.value["rows"]?.elements.allSatisfy { $0["others"] == .null } == true)
    let all = try question(log, .all).rates(by: [.vendor])
    #expect(answer == all)
  }

  @Test func `a report's vendors and their rest have the totals`() throws {
    let log = try log()
    let choice = ReportPeriod.Choice.range(
      since: try at("2026-11-02T09:00:00Z"), until: try at("2026-11-02T11:00:00Z"))
    let totals = try question(log).report(choice).value["totals"]
    let vendors = totals?["by_vendor"]?.elements ?? []
    #expect(vendors.count == 51)
    #expect(vendors.last?["others"]?.integer == 20)
    #expect(vendors.last?["vendor"] == .null)
    for field in ["errors", "requests"] {
      #expect(
        vendors.reduce(0) { $0 + ($1[field]?.integer ?? 0) } == totals?[field]?.integer)
    }
    let value = try question(log).report(choice).value
    #expect(value["left_out"]?["vendors"]?.integer == 20)
    #expect(value["left_out"]?["movers"]?.integer == 0)
  }

  @Test func `limits beyond the fiftieth are one row`() throws {
    let log = try ImportedLog(
      (0..<60).flatMap { number in
        (0...number % 3).map { hit in
          line(
            "2026-11-02T09:\(10 + hit):00Z", "mimicbot", 402, code: "PLAN_LIMIT_REACHED",
            consumer: "c\(number)")
        }
      })
    let answer = try log.question().limits()
    let rows = answer.value["rows"]?.elements ?? []
    #expect(answer.value["left_out"]?.integer == 10)
    #expect(rows.count == 51)
    #expect(sums(answer, "hits") == 120)
    #expect(rows.last?["hits"]?.integer == 10)
    #expect(rows.last?["consumer"] == .null)
    #expect(rows.last?["others"]?.integer == 10)
    var question = try log.question()
    question.top = .all
    #expect(try question.limits().value["rows"]?.elements.count == 60)
  }

  @Test func `consumers beyond the fiftieth are one row of the retry audit`() throws {
    // Each told to wait for a minute, and back after ten seconds.
    let log = try ImportedLog(
      (0..<60).flatMap { number in
        (0..<2).map { call in
          line(
            "2026-11-02T09:00:\(call)0Z", "zof", 429, route: "/runs", consumer: "c\(number)",
            retryAfter: 60)
        }
      })
    let answer = try log.question().retries(catalog: Catalog())
    let rows = answer.value["rows"]?.elements ?? []
    #expect(answer.value["left_out"]?.integer == 10)
    #expect(rows.count == 51)
    #expect(rows.last?["early"]?.integer == 10)
    #expect(rows.last?["median_early_ms"]?.integer == 50_000)
    for field in ["errors", "judged", "early", "self_inflicted"] {
      #expect(sums(answer, field) == answer.value["totals"]?[field]?.integer)
    }
    #expect(tables(answer).contains("10 others"))
  }

  @Test func `a burst of the last of many vendors is found`() throws {
    let start = try at("2026-11-02T09:00:00Z")
    let strangers = (0..<1500).map { line(start + Int64($0) * 2000, "s\($0)", 429) }
    let burst = (0..<20).map {
      line(start + 3_000_000 + Int64($0) * 1000, "zz", 429, route: "/x", consumer: "c")
    }
    let answer = try ImportedLog(strangers + burst).question().bursts()
    #expect(answer.value["bursts"]?.elements.map { $0["vendor"]?.text } == ["zz"])
    #expect(answer.value["bursts"]?[0]?["count"]?.integer == 20)
  }
}
