import Analysis
import Answers
import Questions
import Testing
import Times

@testable import Reports

/// Rejections are judged caller by caller, in parts where there are many, and several vendors at once:
/// it is as if they were judged one after the other.
@Suite struct RejectedRetryTests {
  private let log: ImportedLog
  private let start: Int64

  /// A path is a limit's own; a name may stand for many.
  private static let routes = ["/a", "/b", "names", nil]

  init() throws {
    start = try at("2026-11-02T00:00:00Z")
    var random = SplitMix(state: 4)
    let first = start
    log = try ImportedLog(
      (0..<3000).map { number in
        line(
          first + Int64(number) * 20_000 + Int64.random(in: 0..<5000, using: &random),
          ["zof", "acme", nil].randomElement(using: &random) ?? nil,
          [429, 429, 503].randomElement(using: &random) ?? 429,
          route: Self.routes.randomElement(using: &random) ?? nil,
          consumer: ["one", "two", nil].randomElement(using: &random) ?? nil,
          retryAfter: [nil, 5, 60, 600].randomElement(using: &random) ?? nil)
      })
  }

  private func question() throws -> Question {
    try Question(log.archive, since: start + 6 * Milliseconds.hour, until: start + Milliseconds.day)
  }

  /// Of each vendor and consumer: errors, those judged, those that came early.
  private func plain(_ question: Question) throws -> [String: [Int64]] {
    var replies: [String: Replies] = [:]
    var found: [String: [Int64]] = [:]
    var reader = CallReader(question)
    try question.eachVendorsRejections { vendor, rejections in
      for rejection in rejections {
        let party = "\(vendor) \(rejection.consumer)"
        let isJudged =
          rejection.consumer >= 0 && reader.isPath(route: Int(rejection.route))
        let counts = rejection.time >= question.range.since
        if counts {
          found[party, default: [0, 0, 0]][0] += 1
          if isJudged { found[party, default: [0, 0, 0]][1] += 1 }
        }
        guard isJudged else { continue }
        let earliness = replies["\(party) \(rejection.route)", default: Replies()].add(
          time: rejection.time, status: 429, latency: nil, retryAfter: Int64(rejection.retryAfter))
        if counts, earliness != nil { found[party, default: [0, 0, 0]][2] += 1 }
      }
    }
    return found
  }

  @Test func `each is judged by the answers of its own caller`() throws {
    let question = try question()
    let expected = try plain(question).values.reduce(into: [Int64(0), 0, 0]) { sums, counts in
      for place in sums.indices { sums[place] += counts[place] }
    }
    #expect(expected[2] > 20)
    for read in [nil, try LimitReading(question).limits(question)] {
      let rejected = try Rejected(question, errors: 1_000_000, read) { fatalError() }
      let totals = rejected.retries.totals
      #expect([totals.errors, totals.judged, totals.early] == expected)
      let bursts = try question.rateLimiting().bursts
      #expect(rejected.limiting.bursts.map(\.burst) == bursts.map(\.burst))
    }
  }

  @Test func `parts of those who were rejected are the whole`() throws {
    let question = try question()
    let lists = try #require(try question.rejectionLists())
    let paths = RoutePaths(of: lists.all, question)
    for (vendor, rejections) in lists.byVendor {
      func sums(_ parts: Int) throws -> [Int64] {
        try (0..<parts).reduce(into: [Int64(0), 0, 0]) { sums, number in
          let tally = try RetryTally(
            of: rejections, by: Int32(vendor), since: question.range.since, paths,
            Part(number: number, count: parts))
          let totals = tally.sums(most: 10, naming: question.vocabulary).totals
          sums[0] += totals.errors
          sums[1] += totals.judged
          sums[2] += totals.early
        }
      }
      #expect(try sums(1) == sums(4))
    }
  }

  @Test func `limits that are read with the 429s are those that are read by themselves`() throws {
    let start = try at("2026-11-02T00:00:00Z")
    let log = try ImportedLog(
      (0..<400).map { number in
        let code = number % 3 == 0 ? "PLAN_LIMIT_REACHED" : "rate_limited"
        return line(
          start + Int64(number) * 60_000, "mimicbot", number % 3 == 0 ? 402 : 429, code: code,
          route: "/a", consumer: "key_\(number % 40)")
      })
    var question = try Question(log.archive)
    question.top = .largest(5)
    let known = try LimitReading(question).limits(question).planLimits
    let list = try question.limitHits()
    let same = try question.limitHits(known: known)
    #expect(same.rows == list.rows && same.rest == list.rest && same.others == list.others)
    #expect(list.others > 0)
    #expect(list.rest?.hits == 134 - list.rows.reduce(0) { $0 + $1.hits })
  }
}
