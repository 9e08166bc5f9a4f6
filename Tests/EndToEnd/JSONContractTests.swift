import Foundation
import Testing

/// `--format json` is a contract: these keys, in these shapes, whatever else may come to be.
struct JSONContractTests {
  struct Contract: Sendable, CustomTestStringConvertible {
    let line: String
    let keys: [String: Shape]
    var testDescription: String { line }
  }

  static let contracts: [Contract] = [
    Contract(
      line: "errata import -q --store new.db --reread demo.ndjson.gz",
      keys: Dictionary(
        uniqueKeysWithValues: [
          "lines", "records", "events", "successes", "skipped", "rejects", "blank", "known",
          "held_back", "bytes", "seconds", "undated", "other_hosts",
        ].map { ($0, .number) }
      ).merging([
        "gateways": .list(.object(["name": .text, "responses": .number])),
        "vendors": .list(.object(["name": .text, "responses": .number])),
        "unclear": .object([
          "code": .number, "vendor": .number, "time": .number, "kind": .number,
          "example?": .object(["path": .text, "offset": .number]),
        ]),
        "reread": .object([
          "replaced": .number, "gained": .number, "lost": .number, "pruned": .number,
        ]),
      ]) { $1 }),
    Contract(line: "errata rates --every 1d", keys: rates(by: [:])),
    Contract(
      line: "errata rates --every 1d --by vendor,status,code,kind,route,consumer",
      keys: rates(by: [
        "vendor?": .text, "status?": .number, "code?": .text, "kind?": .text, "route?": .text,
        "consumer?": .text,
      ])),
    Contract(
      line: "errata bursts",
      keys: [
        "since": .time, "until": .time, "left_out": .number, "bursts": .list(.object(burst)),
        "continuous_left_out": .number, "continuous": .list(.object(steady)),
      ]),
    Contract(
      line: "errata spikes",
      keys: [
        "since": .time, "until": .time, "left_out": .number, "gaps_left_out": .number,
        "spikes": .list(.object(spike.merging(causes) { $1 })), "gaps": .list(.object(gap)),
      ]),
    Contract(
      line: "errata limits",
      keys: [
        "since": .time, "until": .time, "left_out": .number, "quotas_left_out": .number,
        "rows": .list(.object(limit)),
        "quotas": .list(.object(quota)),
      ]),
    Contract(
      line: "errata retries", keys: retries),
    Contract(
      line: "errata find req_8f2c61d09ab47e3512cd",
      keys: [
        "query": .text,
        "events": .list(
          .object(
            event.merging([
              "identifiers": .list(.text), "line?": .text, "line_path?": .text,
              "advice": .object(["retry": .text, "text": .text, "meaning?": .text]),
            ]) { $1 })),
      ]),
    Contract(
      line: "errata report",
      keys: [
        "week": .text, "since": .time, "until": .time, "tz": .text, "totals": .object(totals),
        "compared_with": .object(["since": .time, "until": .time, "known_since?": .time]),
        "left_out": .object(leftOut),
        "before": .object(totals), "new": .list(.object(code)), "returned": .list(.object(code)),
        "gone": .list(.object(code)), "movers": .list(.object(mover)),
        "days": .list(
          .object(["start": .time, "end": .time, "errors": .number, "requests": .number])),
        "changes": .list(.object(change)), "incidents": .list(.object(incident)),
        "blame": .list(.object(["whose": .text, "errors": .number, "before": .number])),
        "bursts": .list(.object(burst)), "continuous": .list(.object(steady)),
        "spikes": .list(.object(spike)), "gaps": .list(.object(gap)),
        "limits": .list(.object(limit)), "quotas": .list(.object(quota)),
        "retries": .object(retries), "undated": .number,
        "missing": .list(.object(["path": .text, "offset": .number, "after": .time])),
      ]),
    Contract(
      line: "errata report --vendor mimicbot --evidence",
      keys: [
        "vendor": .text, "since": .time, "until": .time, "failed": .number,
        "requests_made": .number, "unproven": .number, "without_id": .number,
        "incidents": .list(
          .object(["start": .time, "end": .time, "errors": .number, "expected": .number])),
        "by_code": .list(
          .object([
            "status": .number, "code": .text, "kind": .text, "message": .text, "errors": .number,
            "first": .time, "last": .time,
          ])),
        "requests": .list(
          .object([
            "time": .time, "request_id": .text, "method": .text, "route": .text,
            "status": .number, "code": .text, "kind": .text, "latency_ms": .number,
            "answered_by": .text,
          ])),
      ]),
    Contract(
      line: """
        checked() { errata check --stateless --rule spike --rule 'error_rate > 30% per 1h' \
        --rule 'requests < 1 per 1h total' --rule 'errors > 999 per 5m' \
        --rule 'errors > 1 per 5m code=zof by=status,code,kind,route,consumer' "$@" || test $? = 3; }
        checked
        """,
      keys: [
        "checked_until": .time, "since": .time, "until": .time, "tz": .text,
        "rules": .list(
          .object([
            "rule": .text, "from?": .text, "state": .text, "reported": .flag, "left_out": .number,
            "subjects": .list(.object(crossing)), "note?": .text,
          ])),
        "crossed": .list(.object(crossing)),
      ]),
    Contract(
      line: "errata query 'select vendor, count(*) from events group by 1'",
      keys: ["columns": .list(.text), "rows": .list(.list(.any))]),
    Contract(
      line: "errata explain demo.ndjson.gz",
      keys: [
        "gateway": .text, "vendor": .text, "outcome": .text, "identifiers": .list(.text),
        "event": .object(event.merging(["source": .nothing]) { $1 }),
        "rules": .list(
          .object(["field": .text, "value": .text, "from": .text, "rule": .text])),
      ]),
    Contract(
      line: """
        printf '{"name":"edge","title":"Our edge","signature":["pop"]}' > edge.json
        printf '{"pop":1,"status":500,"code":"E1"}\\n{"pop":1,"status":500}\\n{"status":500}\\n' > edge.log
        checked() { errata explain --check edge.json edge.log "$@" || test $? = 1; }; checked
        """,
      keys: [
        "profile": .text, "sort": .text, "lines": .number, "records": .number, "read": .number,
        "by_others": .number, "unread": .number,
        "fields": .list(
          .object([
            "field": .text, "records": .number, "of": .number, "first_without?": .object(spot),
          ])),
        "first_unread": .object(spot),
        "not_read": .list(
          .object(spot.merging(["reason": .text, "records": .number]) { $1 })),
      ]),
    Contract(
      line: "errata verify",
      keys: ["ok": .flag, "sources": .number, "lines": .number, "problems": .list(.text)]),
    Contract(
      line: "errata verify --repair",
      keys: [
        "ok": .flag, "sources": .number, "lines": .number, "problems": .list(.text),
        "repaired": .list(.text),
      ]),
    Contract(
      line: "errata rejects",
      keys: [
        "rejects": .number, "kept": .number,
        "counts": .list(.object(["source": .text, "reason?": .text, "rejects": .number])),
        "rows": .list(
          .object([
            "source": .text, "offset": .number, "length": .number, "reason": .text,
            "excerpt": .text,
          ])),
      ]),
    Contract(
      line: "errata rejects --retry",
      keys: [
        "read": .number, "events": .number, "successes": .number, "skipped": .number,
        "blank": .number, "rejects": .number, "unread": .number,
      ]),
    Contract(
      line: "errata prune --before 2026-11-10 --counts --dry-run", keys: pruning),
    Contract(line: "errata prune --before 2026-11-10 --counts", keys: pruning),
    Contract(
      line: "errata backup copy.db",
      keys: ["file": .text, "bytes": .number, "seconds": .number]),
    Contract(
      line: "errata queries",
      keys: [
        "queries": .list(
          .object([
            "name": .text, "title": .text, "summary": .text, "columns": .list(.text),
            "parameters": .list(.object(["name": .text, "type": .text])), "sql": .text,
          ]))
      ]),
    Contract(
      line: "errata vendors",
      keys: [
        "vendors": .list(
          .object([
            "name": .text, "title": .text, "hosts": .list(.text), "aliases": .list(.text),
            "docs": .text, "from": .text,
          ]))
      ]),
    Contract(
      line: "errata vendors show zof",
      keys: [
        "name": .text, "title": .text, "hosts": .list(.text), "aliases": .list(.text),
        "docs": .text, "from": .text,
        "errors": .list(
          .object([
            "status": .list(.number), "code": .list(.text), "message": .list(.text),
            "kind": .text, "retry": .text, "meaning": .text, "advice": .text,
          ])),
      ]),
    Contract(line: "errata vendors check", keys: samples),
    Contract(line: "errata gateways check nginx", keys: samples),
    Contract(
      line: "errata gateways",
      keys: [
        "gateways": .list(
          .object([
            "name": .text, "title": .text, "docs?": .text, "signature": .list(.text),
            "from": .text,
          ]))
      ]),
  ]

  @Test(arguments: contracts)
  func `an answer has just the keys of its contract`(_ contract: Contract) throws {
    let sandbox = try Sandbox()
    try sandbox.run("errata import -q demo.ndjson.gz")
    let object = try sandbox.json("\(contract.line) --format json")
    let problems = Shape.object(contract.keys).problems(of: object, at: "")
    #expect(problems.isEmpty, "\(contract.line): \(problems.prefix(5).joined(separator: "; "))")
  }
}
