/// The shapes that objects of the contract have.
extension JSONContractTests {
  static let spot: [String: Shape] = [
    "line": .number, "offset": .number, "excerpt": .text,
  ]
  static let samples: [String: Shape] = [
    "samples": .number,
    "differences": .list(
      .object([
        "profile": .text, "sample": .number, "field": .text, "expected": .text, "read": .text,
      ])),
  ]

  static let pruning: [String: Shape] = [
    "before": .time, "dry_run": .flag, "events": .number, "rejects": .number,
    "counts": .object(["errors": .number, "successes": .number]), "texts": .number,
    "bytes_before": .number, "bytes_after": .number, "bytes_free": .number,
  ]

  static func rates(by fields: [String: Shape]) -> [String: Shape] {
    let row: [String: Shape] = [
      "start": .time, "end": .time, "errors": .number, "requests?": .number,
      "error_rate?": .number, "rate_limited": .number, "plan_limited": .number,
      "server_errors": .number,
    ]
    let others: [String: Shape] = fields.isEmpty ? [:] : ["others?": .number]
    return [
      "since": .time, "until": .time, "every": .text, "tz": .text, "left_out": .number,
      "rows": .list(.object(row.merging(fields) { $1 }.merging(others) { $1 })),
    ]
  }

  static let counted = Shape.list(.object(["name": .text, "count": .number]))

  static let burst: [String: Shape] = [
    "vendor": .text, "start": .time, "end": .time, "count": .number, "plan_limited": .number,
    "peak_per_minute": .number, "background_per_hour": .number, "retry_after": .text,
    "routes": counted, "consumers": counted,
  ]

  static let spike: [String: Shape] = [
    "vendor": .text, "start": .time, "end": .time, "detected_at": .time, "count": .number,
    "expected": .number, "ratio": .number, "shape": .text, "ongoing": .flag, "provisional": .flag,
    "peak_minute": .time, "excess": .number,
  ]

  /// What the largest spikes were of.
  static let causes: [String: Shape] = [
    "statuses?": counted, "codes?": counted, "routes?": counted,
  ]

  static let gap: [String: Shape] = [
    "vendor": .text, "start": .time, "end": .time, "expected": .number,
  ]

  static let steady: [String: Shape] = [
    "vendor": .text, "start": .time, "end": .time, "count": .number, "per_minute": .number,
  ]

  static let limit: [String: Shape] = [
    "vendor": .text, "consumer": .text, "resource?": .text, "code?": .text, "limit?": .number,
    "hits": .number, "first": .time, "last": .time, "hits_per_day": .number, "others?": .number,
  ].merging(outlook) { $1 }

  static let outlook: [String: Shape] = [
    "days_left?": .number, "next_hit?": .object(["earliest": .time, "latest?": .time]),
    "outlook?": .text,
  ]

  static let retried: [String: Shape] = [
    "errors": .number, "judged": .number, "early": .number, "median_early_ms?": .number,
    "repeated": .number, "alike": .number, "hasty": .number, "self_inflicted": .number,
    "share?": .number,
  ]

  static let crossing: [String: Shape] = [
    "rule": .text, "state": .text, "reported": .flag, "vendor?": .text, "status?": .number,
    "code?": .text, "kind?": .text, "route?": .text, "consumer?": .text, "gateway?": .text,
    "resource?": .text,
    "value?": .number, "threshold?": .number, "requests?": .number, "since": .time,
    "last?": .time, "until?": .time, "text": .text,
  ]

  static let event: [String: Shape] = [
    "id": .number, "time": .time, "vendor": .text, "status?": .number, "code?": .text,
    "kind": .text, "message?": .text, "request_id?": .text, "method?": .text, "route?": .text,
    "path?": .text, "consumer?": .text, "latency_ms?": .number, "retry_after_ms?": .number,
    "upstream_status?": .number, "answered_by": .text, "gateway": .text, "details?": .any,
    "source": .object(["path": .text, "offset": .number, "length": .number, "part": .number]),
  ]

  static let totals: [String: Shape] = [
    "errors": .number, "requests": .number,
    "by_vendor": .list(
      .object([
        "vendor": .text, "errors": .number, "requests?": .number, "error_rate?": .number,
        "rate_limited": .number, "plan_limited": .number, "server_errors": .number,
        "others?": .number,
      ])),
    "by_kind": .list(.object(["kind": .text, "errors": .number])),
  ]

  static let code: [String: Shape] = ["vendor": .text, "code": .text, "errors": .number]

  static let mover: [String: Shape] = [
    "vendor": .text, "status?": .number, "code?": .text, "kind": .text, "errors": .number,
    "before": .number, "per": .text, "rate?": .number, "rate_before?": .number, "change": .text,
    "ratio?": .number,
  ]

  static let quota: [String: Shape] = [
    "vendor": .text, "consumer?": .text, "quota?": .text, "limit?": .number,
    "remaining": .number, "seen": .time, "reset?": .time,
  ].merging(outlook) { $1 }

  static let retries: [String: Shape] = [
    "since": .time, "until": .time, "judged_all": .flag, "unjudged": .number,
    "totals": .object(retried), "left_out": .number, "policies_left_out": .number,
    "rows": .list(
      .object(
        retried.merging([
          "vendor": .text, "consumer": .text, "others?": .number,
          "worst?": .object([
            "route": .text, "status": .number, "code": .text, "count": .number,
          ]),
        ]) { $1 })),
    "policies": .list(
      .object([
        "vendor": .text, "status": .number, "code": .text, "kind": .text, "retry": .text,
        "text": .text,
        "docs": .text, "self_inflicted": .number,
      ])),
  ]

  static let leftOut = Dictionary(
    uniqueKeysWithValues: [
      "vendors", "vendors_before", "new", "returned", "gone", "movers", "changes", "incidents",
      "bursts", "continuous", "spikes", "gaps", "limits", "quotas",
    ].map { ($0, Shape.number) })

  static let change: [String: Shape] = [
    "of": .text, "vendor?": .text, "name?": .text, "status?": .number, "errors": .number,
    "before": .number, "per": .text, "rate?": .number, "rate_before?": .number, "change": .text,
    "ratio?": .number, "low?": .number, "high?": .number,
  ]

  static let incident: [String: Shape] = [
    "vendor": .text, "start": .time, "end": .time, "ongoing": .flag, "server_errors": .number,
    "rejections": .number, "expected?": .number, "retry_after?": .text, "codes": counted,
    "routes": counted, "consumers": counted,
    "blame": .list(.object(["whose": .text, "errors": .number])),
  ]
}
