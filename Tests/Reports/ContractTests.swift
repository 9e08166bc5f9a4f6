import Answers
import Checks
import Events
import Profiles
import Rendering
import Reports
import Testing

/// The fixed part of the JSON that scripts rely on: which names, in which order.
@Suite(.onEveryArchive) struct ContractTests {
  /// Two weeks with a bit of everything.
  private func log() throws -> ImportedLog {
    let friday = try at("2026-11-06T14:30:00Z")
    let rejections = (0..<30).map {
      line(friday + $0 * 3000, "zof", 429, route: "/runs", consumer: "ci", retryAfter: 1)
    }
    let failures = (0..<30).map { line(friday + $0 * 3000, "zof", 503, code: "down") }
    return try ImportedLog(
      [line("2026-10-26T00:30:00Z", "zof", 404, code: "missing")] + rejections + failures
        + LimitTests.log.split(separator: "\n").map(String.init)
        + [line("2026-11-09T00:00:00Z", "zof", 200, id: "last"), line(nil, "zof", 500, id: "id_1")])
  }

  private let counts =
    "errors requests error_rate rate_limited plan_limited server_errors failed_2xx"
  private let burst = """
    vendor start end count plan_limited peak_per_minute background_per_hour retry_after routes \
    consumers
    """
  private let incident = """
    id what vendor vendors route consumer start end ongoing failures requests expected share \
    server_errors rejections retry_after codes routes consumers blame
    """
  private let spike = """
    vendor start end detected_at count expected ratio shape ongoing provisional \
    peak_minute excess
    """
  // `code` is what is known where a response names no resource.
  private let limit = """
    vendor consumer resource code limit hits first last hits_per_day days_left next_hit outlook \
    others
    """
  private let retried = """
    errors judged early median_early_ms repeated alike hasty self_inflicted share
    """

