import Batches
import Foundation
import Ingest
import Testing

@Suite struct ImporterTests {
  @Test func `a log is counted once however often it is imported`() throws {
    let log = try Log()
    try log.write(lines(0..<300) + "\n{}\n{\"status\":200}\nno json\n")
    let first = try log.importing("a.log")
    #expect(first.tally.events == 300)
    #expect(first.tally.blank == 1)
    #expect(first.tally.skipped == 1)
    #expect(first.tally.successes == 1)
    #expect(first.tally.rejects == 1)
    #expect(first.tally.lines == 304)
    #expect(first.tally.records == 304)
    #expect(first.known == 0)

    let second = try log.importing("a.log")
    #expect(second.tally == Tally())
    #expect(second.known == 304)
    #expect(second.lines == 304)
    #expect(log.ledger.sources.count == 1)
  }

  @Test func `a grown log adds what it grew by`() throws {
    let log = try Log()
    for end in [1, 2, 50, 51, 4000, 20_000] {
      try log.write(lines(0..<end))
      try log.importing("a.log")
      #expect(log.ledger.total.events == Int64(end))
    }
    #expect(log.ledger.sources.count == 1)
    #expect(Set(log.ledger.requestIDs).count == 20_000)
  }

  @Test(arguments: [4, 60, 5000])
  func `a renamed copy adds nothing, and goes on where the first ended`(count: Int) throws {
    let log = try Log()
    try log.write(lines(0..<count))
    try log.importing("a.log")
    try log.write(lines(0..<count), to: "a.log.1")
    #expect(try log.importing("a.log.1").tally == Tally())
    try log.write(lines(0..<count + 10), to: "b.log")
    #expect(try log.importing("b.log").tally.events == 10)
    #expect(log.ledger.sources.count == 1)
  }

  @Test(arguments: [
    ("gzip", "a.log.gz"), ("zstd", "a.log.zst"), ("bzip2", "a.log.bz2"), ("xz", "a.log.xz"),
  ])
  func `a compressed copy adds nothing, and a compressed log is read`(tool: String, name: String)
    throws
  {
    let log = try Log()
    try log.write(lines(0..<3000))
    try log.importing("a.log")
    try log.run(tool, "a.log")
    #expect(try log.importing(name).tally == Tally())

    let other = try Log()
    try other.write(try log.bytes(of: name), to: "whatever")
    #expect(try other.importing("whatever").tally.events == 3000)
    try other.write(lines(0..<3005))
    #expect(try other.importing("a.log").tally.events == 5)
  }

  @Test func `what is known is passed over in sight, and can be stopped there`() throws {
    let log = try Log()
    try log.write(lines(0..<10_000))
    try log.importing("a.log")
    try log.write(lines(0..<12_000))
    var passed: [Int64] = []
    let stopped = try log.importing("a.log") { summary in
      if summary.isPassingOver { passed.append(summary.bytes) }
      return passed.count < 3
    }
    #expect(passed.count == 3)
    #expect(passed == Set(passed).sorted())
    #expect(stopped.tally.events == 0)
    #expect(stopped.failures.isEmpty)
    let rest = try log.importing("a.log")
    #expect(rest.tally.events == 2000)
    #expect(rest.knownLines == 10_000)
    #expect(log.ledger.sources.count == 1)
  }

  @Test func `a shorter copy adds nothing, wherever it ends`() throws {
    let log = try Log()
    try log.write(lines(0..<5000))
    try log.importing("a.log")
    for count in [1, 40, 813, 4999] {
      try log.write(lines(0..<count), to: "short.log")
      let summary = try log.importing("short.log")
      #expect(summary.tally.events == 0)
      #expect(summary.lines == Int64(count))
    }
  }

  @Test func `a log that parts from one that is known adds what is its own`() throws {
    let log = try Log()
    try log.write(lines(0..<5000))
    try log.importing("a.log")
    let mark = try #require(log.ledger.sources[0].marks.first).offset
    let shared = Int(mark) / lines(0..<1).utf8.count
    let branch = lines(0..<shared) + lines(90_000..<90_100)
    try log.write(branch, to: "b.log")
    let summary = try log.importing("b.log")
    #expect(summary.tally.events == 100)
    #expect(summary.known == Int64(shared))
    #expect(log.ledger.sources.count == 2)
    #expect(log.ledger.sources[1].parent == 0)
    #expect(log.ledger.sources[1].fork == mark)

    try log.write(branch + lines(90_100..<90_150), to: "b.log")
    #expect(try log.importing("b.log").tally.events == 50)
    #expect(try log.importing("a.log", "b.log").tally == Tally())
  }

