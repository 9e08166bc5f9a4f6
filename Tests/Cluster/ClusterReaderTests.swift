import Batches
import Foundation
import Questions
import Store
import Testing
import Times

@testable import Cluster

/// What a reader of a cluster says, against what a store's says that was sent there.
@Suite(.onEveryServer) struct ClusterReaderTests {
  private static let fixtures = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  private static let demo = fixtures.appending(path: "demo/demo.ndjson.gz").path

  /// Lines with what is rare.
  private static let odd = [
    #"{"time":"2026-11-10T09:00:00Z","vendor":"zof","status":500,"message":"tab\t'quote' \\ ünï\u0000"}"#,
    #"{"vendor":"zof","status":503,"request_id":"undated-0123456789"}"#, "no line of any log {",
    #"{"vendor":"zof","status":200}"#,
    #"{"time":"2026-11-10T09:59:59.999Z","vendor":"zof","status":200}"#,
    #"{"time":"2026-11-10T09:00:00Z","status":429,"consumer":"c","route":"/a/{id}","path":"/a/12345678"}"#,
    #"{"time":"2026-11-10T10:00:00Z","status":500,"consumer":"it's","route":"/a\\b%_*"}"#,
  ]

  private func base(_ name: String) throws -> ClusterBase {
    try ClusterBase("reader_\(name)")
  }

  private func compare(
    _ one: ArchiveListing, _ other: ArchiveListing, least: Int = 0,
    _ place: SourceLocation = #_sourceLocation
  ) {
    #expect(one.lines.keys.sorted() == other.lines.keys.sorted(), sourceLocation: place)
    for (question, lines) in one.lines.sorted(by: { $0.key < $1.key }) {
      let others = other.lines[question] ?? []
      if lines == others { continue }
      let difference = zip(lines, others).first { $0 != $1 }
      Issue.record(
        """
        \(question): \(lines.count) and \(others.count) lines
          \(difference?.0 ?? lines.last ?? "nothing")
          \(difference?.1 ?? others.last ?? "nothing")
        """, sourceLocation: place)
    }
    let all = one.lines.values.reduce(0) { $0 + $1.count }
    #expect(all >= least, sourceLocation: place)
  }

  @Test func `a reader of a cluster answers each question as the store's does`() throws {
    let store = try ImportedStore()
    try store.read(Self.demo)
    try store.add(Self.odd)
    let base = try base("same")
    let own = try store.reader()
    try base.push(own).run()
    let reader = try base.reader()
    let extent = try #require(try own.extent())
    let middle = extent.since + extent.length / 2
    for (range, least) in [
      (TimeRange(since: 0, until: 4_102_444_800_000), 20_000),
      (TimeRange(since: middle, until: middle + 3 * 86_400_000 + 12_345), 1000),
    ] {
      compare(
        try ArchiveListing(own, during: range), try ArchiveListing(reader, during: range),
        least: least)
    }
    #expect(reader.costs.all.count > 20)
  }

  @Test func `an empty range is asked nothing`() throws {
    let store = try ImportedStore()
    try store.add(Self.odd)
    let base = try base("empty")
    let own = try store.reader()
    try base.push(own).run()
    let range = TimeRange(since: 1_794_204_500_000, until: 1_794_204_500_000)
    compare(
      try ArchiveListing(own, during: range), try ArchiveListing(base.reader(), during: range))
  }

