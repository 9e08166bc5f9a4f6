import Batches
import Foundation
import Questions
import Store
import Testing

@testable import Cluster

/// What a cluster says of a store that was imported, against what the store says.
@Suite(.onEveryServer) struct StorePushTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let questions = [
    """
    SELECT id, time_ms, vendor, status, code, kind, message, request_id, method, route, path, consumer,
      retry_after_ms, upstream_status, answered_by, details, source, "offset", length, part, gateway
      FROM events ORDER BY id
    """,
    """
    SELECT time_ms, vendor, gateway, successes, errors, rate_limited, plan_limited, server_errors
      FROM minutes ORDER BY time_ms, vendor, gateway
    """,
    """
    SELECT time_ms, vendor, status, code, kind, gateway, responses FROM traffic
      ORDER BY time_ms, vendor, status, code, kind, gateway
    """,
  ]

  @Test func `a cluster has the events and counts of a store, on however many shards`() throws {
    let store = try ImportedStore()
    try store.read(Self.root.appending(path: "Tests/Fixtures/demo/demo.ndjson.gz").path)
    try store.add([
      #"{"time":"2026-11-10T09:00:00Z","vendor":"zof","status":500,"message":"tab\t'quote' \\ ünï\u0000"}"#,
      #"{"vendor":"zof","status":503}"#, "no line of any log {", #"{"vendor":"zof","status":200}"#,
      #"{"time":"2026-11-10T09:00:00Z","status":429,"consumer":"c","route":"/a/{id}"}"#,
    ])
    let base = try ClusterBase("store_push")
    let reader = try store.reader()
    // Not as to this machine: packed.
    base.connection.packs = true
    let push = try base.push(reader)
    try push.run()
    #expect(push.summary.events > 1000 && push.summary.successes > 1000)
    for question in Self.questions {
      let own = try store.rows(question)
      let there = try base.rows(question)
      #expect(own.count > 10)
      // NULL comes first here and last there.
      #expect(own.sorted() == there.sorted())
    }
    let events = base.servers.cluster == nil ? "event" : "event_local"
    let shards = try (0..<base.servers.count).map { server in
      let connection = try base.connection(to: server)
      var rows = RowReader(
        try connection.ask(ClusterRequest("SELECT count() FROM \(events) FORMAT RowBinary")))
      return try rows.next(UInt64.self)
    }
    #expect(shards.reduce(0, +) == UInt64(push.summary.events))
    #expect(
      try base.rows("SELECT count() FROM reject")
        == store.rows("SELECT SUM(rejects_kept) FROM batch"))
    #expect(
      try base.rows("SELECT sumIf(length(hashes), sort = 0) FROM identifier")
        == store.rows("SELECT SUM(identifiers) FROM batch"))
    #expect(
      try base.rows("SELECT count(), sum(remaining) FROM quota")
        == store.rows("SELECT COUNT(*), COALESCE(SUM(remaining), 0) FROM quota"))
    let texts = try base.rows("SELECT DISTINCT text FROM word WHERE lexicon = 4")
    #expect(texts.sorted() == (try store.rows("SELECT DISTINCT text FROM route")).sorted())
    #expect(try base.verify(reader).problems == [])
  }

  @Test func `servers that are killed while they are sent to lose and double nothing`() throws {
    let store = try ImportedStore()
    for log in 0..<10 {
      try store.add(
        (0..<500).map { place in
          let status = place % 5 == 0 ? 200 : 400 + place % 30
          let second = log * 500 + place
          return
            #"{"time":\#(1_700_000_000 + second * 7),"vendor":"v\#(place % 3)","status":\#(status),"request_id":"req_\#(log)_\#(place)_abcdefgh"}"#
        })
    }
    // Two are killed, one after the other.
    guard ServerKind.current == .pair else { return }
    let pair = try ServerPair()
    let base = try ClusterBase("killed", on: pair)
    let reader = try store.reader()
    let push = try base.push(reader)
    push.batchesAtOnce = 1
    var victims = [7: 0, 3: 1]
    var retries = 0
    base.connection.onRetry = { _, _ in retries += 1 }
    push.onDelivery = { summary in
      guard let victim = victims.removeValue(forKey: Int(summary.batches)) else { return }
      pair.servers[victim].kill()
      Thread.detachNewThread {
        usleep(700_000)
        try? pair.servers[victim].start()
      }
    }
    try push.run()
    #expect(victims.isEmpty && retries > 0)
    #expect(push.summary.batches == 10)
    for question in Self.questions {
      #expect(try base.rows(question).sorted() == store.rows(question).sorted())
    }
    #expect(try base.verify(reader).problems == [])
  }
}