  @Test func `equal lines are different events, and other content another source`() throws {
    let log = try Log()
    try log.write(lines([1, 1, 1]))
    try log.write(lines([2, 1]), to: "b.log")
    #expect(try log.importing("a.log", "b.log").tally.events == 5)
    #expect(log.ledger.sources.count == 2)
  }

  @Test func `an unfinished last line is held back until it is whole`() throws {
    let log = try Log()
    let whole = lines(0..<3)
    for cut in [1, 20, line(2).utf8.count - 1] {
      try log.write(String(whole.prefix(lines(0..<2).count + cut)))
      let summary = try log.importing("a.log")
      #expect(summary.heldBack == 1)
      #expect(log.ledger.total.events == 2)
    }
    try log.write(whole)
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 1)
    #expect(summary.heldBack == 0)
    #expect(log.ledger.requestIDs == ["id-00000", "id-00001", "id-00002"])
  }

  @Test func `a whole object is taken without its newline, which counts nothing later`() throws {
    let log = try Log()
    try log.write(lines(0..<2) + line(2))
    #expect(try log.importing("a.log").tally.events == 3)
    try log.write(lines(0..<3))
    let newline = try log.importing("a.log")
    #expect(newline.tally == Tally())
    #expect(newline.known == 3)
    #expect(log.ledger.sources[0].consumed == Int64(lines(0..<3).utf8.count))
    try log.write(lines(0..<5))
    #expect(try log.importing("a.log").tally.events == 2)
  }

  @Test func `the newline may come together with more lines`() throws {
    let log = try Log()
    try log.write(line(0))
    #expect(try log.importing("a.log").tally.events == 1)
    try log.write(lines(0..<4))
    #expect(try log.importing("a.log").tally.lines == 3)
    #expect(log.ledger.total.blank == 0)
  }

  @Test(arguments: ["", "\n", "\r\n\r\n", "{\"a\":1}", "{"])
  func `the smallest logs do no harm`(text: String) throws {
    let log = try Log()
    try log.write(text)
    let first = try log.importing("a.log")
    #expect(first.failures.isEmpty)
    #expect(first.tally.records == first.tally.lines)
    let second = try log.importing("a.log")
    #expect(second.tally == Tally())
    #expect(second.lines == first.lines)
  }

  @Test func `what cannot be opened is said, and the rest is imported`() throws {
    let log = try Log()
    try log.write(lines(0..<2))
    let summary = try log.importing("missing.log", "a.log")
    #expect(summary.failures.map(\.path) == [log.path("missing.log")])
    #expect(summary.tally.events == 2)
  }

  @Test func `a line beyond the limit is rejected and the next one read`() throws {
    let log = try Log()
    let long = #"{"a":""# + String(repeating: "x", count: 3_000_000) + #""}"#
    try log.write(lines(0..<1) + long + "\n" + lines(1..<2))
    let summary = try log.importing("a.log")
    #expect(summary.tally.rejects == 1)
    #expect(summary.tally.events == 2)
    #expect(try log.importing("a.log").tally == Tally())
  }

  @Test(arguments: [
    "aws_alb", "haproxy_gen_httplog", "nginx_combined", "nginx_gen_combined", "logfmt_lnav",
    "kong_docs", "apisix_docs", "envoy_gateway", "caddy_lnav1", "nginx_gen_ingress_json",
    "nginx_gen_msec", "pino_otel_lnav", "structlog_gen", "cloudflare_panther", "azure_apim",
    "azure_frontdoor_otel", "serilog_compact", "gravitee_json", "litellm_standard_payload",
  ])
  func `every sample's counts add up`(name: String) throws {
    let log = try Log()
    let text = try fixture("gateways/\(name).ndjson")
    try log.write(text)
    let summary = try log.importing("a.log")
    // Logs of another form than JSON are refused as a whole, and their lines kept as rejects.
    #expect(summary.failures.isEmpty == (summary.tally.readable > 0))
    #expect(summary.tally.records == summary.tally.lines)
    let count = text.split(separator: "\n", omittingEmptySubsequences: false).count
    #expect(summary.lines == Int64(text.hasSuffix("\n") ? count - 1 : count))
    #expect(try log.importing("a.log").tally == Tally())
  }
}
