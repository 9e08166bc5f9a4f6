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
  }

  mutating func add(_ other: Counts) {
    errors += other.errors
    successes += other.successes
    rateLimited += other.rateLimited
    planLimited += other.planLimited
    serverErrors += other.serverErrors
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
    }
    return rest
  }

  /// The counts as the contract names them; without successes there is nothing to divide by.
  func values(knowsRequests: Bool) -> [(String, Value)] {
    [
      ("errors", .integer(errors)),
      ("requests", knowsRequests ? .integer(requests) : .null),
      ("error_rate", rate(knowsRequests).map { .number($0) } ?? .null),
      ("rate_limited", .integer(rateLimited)),
      ("plan_limited", .integer(planLimited)),
      ("server_errors", .integer(serverErrors)),
    ]
  }

  func cells(knowsRequests: Bool) -> [Cell] {
    [
      Cell(.integer(errors)), Cell(knowsRequests ? .integer(requests) : .null),
      rateCell(knowsRequests), Cell(.integer(rateLimited)), Cell(.integer(planLimited)),
      Cell(.integer(serverErrors)),
    ]
  }

  static let columns: [Column] = [
    Column("errors", .trailing), Column("requests", .trailing), Column("error rate", .trailing),
    Column("rate limited", .trailing), Column("plan limited", .trailing),
    Column("5xx", .trailing),
  ]

  func rateCell(_ knowsRequests: Bool) -> Cell {
    Cell(rate(knowsRequests).map { .number($0) } ?? .null, shown: rate(knowsRequests).map(percent))
  }

  private func rate(_ knowsRequests: Bool) -> Double? {
    knowsRequests && requests > 0 ? Double(errors) / Double(requests) : nil
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
