import Foundation
import Testing

/// A query that comes with errata, and the command that answers the same, agree on the demo's log.
struct QueryAgreementTests {
  /// What no command tells as a whole.
  static let unlike: Set = ["top-messages"]
  static let alike: Set = [
    "codes", "errors", "evidence", "limits", "minutes", "rejections", "responses", "server-errors",
    "slowest", "successes", "undated",
  ]

  static let weeks = "--since 2026-11-02 --until 2026-11-16"
  static let days = "--since 2026-11-10 --until 2026-11-13"

  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.run("errata import -q demo.ndjson.gz")
  }

  @Test func `every query is compared, or has nothing like it`() throws {
    let queries = try rows(of: "errata queries", under: "queries")
    #expect(Set(queries.compactMap { $0["name"] }) == Self.alike.union(Self.unlike))
  }

  @Test func `codes are the errors of rates by code`() throws {
    let names = ["vendor", "code"]
    let codes = try query("codes", Self.weeks).sums(of: "responses", by: names)
    let rates = try rates(by: names).sums(of: "errors", by: names)
    #expect(codes.count > 40)
    #expect(codes == rates.filter { $0.key[1] != "" })
  }

  @Test func `errors, one by one, are those of rates by all that tells them apart`() throws {
    let names = ["vendor", "status", "code", "kind", "route", "consumer"]
    let errors = try query("errors", Self.weeks).counts(by: names)
    #expect(errors.count > 100)
    #expect(try errors == rates(by: names).sums(of: "errors", by: names))
  }

  @Test func `responses are the errors of rates by their quarter of an hour`() throws {
    let names = ["vendor", "status", "code", "kind"]
    let responses = try query("responses", Self.weeks).filter { $0["kind"] != "success" }
    let rates = try rates(by: names, every: "15m")
    #expect(responses.count > 500)
    #expect(
      responses.sums(of: "responses", by: ["time_ms"] + names)
        == rates.sums(of: "errors", by: ["start"] + names))
  }

  @Test func `successes are the requests of rates that are no errors`() throws {
    var expected = try rates(by: ["vendor"]).sums(of: "requests", by: ["vendor"])
    for (vendor, errors) in try rates(by: ["vendor"]).sums(of: "errors", by: ["vendor"]) {
      expected[vendor, default: 0] -= errors
    }
    let successes = try query("successes", Self.weeks)
    #expect(successes.count == 5)
    #expect(successes.sums(of: "successes", by: ["vendor"]) == expected)
  }

  @Test func `minutes are those of rates`() throws {
    let minutes = try query("minutes", Self.days)
    let rates = try rates(by: ["vendor"], every: "1m", Self.days)
    #expect(minutes.count > 2000)
    for name in ["errors", "rate_limited", "plan_limited", "server_errors"] {
      #expect(
        minutes.sums(of: name, by: ["time_ms", "vendor"])
          == rates.sums(of: name, by: ["start", "vendor"]))
    }
    let requests = minutes.map { minute in
      var minute = minute
      minute["requests"] = String(minute.number("errors") + minute.number("successes"))
      return minute
    }
    #expect(
      requests.sums(of: "requests", by: ["time_ms", "vendor"])
        == rates.sums(of: "requests", by: ["start", "vendor"]))
  }

  @Test func `server errors are those of spikes, and of rates by the minute`() throws {
    let minutes = try query("server-errors", Self.weeks)
    let spikes = try rows(of: "errata spikes \(Self.weeks)", under: "spikes")
    #expect(spikes.count > 0)
    for spike in spikes {
      let inside = minutes.filter {
        $0["vendor"] == spike["vendor"] && $0["time_ms"] ?? "" >= spike["start"] ?? ""
          && $0["time_ms"] ?? "" < spike["end"] ?? ""
      }
      #expect(inside.sum(of: "server_errors") == spike.number("count"))
    }
    #expect(
      try query("server-errors", Self.days).sums(of: "server_errors", by: ["time_ms", "vendor"])
        == rates(by: ["vendor"], every: "1m", Self.days)
        .sums(of: "server_errors", by: ["start", "vendor"]))
  }

  @Test func `rejections are the 429s of bursts and of rates`() throws {
    let rejections = try query("rejections", Self.weeks)
    let bursts = try rows(of: "errata bursts \(Self.weeks)", under: "bursts")
    #expect(bursts.count > 1)
    for burst in bursts {
      let inside = rejections.filter {
        $0["vendor"] == burst["vendor"] && $0["time_ms"] ?? "" >= burst["start"] ?? ""
          && $0["time_ms"] ?? "" <= burst["end"] ?? ""
      }
      #expect(inside.count == burst.number("count"))
      #expect(
        inside.count { $0["kind"] == "plan_limit" } == burst.number("plan_limited"))
    }
    #expect(
      try rates(by: ["status"]).sums(of: "errors", by: ["status"])[["429"]] == rejections.count)
  }

  @Test func `limits are those of the command`() throws {
    let names = ["vendor", "consumer", "code", "resource", "limit"]
    let hits = try query("limits", Self.weeks).map { row in
      let details = try JSONSerialization.jsonObject(
        with: Data((row["details"]?.nonEmpty ?? "{}").utf8))
      let known = (details as? [String: Any] ?? [:]).filter { names.contains($0.key) }
      return row.merging(known.mapValues(text)) { $1 }
    }
    let limits = try rows(of: "errata limits --all \(Self.weeks)", under: "rows")
    #expect(hits.count > 10)
    #expect(hits.sums(of: "hits", by: names) == limits.sums(of: "hits", by: names))
    #expect(
      hits.counts(by: names + ["first_ms", "last_ms"])
        == limits.counts(by: names + ["first", "last"]))
  }

  @Test(arguments: ["flowestate", "mimicbot", "zenstep", "zihin", "zof"])
  func `evidence is what the report lists against a vendor`(vendor: String) throws {
    let names = ["status", "code", "kind"]
    let evidence = try query("evidence", "\(Self.weeks) --vendor \(vendor)")
    let line = "errata report --evidence --vendor \(vendor) \(Self.weeks)"
    let groups = try rows(of: line, under: "by_code")
    #expect(evidence.count > 0)
    #expect(evidence.count == groups.sum(of: "errors"))
    #expect(evidence.counts(by: names) == groups.sums(of: "errors", by: names))
  }

  @Test func `the slowest are found by their ids, with what was said of them`() throws {
    let slowest = try query("slowest", Self.weeks)
    #expect(slowest.count == 20)
    for row in slowest {
      let found = try rows(of: "errata find \(try #require(row["request_id"]))", under: "events")
      let event = try #require(found.first)
      #expect(found.count == 1)
      #expect(event["time"] == row["time_ms"])
      for name in ["latency_ms", "vendor", "status", "code", "method", "path", "request_id"] {
        #expect(event[name] == row[name])
      }
    }
  }

  @Test func `what has no time is what the report leaves out`() throws {
    #expect(try query("undated", "").isEmpty)
    #expect(try sandbox.json("errata report --format json")["undated"] as? Int == 0)
    try sandbox.write(
      """
      {"vendor":"zof","status":500}
      {"vendor":"zof","status":404,"body":{"error":{"code":"not_found"}}}
      {"vendor":"zihin","status":429}
      {"vendor":"zihin","status":200}

      """, to: "undated.log")
    try sandbox.run("errata import -q undated.log")
    let undated = try query("undated", "")
    #expect(undated.sum(of: "responses") == 4)
    let errors = undated.filter { $0["kind"] != "success" }.sum(of: "responses")
    #expect(try sandbox.json("errata report --format json")["undated"] as? Int == errors)
  }

  // MARK: What is compared

  /// The rows of a query, by its columns.
  private func query(_ name: String, _ options: String) throws -> [Row] {
    let answer = try sandbox.json("errata query \(name) \(options) --format json")
    let columns = try #require(answer["columns"] as? [String])
    return try #require(answer["rows"] as? [[Any]]).map { row in
      Row(uniqueKeysWithValues: zip(columns, row).map { ($0, text($1, in: $0)) })
    }
  }

  private func rates(
    by names: [String], every length: String = "1w", _ range: String = weeks
  ) throws -> [Row] {
    let by = names.joined(separator: ",")
    return try rows(
      of: "errata rates --every \(length) --by \(by) --all \(range)", under: "rows")
  }

  /// The objects that a command's answer has under a name.
  private func rows(of line: String, under name: String) throws -> [Row] {
    let answer = try sandbox.json("\(line) --format json")
    return try #require(answer[name] as? [[String: Any]]).map { row in
      Row(uniqueKeysWithValues: row.map { ($0.key, text($0.value)) })
    }
  }
}

