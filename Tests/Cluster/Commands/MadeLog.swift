/// Lines of a log that is made up: errors of some vendors over four weeks, with bursts of 429s, an outage
/// now and then, plans that are used up, quotas, and successes between them.
struct MadeLog {
  /// 2026-10-05, a Monday, in seconds.
  private static let start = 1_791_158_400
  private static let days = 28
  private static let vendors = ["zof", "zihin", "mimicbot", "zenstep", "flowestate", "api.acme.io"]
  private static let routes = [
    "/v1/runs", "/v1/runs/{id}", "/v1/messages", "/v1/files/{id}", "/oauth/token", "/v2/search",
  ]
  private static let words = [
    "rate limit exceeded", "upstream timed out", "no such run", "invalid api key",
    "quota exceeded for plan basic", "it's a “tab”\\t", "naïve ünïcode",
  ]
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  private mutating func chance() -> Double { Double(next() >> 11) / Double(1 << 53) }

  private mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  private mutating func one<Element>(of some: [Element]) -> Element {
    some[Int(next() % UInt64(some.count))]
  }

  /// So many lines, in order of time.
  mutating func lines(_ count: Int) -> [String] {
    (0..<count).map { number in line(number, of: count) }
  }

  private mutating func line(_ number: Int, of count: Int) -> String {
    if number % 5003 == 5002 { return "no line of any log {" }
    let second = MadeLog.start + number * MadeLog.days * 86_400 / count
    let vendor = one(of: MadeLog.vendors)
    let status = status(of: vendor, at: second)
    var line = #"{"vendor":"\#(vendor)","status":\#(status)"#
    if number % 997 != 996 {
      line += #","time":"# + "\(second).\(100 + next() % 900)"
    }
    line +=
      #","method":"\#(one(of: ["GET", "POST", "PUT"]))","route":"\#(one(of: MadeLog.routes))""#
    line += #","consumer":"\#(one(of: ["shop", "crm", "jobs", "app-\(next() % 30)"]))""#
    line +=
      #","request_id":"req_\#(String(next(), radix: 16))_\#(number)","latency_ms":\#(next() % 3000)"#
    if status >= 400 { line += #","message":"\#(one(of: MadeLog.words)) #\#(next() % 40)""# }
    if status == 429, chance() < 0.6 { line += #","retry_after":\#(1 + next() % 60)"# }
    if number % 3 == 0 {
      line +=
        #","headers":{"x-ratelimit-limit":"1000","x-ratelimit-remaining":"\#(next() % 1000)","x-ratelimit-reset":"86400"}"#
    }
    return line + "}"
  }

  private mutating func status(of vendor: String, at second: Int) -> Int {
    let (day, hour, minute) = (second / 86_400, second / 3600 % 24, second / 60 % 60)
    if vendor == "zof", day % 9 == 3, (9..<11).contains(hour) { return 503 }
    if vendor == "zihin", hour == 14, minute < 6 { return 429 }
    switch chance() {
    case ..<0.12: return 200
    case ..<0.35: return 429
    case ..<0.5: return vendor == "zenstep" ? 402 : 403
    case ..<0.7: return one(of: [500, 502, 503, 504])
    case ..<0.8: return 404
    case ..<0.85: return 401
    case ..<0.88: return 0
    default: return 422
    }
  }
}