  @Test func `stores that were sent by several edges answer as one that has it all`() throws {
    let all = try ImportedStore()
    let edges = try (0..<3).map { _ in try ImportedStore() }
    let base = try base("edges")
    let lines = (0..<3).map { edge in
      (0..<300).map { place in
        let (time, status) = (1_793_600_000 + place * 97 + edge * 13, 400 + place % 31)
        return place % 5 == 0
          ? #"{"time":\#(time),"vendor":"v\#(edge)","status":200}"#
          : #"{"time":\#(time),"vendor":"v\#(place % 4)","status":\#(status),"request_id":"req_\#(edge)x\#(place)abcdef","consumer":"c\#(place % 3)","route":"/r\#(edge)","message":"m\#(place % 7)"}"#
      }
    }
    for (edge, store) in edges.enumerated() {
      let path = try store.add(lines[edge] + ["no line {"])
      try all.read(path)
      try base.push(store.reader(), as: "edge \(edge)").run()
    }
    let range = TimeRange(since: 1_793_600_000_000, until: 1_793_620_000_000)
    compare(
      try ArchiveListing(all.reader(), during: range, hasNumbers: false),
      try ArchiveListing(base.reader(), during: range, hasNumbers: false), least: 1000)
  }

  @Test func `a reader that is restricted to a gateway hands over what that one logged`() throws {
    let store = try ImportedStore()
    try store.read(Self.demo)
    let base = try base("gateway")
    let own = try store.reader()
    try base.push(own).run()
    let reader = try base.reader()
    try own.restrict(toGateway: "envoy")
    reader.restrict(toGateway: "envoy")
    let extent = try #require(try own.extent())
    let range = TimeRange(since: extent.since, until: extent.since + 3 * 86_400_000)
    compare(
      try ArchiveListing(own, during: range), try ArchiveListing(reader, during: range),
      least: 200)
  }

  @Test func `errors in order come some at a time, each once, and no more than are wanted`() throws
  {
    let store = try ImportedStore()
    try store.add(
      (0..<9000).map {
        #"{"time":\#(1_793_600_000 + $0 % 4000),"vendor":"v","status":500,"route":"/r\#($0 % 7)"}"#
      })
    let base = try base("in_order")
    try base.push(store.reader()).run()
    let range = TimeRange(since: 1_793_600_000_000, until: 1_793_604_000_000)
    func listed(_ archive: some Archive) throws -> [String] {
      var listed: [String] = []
      try archive.errorsInOrder(during: range) {
        listed.append("\($0.time) \(archive.text($0.route, in: .route) ?? "-")")
      }
      return listed
    }
    let all = try listed(store.reader())
    #expect(all.count == 9000)
    #expect(try listed(base.reader()) == all)
    struct Enough: Error {}
    let reader = try base.reader()
    #expect(throws: Enough.self) { try reader.errorsInOrder(during: range) { _ in throw Enough() } }
    #expect(reader.costs.total.rows == 4096)
  }

  @Test func `what was read again at other times counts at these alone`() throws {
    let store = ListedStore()
    store.add("a", "b", successes: 3, at: 1_700_000_000_000)
    store.add("c", at: 1_700_000_000_000)
    let base = try base("moved")
    try base.push(store).run()
    func counted(_ since: Int64, _ until: Int64) throws -> [Int64] {
      let (reader, range) = (try base.reader(), TimeRange(since: since, until: until))
      var (counts, errors): (Int64, Int64) = (0, 0)
      try reader.responses(during: range, by: .day) { counts += $0.count }
      try reader.errors(during: range) { _ in errors += 1 }
      return [counts, errors]
    }
    #expect(try counted(1_699_920_000_000, 1_700_092_800_000) == [6, 3])
    // Half a year later.
    for place in store.items[0].events.indices {
      store.items[0].events[place].time = 1_715_000_000_000
    }
    let push = try base.push(store)
    push.comparesContents = true
    try push.run()
    #expect(push.summary.again == 1)
    #expect(try counted(1_699_920_000_000, 1_700_092_800_000) == [1, 1])
    #expect(try counted(1_714_953_600_000, 1_715_126_400_000) == [5, 2])
    #expect(try base.verify(store).problems == [])
  }

  @Test func `who stops waiting ends a question on servers that can`() throws {
    let base = try base("abandoned")
    let limits = try ClusterLimits(of: base.connection)
    #expect(limits.ending(false).map(\.value) == (base.dialect.isModern ? ["1", "2"] : []))
    #expect(limits.ending(true).map(\.value) == (base.dialect.isModern ? ["1"] : []))
  }
}