/// Values as texts by their names; empty where there is none.
private typealias Row = [String: String]

private func text(_ value: Any) -> String { value is NSNull ? "" : "\(value)" }

/// The same of a query's column: its times are numbers, those of commands texts.
private func text(_ value: Any, in column: String) -> String {
  guard column.hasSuffix("_ms"), let number = value as? Int, number > 100_000_000_000 else {
    return text(value)
  }
  let seconds = Date(timeIntervalSince1970: Double(number / 1000)).formatted(.iso8601)
  return seconds.dropLast() + String(format: ".%03dZ", number % 1000)
}

extension Row {
  fileprivate func number(_ name: String) -> Int { self[name].flatMap { Int($0) } ?? 0 }
}

extension [Row] {
  fileprivate func sum(of name: String) -> Int { reduce(0) { $0 + $1.number(name) } }

  /// A number added up by what stands under other names; what comes to nothing is left out.
  fileprivate func sums(of name: String, by names: [String]) -> [[String]: Int] {
    var sums: [[String]: Int] = [:]
    for row in self { sums[names.map { row[$0] ?? "" }, default: 0] += row.number(name) }
    return sums.filter { $0.value != 0 }
  }

  fileprivate func counts(by names: [String]) -> [[String]: Int] {
    reduce(into: [:]) { counts, row in counts[names.map { row[$0] ?? "" }, default: 0] += 1 }
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
