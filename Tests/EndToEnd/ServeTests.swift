import Foundation
import Testing

/// `errata serve` as people and collectors use it.
struct ServeTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
  }

  @Test func `an address is printed and nothing else, and what it leads to needs its token`() throws
  {
    try sandbox.output("errata import -q demo.ndjson.gz")
    let served = try Served(sandbox)
    let page = try served.get(served.root + "/")
    #expect(page.status == 200)
    #expect(page.head.contains("Content-Security-Policy: default-src 'none';"))
    for target in ["/", "/index.html", "/00000000000000000000000000000000/", served.root + "0/"] {
      let refused = try served.get(target)
      #expect(refused.status == 403)
      #expect(!refused.body.contains("zof") && !refused.body.contains(sandbox.folder.path))
    }
    let end = served.stop()
    #expect(end.status == 0)
    #expect(end.rest == "")
  }

  @Test func `metrics are read by a reader of OpenMetrics, and are what the store counts`() throws {
    try sandbox.output("errata import -q demo.ndjson.gz")
    // A name as it might be to end the label that it is in.
    try sandbox.write(#"{"status":500}"# + "\n{\n", to: "odd.log")
    try sandbox.output(#"errata import -q --vendor 'a"b\c'$'\n''d} 7' odd.log; true"#)
    let served = try Served(sandbox)
    let page = try served.get("/metrics")
    #expect(
      page.head.contains(
        "Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8"))
    let metrics = try Metrics(page.body, in: sandbox)
    for (name, condition) in [
      ("errata_errors_total", "kind <> 'success'"), ("errata_requests_total", "true"),
    ] {
      let counted = try sandbox.json(
        "errata query --format json \"select vendor, sum(responses) as n from traffic "
          + "where \(condition) group by vendor\"")
      let rows = try #require(counted["rows"] as? [[Any]])
      var expected: [String: Double] = [:]
      for row in rows {
        expected[try #require(row[0] as? String)] = (row[1] as? NSNumber)?.doubleValue
      }
      // Where no success is logged, it is not known how many requests there were.
      if name == "errata_requests_total" { expected[#"a"b\c"# + "\nd} 7"] = nil }
      #expect(metrics.byVendor(name) == expected)
    }
    let events = try sandbox.output("errata query --format csv 'select count(*) from events'")
    #expect(
      metrics.value("errata_events") == events.split(separator: "\n").last.flatMap { Double($0) })
    #expect(metrics.value("errata_rejects") == 1)
    #expect(metrics.value("errata_vendors") == 6)
    let age =
      Date.now.timeIntervalSince1970 - (metrics.value("errata_last_import_timestamp_seconds") ?? 0)
    #expect((0..<600).contains(age))
    #expect(metrics.byVendor("errata_incidents_open").count == 6)
  }

  @Test func `what is being imported is served as it comes, and everything in the end`() throws {
    let line = #"{"time":"2026-11-02T09:%02d:00Z","vendor":"zof","status":500,"request_id":"r-%d"}"#
    try sandbox.output(
      "for i in {1..40000}; do printf '\(line)\\n' $((i % 60)) $i; done > growing.log; "
        + "echo '{\"status\":500}' > first.log; errata import -q first.log")
    let served = try Served(sandbox)
    let start = try sandbox.run(
      "(for n in {1..20}; do split -n l/$n/20 growing.log | errata import -q -; done; touch done) & :"
    )
    #expect(start.status == 0)
    var last = 0
    var isOver = false
    while !isOver {
      isOver = FileManager.default.fileExists(atPath: sandbox.folder.path + "/done")
      let events = try served.events()
      #expect(events >= last)
      last = events
      let page = try served.get(served.root + "/")
      #expect(page.status == 200)
      #expect(try served.get("/metrics").body.hasSuffix("# EOF\n"))
    }
    #expect(last == 40_001)
    #expect(try sandbox.output("errata verify --format ndjson").contains("\"ok\":true"))
  }

  @Test func `another store in its place is served, and none is said to be none`() throws {
    try sandbox.write(#"{"status":500}"# + "\n", to: "a.log")
    try sandbox.write(#"{"status":500}"# + "\n" + #"{"status":502}"# + "\n", to: "b.log")
    try sandbox.output("errata import -q --store a.db a.log; errata import -q --store b.db b.log")
    let served = try Served(sandbox, "--store a.db")
    #expect(try served.events() == 1)
    try sandbox.output("errata backup -q --store b.db a.db --force")
    #expect(try served.events() == 2)
    try sandbox.output("rm a.db*")
    for target in ["/healthz", "/metrics"] {
      let none = try served.get(target)
      #expect(none.status == 503)
      #expect(!none.body.contains("a.db"))
    }
    try sandbox.output("echo this is no store > a.db")
    #expect(try served.get("/healthz").status == 503)
    #expect((500...599).contains(try served.get(served.root + "/").status))
    try sandbox.output("rm a.db; errata import -q --store a.db a.log")
    #expect(try served.events() == 1)
  }

  @Test func `a token file keeps the address, and has to be its owner's alone`() throws {
    try sandbox.output("errata import -q demo.ndjson.gz")
    let first = try Served(sandbox, "--token-file token")
    let root = first.root
    _ = first.stop()
    let second = try Served(sandbox, "--token-file token --port \(first.port)")
    #expect(second.root == root)
    #expect(second.port == first.port)
    let taken = try sandbox.run("errata serve --port \(second.port)", seconds: 300)
    #expect(taken.status == 1)
    #expect(taken.output == "")
    #expect(taken.complaint.contains("port \(second.port) is in use"))
    for (change, words) in [
      ("chmod 644 token", "is open to others"), ("chmod 600 token; echo x > token", "has no token"),
      ("rm token; mkdir token", "is a folder"),
    ] {
      try sandbox.output(change)
      let refused = try sandbox.run("errata serve --token-file token", seconds: 300)
      #expect(refused.status == 2)
      #expect(refused.output == "")
      #expect(refused.complaint.contains(words))
    }
  }

  @Test func `without a store there is nothing to serve`() throws {
    let outcome = try sandbox.run("errata serve", seconds: 300)
    #expect(outcome.status == 1)
    #expect(outcome.output == "")
    #expect(outcome.complaint.contains("there is no store"))
  }

  @Test(arguments: ["INT", "TERM"])
  func `a signal ends it, with what is in flight answered`(_ signal: String) throws {
    try sandbox.output("errata import -q demo.ndjson.gz")
    let served = try Served(sandbox)
    #expect(try served.get(served.root + "/").status == 200)
    try sandbox.output("kill -\(signal) \(served.processID)")
    #expect(served.stop().status == 0)
  }
}

/// Metrics as a reader of OpenMetrics understands them: <https://github.com/prometheus/client_python>.
private struct Metrics {
  private struct Sample: Decodable {
    var name: String
    var labels: [String: String]
    var value: Double
  }

  private let samples: [Sample]

  init(_ text: String, in sandbox: Sandbox) throws {
    try sandbox.write(text, to: ".metrics")
    try sandbox.write(
      """
      import json, sys
      from prometheus_client.openmetrics.parser import text_string_to_metric_families as read
      print(json.dumps([{"name": s.name, "labels": s.labels, "value": s.value}
        for family in read(open(".metrics", newline="").read()) for s in family.samples]))
      """, to: ".read.py")
    let read = try sandbox.output("/usr/bin/python3 .read.py")
    samples = try JSONDecoder().decode([Sample].self, from: Data(read.utf8))
  }

  func value(_ name: String) -> Double? { samples.first { $0.name == name }?.value }

  func byVendor(_ name: String) -> [String: Double] {
    let own = samples.filter { $0.name == name }.map { ($0.labels["vendor"] ?? "", $0.value) }
    return Dictionary(own) { first, _ in first }
  }
}
