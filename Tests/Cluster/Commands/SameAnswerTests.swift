import Cluster
import Foundation
import Testing

/// What commands print of a cluster, against what they print of the store that was sent there.
@Suite(.onEveryServer) struct SameAnswerTests {
  /// 200,000 events, and more that is none.
  private final class Sent: @unchecked Sendable {
    let folder: CommandFolder
    let id: String
    let incident: String

    static let store = Result { try Sent() }

    init() throws {
      let folder = try CommandFolder()
      self.folder = folder
      var log = MadeLog(seed: 1)
      let path = try folder.write(log.lines(232_000), to: "made.log")
      let demo = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/demo/demo.ndjson.gz")
      try FileManager.default.copyItem(
        at: demo, to: folder.folder.appending(path: "demo.ndjson.gz"))
      try folder.output("import", "-q", "--store", "errata.db", path, "demo.ndjson.gz")
      func value(_ list: String, _ name: String, _ command: String...) throws -> String {
        let outcome = try folder.run(command + ["--store", "errata.db", "--format", "json"])
        let object =
          try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let rows = object?[list] as? [[String: Any]]
        return try #require(rows?.compactMap { $0[name] as? String }.first)
      }
      id = try value("events", "request_id", "list", "--vendor", "zihin", "--limit", "9")
      incident = try value("incidents", "id", "incidents", "--since", "2026-10-01")
    }
  }

  /// Named queries come as they are listed.
  private func commands(_ sent: Sent) throws -> [[String]] {
    let listed = try JSONSerialization.jsonObject(
      with: Data(sent.folder.output("queries", "--format", "json").utf8))
    let queries = (listed as? [String: Any])?["queries"] as? [[String: Any]] ?? []
    let names = queries.compactMap { $0["name"] as? String }
    #expect(names.count > 8)
    let since = ["--since", "2026-10-01"]
    return names.map { ["query", $0] } + names.prefix(4).map { ["query", $0] + since } + [
      ["rates"], ["rates", "--by", "vendor"], ["rates", "--by", "status,code,kind"] + since,
      ["rates", "--by", "route,consumer", "--every", "1d", "--top", "9"] + since,
      ["rates", "--every", "15m", "--vendor", "zof"] + since, ["rates", "--gateway", "kong"],
      ["rates", "--kind", "timeout", "--every", "1d"] + since, ["bursts"], ["bursts"] + since,
      ["spikes"] + since, ["limits"], ["limits"] + since, ["retries"],
      ["retries", "--vendor", "zihin", "--since", "2026-10-20"], ["incidents"],
      ["incidents"] + since, ["incident", sent.incident], ["report"], ["report", "--week", "this"],
      ["report", "--since", "2026-10-12", "--compare", "1w"], ["report", "--gateway", "generic"],
      ["report", "--vendor", "zof", "--evidence"] + since, ["find", sent.id],
      ["find", String(sent.id.prefix(13))], ["find", "--raw", sent.id],
      ["find", "nobody-has-this-0123456789"], ["list"], ["list", "--limit", "1000"] + since,
      ["list", "--status", "5xx", "--limit", "20"] + since, ["list", "--grep", "quota"] + since,
      ["list", "--code", "PLAN_*"] + since, ["list", "--code", "no-such-code"],
      ["list", "--vendor", "zihim"], ["rejects"], ["rejects", "--reason", "json_syntax"],
      ["check", "--stateless"], ["check", "--rule", "rate_limited > 20 per 5m"] + since,
      ["check", "--rule", "budget 99.5% per 7d vendor=zihin"] + since,
      ["export", "traffic", "--since", "2026-10-30"],
      ["query", "select vendor, count(*) as n from events group by vendor order by n desc"],
    ]
  }

  @Test func `every command says of a cluster what it says of the store`() throws {
    let sent = try Sent.store.get()
    let base = try ClusterBase("same_answers")
    let address = try base.servers.address(base.name).words
    try sent.folder.output("push", "-q", "--as", "edge", "--store", "errata.db", address)
    var events: [String] = []
    for command in try commands(sent) {
      let ending = command.first == "export" ? [] : ["--format", "json"]
      let own = try sent.folder.run(command + ["--store", "errata.db"] + ending)
      let there = try sent.folder.run(command + ["--store", address] + ending)
      if own == there {
        events.append(own.output)
        continue
      }
      let words = command.joined(separator: " ")
      guard own.output != there.output else {
        Issue.record(
          "\(words): \(own.status) \(own.complaint) | \(there.status) \(there.complaint)")
        continue
      }
      let lines = (
        own.output.split(separator: "\n"), there.output.split(separator: "\n")
      )
      let difference = zip(lines.0, lines.1).first { $0 != $1 }
      Issue.record(
        """
        \(words): \(lines.0.count) and \(lines.1.count) lines, \(there.status) \(there.complaint)
          \(difference?.0 ?? "")
          \(difference?.1 ?? "")
        """)
    }
    #expect(events.contains { $0.utf8.count > 100_000 }, "there is something to be the same")
  }
}
