import Batches
import Events
import Foundation
import Questions
import Testing
import Times

@testable import Cluster

/// What becomes of a question when connections break, and who may not ask it.
@Suite struct ReaderFaultTests {
  private static let range = TimeRange(since: 0, until: 4_102_444_800_000)

  private func base(_ name: String) throws -> ClusterBase {
    let store = try ImportedStore()
    try store.add(
      (0..<500).map { place in
        #"{"time":\#(1_793_577_600 + place * 61),"vendor":"v\#(place % 9)","status":\#(400 + place % 200),"request_id":"req_\#(place)abcdefgh","message":"message \#(place)"}"#
      })
    let base = try ClusterBase("fault_\(name)", on: ServerPair.shared.get())
    try base.push(store.reader()).run()
    return base
  }

  private func answer(_ reader: ClusterReader) throws -> [String] {
    var lines: [String] = []
    try reader.responses(during: Self.range, by: .hour) {
      lines.append("\($0.time) \(reader.text($0.vendor, in: .vendor) ?? "-") \($0.count)")
    }
    try reader.events(during: Self.range, vendor: nil, kinds: Set(Kind.allCases)) {
      lines.append("\($0)")
    }
    try reader.run("SELECT message FROM events ORDER BY id", of: .user, [:]) {
      lines.append("\($0.value(0))")
    }
    return lines.sorted()
  }

  @Test func `connections that break anywhere change no answer`() throws {
    let base = try base("breaks")
    let whole = try answer(base.reader())
    #expect(whole.count == 1500)
    // Each connection ends a little later than the one before; each third one is let through.
    let proxy = try FaultyProxy(to: base.servers.port ?? 0) { number in
      if number % 3 == 2 { return FaultyProxy.Fault(delay: 5) }
      return FaultyProxy.Fault(
        request: number % 2 == 0 ? nil : number * 40, answer: number % 5 * 200 + number,
        isReset: number % 4 == 1)
    }
    for _ in 0..<5 {
      // A reader that is new has new connections.
      #expect(try answer(base.reader(through: proxy)) == whole)
    }
    #expect(proxy.connections > 10)
  }

  @Test
  func `an answer that breaks off when some of it was told is an error, and is not told twice`()
    throws
  {
    let base = try base("large")
    let proxy = try FaultyProxy(to: base.servers.port ?? 0) { _ in
      // Of about eleven million bytes, packed.
      FaultyProxy.Fault(answer: 7 << 20)
    }
    let noise = (0..<12).map { "hex(sipHash64(number, \($0)))" }.joined(separator: ", ")
    let reader = try base.reader(through: proxy)
    var (last, isInOrder): (Int64, Bool) = (-1, true)
    let error = try #require(throws: ClusterError.self) {
      try reader.run(
        "SELECT number, concat(\(noise)) AS text FROM system.numbers LIMIT 100000", of: .user, [:]
      ) { row in
        guard case .integer(let number) = row.value(0) else { return }
        isInOrder = isInOrder && number == last + 1
        last = number
      }
    }
    #expect(last > 1000 && last < 99_999 && isInOrder)
    #expect(error.cause == .doubt)
  }

  @Test func `who may only read can ask, and who may not limit a query is told`() throws {
    let base = try base("users")
    let careful = try base.reader(user: "reader")
    careful.restrictToReading(seconds: 60)
    #expect(try answer(careful) == answer(base.reader()))
    let error = try #require(throws: ClusterError.self) {
      _ = try base.reader(user: "guest").holdings()
    }
    #expect(error.hint == .text(ClusterReader.readersProfile))
  }

  @Test func `a database without tables, or with newer ones, is refused in words`() throws {
    let pair = try ServerPair.shared.get()
    let connection = try pair.connection("fault_empty")
    let address = try pair.address("fault_empty")
    let empty = try #require(throws: ClusterError.self) {
      _ = try ClusterReader { try ClusterConnection(address, Credentials()) }
    }
    #expect(empty.hint == .makeTables)
    try ClusterSchema(database: "fault_empty", dialect: Dialect(of: connection))
      .apply(on: connection)
    _ = try ClusterReader { try ClusterConnection(address, Credentials()) }
    _ = try connection.ask(ClusterRequest("INSERT INTO setting VALUES ('schema', 99)"))
    let newer = try #require(throws: ClusterError.self) {
      _ = try ClusterReader { try ClusterConnection(address, Credentials()) }
    }
    #expect(newer.message.contains("newer errata"))
  }

  @Test func `an empty cluster has an answer to everything`() throws {
    let base = try ClusterBase("fault_nothing", on: ServerPair.shared.get())
    let reader = try base.reader()
    let listing = try ArchiveListing(reader, during: Self.range)
    #expect(listing.lines["extent"] == ["nil"] && listing.lines["errors"] == [])
    #expect(try reader.event(1) == nil && reader.event(.max) == nil && reader.event(-1) == nil)
    #expect(try reader.newestBatch() == 0 && reader.earliestTime(after: 0) == nil)
  }

  @Test func `what is stored later is found by its mark`() throws {
    let store = ListedStore()
    store.add("a", at: 1_700_000_000_000)
    let base = try ClusterBase("fault_marks", on: ServerPair.shared.get())
    try base.push(store).run()
    let reader = try base.reader()
    let first = try reader.newestBatch()
    #expect(first > 0 && first < 1 << 42)
    #expect(try reader.newestBatch() == first)
    store.add("b", at: 1_690_000_000_000)
    try base.push(store).run()
    #expect(try reader.newestBatch() != first)
    #expect(try reader.earliestTime(after: first) == 1_690_000_000_000)
    #expect(try reader.earliestTime(after: first + 1 << 20) == nil, "long after that")
  }
}
