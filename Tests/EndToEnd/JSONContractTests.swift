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
          "held_back", "bytes", "seconds", "undated",
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
          "older": .number,
        ]),
      ]) { $1 }),
    Contract(line: "errata rates --every 1d", keys: rates(by: [:])),
    Contract(
      line: "errata rates --every 1d --by vendor,status,code,kind,route,consumer",
      keys: rates(by: [
        "vendor": .text, "status?": .number, "code?": .text, "kind": .text, "route?": .text,
        "consumer?": .text,
      ])),
    Contract(
      line: "errata bursts",
      keys: [
        "since": .time, "until": .time, "bursts": .list(.object(burst)),
        "continuous": .list(.object(steady)),
      ]),
    Contract(
      line: "errata spikes",
      keys: [
        "since": .time, "until": .time,
        "spikes": .list(.object(spike.merging(causes) { $1 })), "gaps": .list(.object(gap)),
      ]),
    Contract(
      line: "errata limits",
      keys: [
        "since": .time, "until": .time, "rows": .list(.object(limit)),
        "quotas": .list(
          .object(
            outlook.merging([
              "vendor": .text, "consumer?": .text, "quota?": .text, "limit?": .number,
              "remaining": .number, "seen": .time, "reset?": .time,
            ]) { $1 })),
      ]),
    Contract(
      line: "errata retries",
      keys: [
        "since": .time, "until": .time, "judged_all": .flag, "unjudged": .number,
        "totals": .object(retried),
        "rows": .list(
          .object(
            retried.merging([
              "vendor": .text, "consumer": .text,
              "worst?": .object([
                "route": .text, "status": .number, "code": .text, "count": .number,
              ]),
            ]) { $1 })),
        "policies": .list(
          .object([
            "vendor": .text, "status": .number, "code": .text, "retry": .text, "text": .text,
            "docs": .text, "self_inflicted": .number,
          ])),
      ]),
    Contract(
      line: "errata find req_8f2c61d09ab47e3512cd",
      keys: [
        "query": .text,
        "events": .list(
          .object(
            event.merging([
              "identifiers": .list(.text),
              "advice": .object(["retry": .text, "text": .text, "meaning?": .text]),
            ]) { $1 })),
      ]),
    Contract(
      line: "errata report",
      keys: [
        "week": .text, "since": .time, "until": .time, "tz": .text, "totals": .object(totals),
        "before": .object(totals), "new": .list(.object(code)), "returned": .list(.object(code)),
        "gone": .list(.object(code)), "movers": .list(.object(mover)),
        "bursts": .list(.object(burst)), "spikes": .list(.object(spike)),
        "limits": .list(.object(limit)), "undated": .number,
        "missing": .list(.object(["path": .text, "offset": .number, "after": .time])),
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
            "rule": .text, "from?": .text, "state": .text, "reported": .flag,
            "subjects": .list(.object(crossing)),
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

extension JSONContractTests {
  private static let spot: [String: Shape] = [
    "line": .number, "offset": .number, "excerpt": .text,
  ]
  private static let pruning: [String: Shape] = [
    "before": .time, "dry_run": .flag, "events": .number, "rejects": .number,
    "counts": .object(["errors": .number, "successes": .number]), "texts": .number,
    "bytes_before": .number, "bytes_after": .number, "bytes_free": .number,
  ]

  private static func rates(by fields: [String: Shape]) -> [String: Shape] {
    let row: [String: Shape] = [
      "start": .time, "end": .time, "errors": .number, "requests?": .number,
      "error_rate?": .number, "rate_limited": .number, "plan_limited": .number,
      "server_errors": .number,
    ]
    return [
      "since": .time, "until": .time, "every": .text, "tz": .text,
      "rows": .list(.object(row.merging(fields) { $1 })),
    ]
  }

  private static let counted = Shape.list(.object(["name": .text, "count": .number]))

  private static let burst: [String: Shape] = [
    "vendor": .text, "start": .time, "end": .time, "count": .number, "plan_limited": .number,
    "peak_per_minute": .number, "background_per_hour": .number, "retry_after": .text,
    "routes": counted, "consumers": counted,
  ]

  private static let spike: [String: Shape] = [
    "vendor": .text, "start": .time, "end": .time, "detected_at": .time, "count": .number,
    "expected": .number, "ratio": .number, "shape": .text, "ongoing": .flag, "provisional": .flag,
    "peak_minute": .time, "excess": .number,
  ]

  /// What the largest spikes were of.
  private static let causes: [String: Shape] = [
    "statuses?": counted, "codes?": counted, "routes?": counted,
  ]

  private static let gap: [String: Shape] = [
    "vendor": .text, "start": .time, "end": .time, "expected": .number,
  ]

  private static let steady: [String: Shape] = [
    "vendor": .text, "start": .time, "end": .time, "count": .number, "per_minute": .number,
  ]

  private static let limit: [String: Shape] = [
    "vendor": .text, "consumer": .text, "resource?": .text, "code?": .text, "limit?": .number,
    "hits": .number, "first": .time, "last": .time, "hits_per_day": .number,
  ].merging(outlook) { $1 }

  private static let outlook: [String: Shape] = [
    "days_left?": .number, "next_hit?": .object(["earliest": .time, "latest?": .time]),
    "outlook?": .text,
  ]

  private static let retried: [String: Shape] = [
    "errors": .number, "judged": .number, "early": .number, "median_early_ms?": .number,
    "repeated": .number, "alike": .number, "hasty": .number, "self_inflicted": .number,
    "share?": .number,
  ]

  private static let crossing: [String: Shape] = [
    "rule": .text, "state": .text, "reported": .flag, "vendor?": .text, "status?": .number,
    "code?": .text, "kind?": .text, "route?": .text, "consumer?": .text, "resource?": .text,
    "value?": .number, "threshold?": .number, "requests?": .number, "since": .time,
    "last?": .time, "until?": .time, "text": .text,
  ]

  private static let event: [String: Shape] = [
    "id": .number, "time": .time, "vendor": .text, "status?": .number, "code?": .text,
    "kind": .text, "message?": .text, "request_id?": .text, "method?": .text, "route?": .text,
    "path?": .text, "consumer?": .text, "latency_ms?": .number, "retry_after_ms?": .number,
    "upstream_status?": .number, "answered_by": .text, "details?": .any,
    "source": .object(["path": .text, "offset": .number, "length": .number, "part": .number]),
  ]

  private static let totals: [String: Shape] = [
    "errors": .number, "requests": .number,
    "by_vendor": .list(
      .object([
        "vendor": .text, "errors": .number, "requests?": .number, "error_rate?": .number,
        "rate_limited": .number, "plan_limited": .number, "server_errors": .number,
      ])),
    "by_kind": .list(.object(["kind": .text, "errors": .number])),
  ]

  private static let code: [String: Shape] = ["vendor": .text, "code": .text, "errors": .number]

  private static let mover: [String: Shape] = [
    "vendor": .text, "status?": .number, "code?": .text, "kind": .text, "errors": .number,
    "before": .number, "change": .text, "ratio?": .number,
  ]
}