  @Test func `rates`() throws {
    let value = try log().question().rates().value
    #expect(value.names == "since until every tz left_out rows")
    #expect(value["rows"]?[0]?.names == "start end \(counts)")
    for field in ResponseField.allCases {
      let rows = try log().question().rates(by: [field]).value["rows"]
      #expect(rows?[0]?.names == "start end \(field.rawValue) \(counts) others")
    }
    let rows = try log().question().rates(by: ResponseField.allCases).value["rows"]
    #expect(
      rows?[0]?.names
        == "start end vendor status code kind route consumer gateway answered_by \(counts) others")
  }

  @Test func `bursts`() throws {
    let value = try log().question().bursts().value
    #expect(value.names == "since until left_out bursts continuous_left_out continuous")
    #expect(value["bursts"]?[0]?.names == burst)
    #expect(value["bursts"]?[0]?["routes"]?[0]?.names == "name count")
    #expect(value["bursts"]?[0]?["consumers"]?[0]?.names == "name count")
  }

  @Test func `spikes`() throws {
    let value = try log().question().spikes().value
    #expect(value.names == "since until left_out spikes gaps_left_out gaps")
    #expect(value["spikes"]?[0]?.names == "\(spike) statuses codes routes")
  }

  @Test func `limits`() throws {
    let value = try log().question().limits().value
    #expect(value.names == "since until left_out rows quotas_left_out quotas")
    #expect(value["rows"]?[0]?.names == limit)
  }

  @Test func `retries`() throws {
    let value = try log().question().retries(catalog: Catalog()).value
    #expect(
      value.names == """
        since until judged_all left_out rows totals unjudged policies_left_out policies
        """)
    #expect(value["rows"]?[0]?.names == "vendor consumer \(retried) worst others")
    #expect(value["totals"]?.names == retried)
  }

  @Test func `find`() throws {
    let value = try log().find("id_1").answer.value
    #expect(value.names == "query events story around cut_off missing")
    #expect(
      value["events"]?[0]?.names == """
        id time vendor status code kind message request_id method route path consumer latency_ms \
        retry_after_ms upstream_status answered_by gateway details source identifiers line \
        line_path line_number raw advice seen incident
        """)
    #expect(value["events"]?[0]?["source"]?.names == "path offset length part")
    // `meaning` is what the vendor documents, null without.
    #expect(value["events"]?[0]?["advice"]?.names == "retry text meaning")
  }

  @Test func `report`() throws {
    let value = try log().question().report().value
    #expect(value["week"] == "2026-W45")
    #expect(
      value.names == """
        week since until tz compared_with left_out totals before new returned gone days movers \
        changes incidents habits budgets blame bursts continuous spikes gaps limits quotas \
        retries undated missing
        """)
    #expect(value["compared_with"]?.names == "since until known_since compared_since")
    #expect(value["days"]?[0]?.names == "start end errors requests")
    #expect(
      value["changes"]?[0]?.names == """
        of vendor name status errors before per rate rate_before change ratio low high
        """)
    #expect(
      value["incidents"]?[0]?.names == incident)
    #expect(
      try log().question().incidents().value.names
        == "since until left_out incidents habits_left_out habits")
    #expect(value["blame"]?[0]?.names == "whose errors before")
    for totals in [value["totals"], value["before"]] {
      #expect(totals?.names == "errors requests by_vendor by_kind")
      #expect(totals?["by_vendor"]?[0]?.names == "vendor \(counts) others")
      #expect(totals?["by_kind"]?[0]?.names == "kind errors")
    }
    #expect(value["new"]?[0]?.names == "vendor code errors")
    #expect(value["gone"]?[0]?.names == "vendor code errors")
    #expect(
      value["movers"]?[0]?.names
        == "vendor status code kind errors before change ratio per rate rate_before")
    #expect(value["bursts"]?[0]?.names == burst)
    #expect(value["spikes"]?[0]?.names == spike)
    #expect(value["limits"]?[0]?.names == limit)
  }

  @Test func `rows of CSV have their header even when there are none`() throws {
    let question = try ImportedLog("").question()
    #expect(
      shown(try question.rates(by: [.code]), as: .csv) == "start,end,code,\(commas(counts)),others")
    #expect(shown(try question.bursts(), as: .csv) == commas(burst))
    #expect(shown(try question.spikes(), as: .csv) == commas("\(spike) statuses codes routes"))
    #expect(shown(try question.limits(), as: .csv) == commas(limit))
    #expect(
      shown(try question.retries(catalog: Catalog()), as: .csv)
        == commas("vendor consumer \(retried) worst others"))
  }

  private func commas(_ names: String) -> String { names.replacing(" ", with: ",") }

  @Test func `changes are words in snake case`() throws {
    let movers = try log().question().report().value["movers"]?.elements ?? []
    let words = Set(movers.compactMap { $0["change"]?.text })
    #expect(words.isSubset(of: ["up", "down", "no_clear_change", "new", "gone"]))
    #expect(words.count > 1)
  }

  @Test func `check`() throws {
    let check = try RuleCheck(
      log().question(since: "2026-11-02", until: "2026-11-09"),
      [PlacedRule(try Rule("server_errors > 5 per 1h")), PlacedRule("spike", of: "--rule")],
      at: .range)
    let value = check.answer(resolved: false).value
    #expect(
      value.names == "checked_until since until tz rules crossed budgets budgets_left_out")
    #expect(value["rules"]?[0]?.names == "rule from state reported left_out subjects note")
    let crossing = """
      rule state reported vendor status code kind route consumer gateway answered_by resource \
      alert value threshold requests since last until text
      """
    #expect(value["crossed"]?.elements.count == 2)
    #expect(value["crossed"]?[0]?.names == crossing)
    #expect(value["rules"]?[1]?["subjects"]?[0]?.names == crossing)
    #expect(value["rules"]?[1]?["from"]?.text == "--rule")
    #expect(check.answer(resolved: false).header.joined(separator: " ") == crossing)
  }
}
