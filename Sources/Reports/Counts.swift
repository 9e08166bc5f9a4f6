internal import Answers
internal import Events
internal import Files
internal import Times

/// What is counted of responses, wherever they are counted.
struct Counts {
  var errors: Int64 = 0
  var successes: Int64 = 0
  var rateLimited: Int64 = 0
  var planLimited: Int64 = 0
  var serverErrors: Int64 = 0
  /// Errors behind a status of 200 to 299: the response failed all the same.
  var failed2xx: Int64 = 0

  mutating func add(_ response: ResponseCount) {
    add(kind: response.kind, status: response.status, count: response.count)
  }

  /// - Parameter kind: nil for successes.
  mutating func add(kind: Kind?, status: Int64, count: Int64) {
    guard let kind else {
      successes += count
      return
    }
    errors += count
    if kind == .rateLimit { rateLimited += count }
    if kind == .planLimit { planLimited += count }
    if status >= 500 { serverErrors += count }
    if (200...299).contains(status) { failed2xx += count }
  }

  mutating func add(_ other: Counts) {
    errors += other.errors
    successes += other.successes
    rateLimited += other.rateLimited
    planLimited += other.planLimited
    serverErrors += other.serverErrors
    failed2xx += other.failed2xx
  }

  var requests: Int64 { errors + successes }

  /// What is left of a sum without parts of it.
  func without(_ parts: [Counts]) -> Counts {
    var rest = self
    for part in parts {
      rest.errors -= part.errors
      rest.successes -= part.successes
      rest.rateLimited -= part.rateLimited
      rest.planLimited -= part.planLimited
      rest.serverErrors -= part.serverErrors
      rest.failed2xx -= part.failed2xx
    }
    return rest
  }
}

/// Counts, and whether the successes among them are known: without, there is nothing to divide by.
struct KnownCounts: Described {
  var counts: Counts
  var knowsRequests: Bool

  var requests: Int64? { knowsRequests ? counts.requests : nil }
  var errorRate: Double? {
    requests.flatMap { $0 > 0 ? Double(counts.errors) / Double($0) : nil }
  }

  static let fields: Fields<KnownCounts> = [
    Field("errors", "error responses") { $0.counts.errors },
    Field(
      "requests",
      "all responses; null where successes are not known, or not counted by these fields"
    ) { $0.requests },
    Field("error_rate", unit: "share", "errors / requests; null as above") { $0.errorRate },
    Field("rate_limited", "errors of the kind rate_limit") { $0.counts.rateLimited },
    Field("plan_limited", "errors of the kind plan_limit") { $0.counts.planLimited },
    Field("server_errors", "responses with status 500 and above") { $0.counts.serverErrors },
    Field("failed_2xx", "errors behind a status of 200 to 299, told by the body or by gRPC") {
      $0.counts.failed2xx
    },
  ]

  /// - Parameter counts: failures behind a 2xx have a column where there are some.
  static func columns(for counts: [Counts]) -> [TableColumn<KnownCounts>] {
    let failed =
      counts.contains { $0.failed2xx > 0 } ? [fields.column("failed_2xx", as: "2xx failed")] : []
    return [
      fields.column("errors"), fields.column("requests"),
      // Of few requests counts alone say more.
      TableColumn(Column("error rate", .trailing)) { known in
        guard let requests = known.requests, let rate = known.errorRate,
          let words = percent(known.counts.errors, of: requests)
        else { return Cell(.null) }
        return Cell(.number(rate), shown: words)
      },
      fields.column("rate_limited", as: "rate limited"),
      fields.column("plan_limited", as: "plan limited"),
      fields.column("server_errors", as: "5xx"),
    ] + failed
  }
}

/// `12.3 %`, with more places where it is small.
func percent(_ share: Double) -> String {
  let percents = share * 100
  return decimal(percents, places: percents >= 10 || percents == 0 ? 1 : 2) + " %"
}

/// The same of two counts; nil where there are so few that counts alone say more.
func percent(_ count: Int64, of all: Int64) -> String? {
  all < 20 ? nil : percent(Double(count) / Double(all))
}

/// An expected number: `12.3`, `<0.1` where it is next to nothing.
func expectation(_ number: Double) -> String {
  number < 0.05 ? "<0.1" : decimal(number, places: 1)
}

/// How many times: `3.2×`, without places where it is large.
func times(_ ratio: Double) -> String { decimal(ratio, places: ratio < 20 ? 1 : 0) + "×" }

/// A number with so many decimal places.
func decimal(_ number: Double, places: Int) -> String {
  guard number.isFinite, abs(number) < 1e15 else { return "\(number)" }
  var factor = 1.0
  for _ in 0..<places { factor *= 10 }
  let scaled = Int64((abs(number) * factor).rounded())
  let sign = number < 0 && scaled > 0 ? "-" : ""
  guard places > 0 else { return sign + String(scaled) }
  var digits = String(scaled)
  while digits.count <= places { digits = "0" + digits }
  return sign + digits.dropLast(places) + "." + digits.suffix(places)
}
