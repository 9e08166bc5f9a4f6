import Rendering
import Reports
import Testing

@Suite(.onEveryArchive) struct LimitTests {
  static let log = """
    {"time":"2026-11-02T09:01:00Z","vendor":"zihin","status":429,"consumer":"support",\
    "body":{"error":"quota_exceeded","message":"Monthly limit of 1000 messages reached"}}
    {"time":"2026-11-03T09:01:00Z","vendor":"zihin","status":429,"consumer":"support",\
    "body":{"error":"quota_exceeded","message":"The limit of 1000 messages is reached"}}
    {"time":"2026-11-04T09:01:00Z","vendor":"zihin","status":429,"consumer":"support",\
    "body":{"error":"token_limit_exceeded","message":"Token pack used up"}}
    {"time":"2026-11-04T09:02:00Z","vendor":"flowestate","status":403,"path":"/leads",\
    "body":{"error":{"code":"FORBIDDEN","message":"Maximum number of leads (500) for your plan"}}}
    {"time":"2026-11-04T09:03:00Z","vendor":"flowestate","status":403,"path":"/leads",\
    "body":{"error":{"code":"FORBIDDEN","message":"Missing scope leads:write"}}}
    {"vendor":"zihin","status":429,\
    "body":{"error":"quota_exceeded","message":"Monthly limit of 1000 messages reached"}}
    """

  @Test func `hits are counted by who hit what`() throws {
    try expect(
      tables(ImportedLog(Self.log).question().limits()),
      """
      vendor      consumer  resource    code                  limit  hits  a day  first             last
      ──────────  ────────  ──────────  ────────────────────  ─────  ────  ─────  ────────────────  ────────────────
      zihin       support   messages    quota_exceeded        1,000     2    0.8  2026-11-02 09:01  2026-11-03 09:01
      flowestate  -         leads       FORBIDDEN               500     1    0.4  2026-11-04 09:02  2026-11-04 09:02
      zihin       support   token pack  token_limit_exceeded      -     1    0.4  2026-11-04 09:01  2026-11-04 09:01
      """)
  }

  @Test func `of a vendor, or a time, only`() throws {
    let log = try ImportedLog(Self.log)
    try expect(
      tables(log.question(vendors: ["flowestate"]).limits()),
      """
      vendor      consumer  resource  code       limit  hits  a day  first             last
      ──────────  ────────  ────────  ─────────  ─────  ────  ─────  ────────────────  ────────────────
      flowestate  -         leads     FORBIDDEN    500     1    0.4  2026-11-04 09:02  2026-11-04 09:02
      """)
    try expect(
      tables(log.question(until: "2026-11-03").limits()),
      """
      vendor  consumer  resource  code            limit  hits  a day  first             last
      ──────  ────────  ────────  ──────────────  ─────  ────  ─────  ────────────────  ────────────────
      zihin   support   messages  quota_exceeded  1,000     1    1.0  2026-11-02 09:01  2026-11-02 09:01
      """)
  }

  @Test func `as data`() throws {
    try expect(
      shown(ImportedLog(Self.log).question(until: "2026-11-03").limits(), as: .json),
      """
      {
        "since": "2026-10-27T00:00:00.000Z",
        "until": "2026-11-03T00:00:00.000Z",
        "left_out": 0,
        "rows": [
          {
            "vendor": "zihin",
            "consumer": "support",
            "resource": "messages",
            "code": "quota_exceeded",
            "limit": 1000,
            "hits": 1,
            "first": "2026-11-02T09:01:00.000Z",
            "last": "2026-11-02T09:01:00.000Z",
            "hits_per_day": 1,
            "days_left": null,
            "next_hit": null,
            "outlook": null,
            "others": null
          }
        ],
        "quotas_left_out": 0,
        "quotas": []
      }
      """)
  }
}
