import Batches
import Events
import Questions
import Testing
import Times

/// What is asked of one vendor, one sort of error or one consumer alone is what is told of it among all.
@Suite(.onEveryArchive) struct NarrowQuestionTests {
  private let archive: any Archive
  private let days: TimeRange
  private static let vendors = ["zof", "acme", nil]

  init() throws {
    let start = try at("2026-11-02T00:00:00Z")
    var random = SplitMix(state: 77)
    let lines = (0..<900).map { _ in
      let time = start + Int64.random(in: 0..<3 * Milliseconds.day, using: &random)
      let vendor = Self.vendors[Int.random(in: 0..<3, using: &random)]
      // Only one vendor's successes are in the log.
      let statuses = vendor == "acme" ? [200, 404, 429, 503] : [404, 429, 503]
      return line(
        time, vendor, statuses.randomElement(using: &random) ?? 404,
        code: [nil, "E_A", "E_B"].randomElement(using: &random) ?? nil, route: "/a",
        consumer: ["one", "two", nil].randomElement(using: &random) ?? nil)
    }
    archive = try ImportedLog(lines).archive
    days = TimeRange(since: start, until: start + 3 * Milliseconds.day)
  }

  @Test(arguments: Grain.allCases, vendors)
  func `errors of a sort are those of all that are of it`(grain: Grain, vendor: String?) throws {
    for (status, kind) in [(404, Kind.notFound), (429, .rateLimit), (503, .unavailable)] {
      let sort = ErrorSort(vendor: vendor, status: Int64(status), kind: kind)
      var wide: [String] = []
      try archive.responses(during: days, by: grain) { count in
        guard archive.text(count.vendor, in: .vendor) == vendor, count.kind == kind,
          count.status == sort.status
        else { return }
        wide.append("\(count)")
      }
      var narrow: [String] = []
      try archive.responses(of: sort, during: days, by: grain) { narrow.append("\($0)") }
      #expect(narrow.sorted() == wide.sorted())
      #expect(!wide.isEmpty)
    }
  }

  @Test(arguments: vendors)
  func `a vendor's minutes are those of all that are its own`(vendor: String?) throws {
    for sort in [MinuteSort.requests, .rejections, .serverErrors] {
      var wide: [String] = []
      try archive.minuteCounts(of: sort, during: days) { hour, number, gateway, minutes in
        if archive.text(number, in: .vendor) == vendor {
          wide.append("\(hour) \(number) \(gateway) \(minutes)")
        }
      }
      var narrow: [String] = []
      try archive.minuteCounts(of: sort, ofVendor: vendor, during: days) {
        narrow.append("\($0) \($1) \($2) \($3)")
      }
      #expect(narrow.sorted() == wide.sorted())
      #expect(!wide.isEmpty)
    }
  }

  @Test func `a consumer's calls are those of all that are its own, in the same order`() throws {
    for consumer in ["one", "two", "three"] {
      var wide: [Int64] = []
      try archive.calls(during: days) { call in
        if archive.text(call.consumer, in: .consumer) == consumer { wide.append(call.number) }
      }
      var narrow: [Int64] = []
      try archive.calls(of: consumer, during: days) { narrow.append($0.number) }
      #expect(narrow == wide)
      #expect(wide.isEmpty == (consumer == "three"))
    }
  }

  @Test func `a consumer's calls of a short time are found wherever their lines stand`() throws {
    var count = 0
    for start in stride(from: days.since, to: days.until, by: 2 * 3_600_000) {
      let range = TimeRange(since: start + 61_001, until: start + 45 * 60_000 + 7)
      var wide: [Int64] = []
      try archive.calls(during: range) { call in
        if archive.text(call.consumer, in: .consumer) == "one" { wide.append(call.number) }
      }
      var narrow: [Int64] = []
      try archive.calls(of: "one", during: range) { narrow.append($0.number) }
      #expect(narrow == wide)
      count += narrow.count
    }
    #expect(count > 30)
  }

  @Test func `successes are known of who has some in that time`() throws {
    let day = Milliseconds.day
    let later = TimeRange(since: days.until + day, until: days.until + 2 * day)
    for vendor in Self.vendors {
      #expect(try archive.hasSuccesses(of: vendor, during: days) == (vendor == "acme"))
      #expect(try !archive.hasSuccesses(of: vendor, during: later))
    }
    #expect(try !archive.hasSuccesses(of: "nobody", during: days))
  }
}
