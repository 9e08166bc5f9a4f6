internal import Analysis
package import Answers
internal import Events
internal import Files
internal import Questions

/// What a vendor failed to answer, to be sent to it: times, request ids, codes and counts, and
/// nothing of who was asking.
struct Evidence {
  /// One failed request.
  struct Failure {
    var time: Int64
    var status: Int64?
    var code: String?
    var kind: String
    var message: String?
    var requestID: String?
    var method: String?
    var route: String?
    /// Milliseconds.
    var latency: Double?
    var answeredBy: String
  }

  /// Failures with one status and code.
  struct Group {
    var status: Int64?
    var code: String?
    var kind: String
    var message: String?
    var count: Int64 = 0
    var first: Int64
    var last: Int64
    var failures: [Failure] = []
    /// Only each so many is kept, so that what is kept is spread evenly.
    private var stride: Int64 = 1

    init(_ failure: Failure) {
      status = failure.status
      code = failure.code
      kind = failure.kind
      message = failure.message
      first = failure.time
      last = failure.time
    }

    mutating func add(_ failure: Failure) {
      if count % stride == 0 { failures.append(failure) }
      count += 1
      last = failure.time
      guard failures.count >= 2 * Evidence.mostEach else { return }
      failures = failures.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
      stride *= 2
    }
  }

  /// What a vendor is to blame for, unless a gateway is known to have made it.
  private static let kinds: Set<Kind> = [.upstream, .timeout, .unavailable, .server]

  /// Up to twice as many failures of each status and code are named.
  static let mostEach = 25

  private struct Key: Hashable {
    var status: Int64?
    var code: String?
    var kind: String
  }

  private(set) var groups: [Group] = []
  private(set) var withoutID: Int64 = 0
  private(set) var unproven: Int64 = 0

  /// - Parameter redact: takes secrets out of a vendor's words; they leave the house.
  init(_ question: Question, redact: (String) -> String) throws {
    var places: [Key: Int] = [:]
    try question.archive.events(
      during: question.range, vendor: question.vendors.first ?? "", kinds: Evidence.kinds
    ) { event in
      guard event.answeredBy != .gateway, let time = event.time else { return }
      var failure = Failure(
        time: time, status: event.status.map(Int64.init), code: event.code,
        kind: event.kind.name, message: event.message, requestID: event.requestID,
        method: event.method, route: event.route, latency: event.latency,
        answeredBy: event.answeredBy.name)
      if failure.requestID == nil { withoutID += 1 }
      if failure.answeredBy == AnsweredBy.unknown.name { unproven += 1 }
      let key = Key(status: failure.status, code: failure.code, kind: failure.kind)
      if let place = places[key] { return groups[place].add(failure) }
      failure.message = failure.message.map(redact)
      places[key] = groups.count
      var group = Group(failure)
      group.add(failure)
      groups.append(group)
    }
    groups.sort { ($1.count, $0.first) < ($0.count, $1.first) }
  }

  var count: Int64 { groups.reduce(0) { $0 + $1.count } }
  var failures: [Failure] { groups.flatMap(\.failures).sorted { $0.time < $1.time } }
}

extension Question {
  /// The evidence against the one vendor asked about. All times are in UTC, as the vendor's are.
  package func evidence(
    _ choice: ReportPeriod.Choice = .usual, redact: (String) -> String
  ) throws -> Answer {
    let vendor = vendors.first ?? ""
    let period = try reportPeriod(choice)
    let question = during(period.range)
    let evidence = try Evidence(question, redact: redact)
    var totals = Counts()
    try question.eachResponse(by: .day) { totals.add($0) }
    let incidents = try question.foundTroubles(bursts: []).incidents.filter {
      $0.sorts[.serverErrors] != nil || $0.sorts[.unanswered] != nil
    }
    let pages = EvidencePage(
      vendor: vendor, range: period.range, evidence: evidence, totals: totals,
      incidents: incidents)
    return try question.honest(pages.answer, from: .events)
  }
}
