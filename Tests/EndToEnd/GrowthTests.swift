import Foundation
import Testing

/// A log in which strangers choose hosts, codes, paths and consumers: no answer grows with them.
@Suite struct GrowthTests {
  private static let lines = 100_000

  static let answers = [
    "rates --by vendor", "rates --by code", "rates --by route", "rates --by consumer",
    "rates --by vendor,status,code,kind,route,consumer", "rates --by route --vendor other-hosts",
    "report", "report --format json", "report --format html", "bursts", "spikes", "incidents",
    "limits", "limits --format csv", "retries", "retries --format json", "rejects",
    "check --stateless --rule 'errors > 3 per 1h' --rule 'errors > 0 per 1d by=consumer,route,code'",
  ]

  @Test func `a hundred thousand hosts, codes, routes and consumers take no memory`()
    throws
  {
    let sandbox = try Sandbox()
    var log = ""
    for number in 0..<Self.lines {
      let word = Self.word(number)
      let second = number * 6
      let time = String(
        format: "2026-11-%02dT%02d:%02d:%02dZ", 2 + second / 86400, second / 3600 % 24,
        second / 60 % 60, second % 60)
      let status = [500, 429, 402, 400, 503, 404, 200, 500, 429, 422][number % 10]
      log += """
        {"time":"\(time)","host":"\(word).example.com","status":\(status),"method":"POST",\
        "path":"/v1/\(word)","consumer":"c-\(word)","retry_after":30,\
        "body":{"error":{"code":"E_\(word.uppercased())","message":"Plan limit of \(word) reached"}}}

        """
    }
    try sandbox.write(log, to: "log")
    try sandbox.output("errata import -q log")
    let sums = "errata query --format csv 'select count(distinct consumer) from events'"
    #expect(try sandbox.output(sums).hasSuffix("\n100000\n"))
    for answer in Self.answers {
      let outcome = try sandbox.run(
        "/usr/bin/time -f %M -o peak errata \(answer) > answer; tail -n 1 peak")
      let peak = Int(outcome.output.dropLast())
      let kibibytes = try #require(peak, "\(answer): \(outcome.complaint)")
      #expect(kibibytes < 128 << 10, "\(answer)")
      #expect(try sandbox.output("wc -c < answer") != "0\n", "\(answer): \(outcome.complaint)")
    }
  }

  /// A word without digits, as paths and ids with digits are one route.
  private static func word(_ number: Int) -> String {
    let words = ["amber", "birch", "cedar", "dune", "ember", "fjord", "grove", "heath"]
    return (0..<6).map { words[number >> ($0 * 3) & 7] }.joined()
  }
}
