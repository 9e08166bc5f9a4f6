import Answers
import Files
import Profiles
import Reports
import Testing
import Times

/// Logs of which it is known what they prove: made for errata, each labelled before it was judged.
@Suite(.onEveryArchive) struct RetryProofTests {
  /// What can be proven of a log.
  struct Proof: Equatable, CustomTestStringConvertible {
    var name: String
    var early: Int64 = 0
    var repeated: Int64 = 0
    var hasty: Int64 = 0
    var log: [String] = []

    var testDescription: String { name }
  }

  /// A response, so many seconds after nine o'clock and, unless times are cut, some milliseconds.
  private static func call(
    _ seconds: Double, _ call: String, _ status: Int, took latency: Int? = 40, wait: Int? = nil,
    by consumer: String = "shop", route: String? = nil, isCut: Bool = false
  ) -> String {
    let time = 1_793_610_000_000 + Int64((seconds * 1000).rounded()) + (isCut ? 0 : 7)
    let words = call.split(separator: " ")
    var members = [
      "\"time\":\"\(formatTime(time))\"", "\"vendor\":\"acme\"", "\"path\":\"\(words[1])\"",
      "\"method\":\"\(words[0])\"", "\"status\":\(status)", "\"consumer\":\"\(consumer)\"",
    ]
    if let latency { members.append("\"latency_ms\":\(latency)") }
    if let wait { members.append("\"retry_after\":\(wait)") }
    if let route { members.append("\"route\":\"\(route)\"") }
    if status >= 400 { members.append(#""body":{"error":{"code":"nope","message":"Nope"}}"#) }
    return "{\(members.joined(separator: ","))}"
  }

  private static func calls(
    _ times: [Double], _ text: String, _ status: Int, took latency: Int? = 40, wait: Int? = nil,
    isCut: Bool = false
  ) -> [String] {
    times.map { call($0, text, status, took: latency, wait: wait, isCut: isCut) }
  }

  /// Calls of many people behind one consumer, of which three of ten fail.
  private static func people(_ status: Int, wait: Int? = nil, on path: (Int) -> String) -> [String]
  {
    (0..<600).map { place in
      let scattered = place * 7919 % 1009
      let isError = scattered % 10 < 3
      return call(
        Double(place) * 2 + Double(scattered) / 1000, "GET \(path(scattered))",
        isError ? status : 200, took: 20, wait: isError ? wait : nil, by: "mobile-app")
    }
  }

  private static let item = "GET /runs/4ff1a001"
  private static let chat = "POST /v1/chat"

  static let delays: [Proof] = [
    Proof(
      name: "the last answer's delay had passed",
      log: [
        call(0, chat, 429, took: 10, wait: 60), call(0.5, chat, 429, took: 1000, wait: 2),
        call(5, chat, 429, took: 10, wait: 2),
      ]),
    Proof(
      name: "the third call took longer than the log is", early: 1,
      log: [
        call(0, chat, 429, took: 10, wait: 60), call(0.6, chat, 429, took: 10, wait: 60),
        call(1.2, chat, 429, took: 5000, wait: 60),
      ]),
    Proof(
      name: "the same without latencies",
      log: calls([0, 0.6, 1.2], chat, 429, took: nil, wait: 60)),
    Proof(
      name: "a loop on one path", early: 4,
      log: calls([0, 5, 10, 15, 20], chat, 429, wait: 20)),
    Proof(name: "patience", log: calls([0, 21, 42, 63], chat, 429, wait: 20)),
    Proof(name: "hedged calls", log: calls([0, 0.05], chat, 429, took: 400, wait: 20)),
    Proof(
      name: "parallel workers, then one more", early: 1,
      log: (0..<10).map { call(Double($0) * 0.01, chat, 429, took: 800 + $0, wait: 20) }
        + [call(3, chat, 429, wait: 20)]),
    Proof(
      name: "a batch over many ids",
      log: (0..<30).map {
        call(Double($0) * 2, "POST /runs/4ff1a\(100 + $0)/start", 429, wait: 20)
      }),
    Proof(
      name: "a batch over many ids on a route with a name",
      log: (0..<30).map {
        call(Double($0) * 2, "POST /runs/4ff1a\(100 + $0)/start", 429, wait: 20, route: "runs")
      }),
    Proof(
      name: "what was let through in between was not limited",
      log: [
        call(0, chat, 429, wait: 60), call(5, chat, 422), call(10, chat, 429, wait: 60),
      ]),
    Proof(
      name: "one call in the logs of two gateways",
      log: [call(10, chat, 429, took: 50, wait: 30), call(10.003, chat, 429, took: 55, wait: 30)]),
    Proof(
      name: "times in whole seconds",
      log: calls([0, 1], chat, 429, took: 400, wait: 20, isCut: true)),
    Proof(
      name: "a clock that was set back",
      log: calls([30, 25], chat, 429, wait: 20)),
    Proof(
      name: "other consumers",
      log: [call(0, chat, 429, wait: 20, by: "a"), call(3, chat, 429, wait: 20, by: "b")]),
    Proof(
      name: "people with a limit each",
      log: people(429, wait: 30) { "/v1/users/\(10_000 + $0)/inbox" }),
  ]

  static let repetitions: [Proof] =
    [401, 402, 403].flatMap { status in
      [
        Proof(
          name: "\(status) of many people",
          log: people(status) { "/v1/users/\(10_000 + $0)/inbox" }),
        Proof(
          name: "\(status) of few people, again and again",
          log: people(status) { "/v1/users/\(10_000 + $0 % 20)/inbox" }),
        Proof(name: "\(status) of people on one path", log: people(status) { _ in "/v1/inbox" }),
      ]
    } + [
      Proof(
        name: "polling for what is not there", repeated: 4,
        log: calls([0, 5, 10, 15, 20], item, 404)),
      Proof(
        name: "a refused token, once refreshed", repeated: 2,
        log: calls([0, 2, 4, 6], "GET /v1/users/4711/inbox", 401)),
      Proof(name: "deleted again", repeated: 2, log: calls([0, 8, 16], "DELETE /users/4711", 404)),
      Proof(
        name: "a batch over many ids",
        log: (0..<30).map { call(Double($0) * 2, "GET /runs/4ff1a\(100 + $0)", 404) }),
      Proof(name: "hedged calls", log: calls([0, 0.05], item, 404, took: 400)),
      Proof(name: "latencies above the gap", log: calls([0, 1], item, 404, took: 3000)),
      Proof(
        name: "one call in the logs of two gateways",
        log: [call(10, item, 404, took: 50), call(10.003, item, 404, took: 55)]),
      Proof(
        name: "whole seconds, one apart", log: calls([0, 1], item, 404, took: 400, isCut: true)),
      Proof(
        name: "whole seconds, two apart", repeated: 2,
        log: calls([0, 2, 4], item, 404, took: 400, isCut: true)),
      Proof(name: "a clock that was set back", repeated: 1, log: calls([30, 25, 29], item, 404)),
      Proof(name: "a form that is edited", log: calls([0, 8, 16], "PUT /users/4711", 422)),
      Proof(name: "a newer version each time", log: calls([0, 8, 16], "PATCH /users/4711", 409)),
      Proof(name: "one search after another", log: calls([0, 8, 16], "GET /v1/search", 404)),
      Proof(
        name: "one word after another",
        log: calls([0, 8, 16], "POST /v1/agents/4ff1a001/chat", 404)),
    ]

  static let paces: [Proof] = [
    Proof(name: "a loop", hasty: 4, log: calls([0, 1.04, 2.08, 3.12, 4.16, 5.2], item, 503)),
    Proof(name: "growing delays", log: calls([0, 1.04, 3.08, 7.12, 15.2], item, 503)),
    Proof(
      name: "a proxy's own retries", hasty: 2,
      log: calls([0, 0.03, 0.06, 0.09], item, 503, took: 5)),
    Proof(
      name: "a worker that sends one thing after another",
      log: calls((0..<10).map { Double($0) * 1.04 }, chat, 503)),
    Proof(
      name: "a status that is asked for every ten seconds",
      log: calls((0..<10).map { Double($0) * 10.04 }, "GET /v1/status", 503)),
    Proof(
      name: "latencies above the gap",
      log: calls([0, 1, 2, 3, 4, 5], item, 503, took: 3000)),
    Proof(
      name: "whole seconds", log: calls([0, 1, 2, 3, 4, 5], item, 503, isCut: true)),
    Proof(name: "a clock that was set back", log: calls([30, 33, 27, 30.5, 33.5], item, 503)),
  ]

  @Test(arguments: delays + repetitions + paces)
  func `what a log proves, and no more`(_ proof: Proof) throws {
    let value = try ImportedLog(proof.log).question().retries(catalog: Catalog()).value["totals"]
    #expect(value?["early"]?.integer == proof.early)
    #expect(value?["repeated"]?.integer == proof.repeated)
    #expect(value?["hasty"]?.integer == proof.hasty)
  }

  @Test func `one code may stand for errors with other advice, which are told apart`() throws {
    let scope = #"{"error":{"code":"FORBIDDEN","message":"Missing scope leads.read"}}"#
    let plan = #"{"error":{"code":"FORBIDDEN","message":"Maximum number of leads for your plan"}}"#
    let log = [scope, plan].enumerated().flatMap { place, body in
      (0..<3).map { count in
        let time = formatTime(1_793_610_000_007 + Int64(count) * 4000)
        return """
          {"time":"\(time)","vendor":"flowestate","method":"GET","path":"/leads/471\(place)",\
          "status":403,"latency_ms":40,"consumer":"shop","body":\(body)}
          """
      }
    }
    let answer = try ImportedLog(log).question().retries(catalog: Catalog())
    let text = tables(answer)
    #expect(answer.value["totals"]?["repeated"]?.integer == 4)
    #expect(text.contains("• flowestate on 403 FORBIDDEN (permission): Have the scope granted"))
    #expect(text.contains("• flowestate on 403 FORBIDDEN (plan_limit): Show the message"))
    #expect(
      answer.value["policies"]?.elements.compactMap { $0["kind"]?.text } == [
        "permission", "plan_limit",
      ])
  }
}
