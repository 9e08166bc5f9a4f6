import Batches
import Foundation
import Questions
import Testing

@testable import Cluster

@Suite(.onEveryServer) struct PushTests {
  private func base(_ name: String = #function) throws -> ClusterBase {
    let name = name.unicodeScalars.filter { $0.properties.isAlphabetic }.prefix(40)
    return try ClusterBase("push_" + String(String.UnicodeScalarView(name)))
  }

  @Test func `what was sent is there, and is not sent again`() throws {
    let (base, store) = (try base(), ListedStore())
    store.add("a", "b", successes: 7)
    store.add("c")
    let push = try base.push(store)
    try push.run()
    #expect(push.summary.batches == 2 && push.summary.events == 3 && push.summary.successes == 7)
    #expect(
      try base.rows("SELECT id, message FROM events ORDER BY id") == ["1\ta", "2\tb", "3\tc"])
    #expect(try base.rows("SELECT sum(successes), sum(errors) FROM minutes") == ["7\t3"])
    #expect(try base.rows("SELECT sum(responses) FROM traffic") == ["10"])
    store.add("d")
    let handedOver = store.handedOver
    let again = try base.push(store)
    try again.run()
    #expect(again.summary.batches == 1 && again.summary.known == 2)
    #expect(store.handedOver == handedOver + 1, "what is there is not even read")
    let verification = try base.verify(store)
    #expect(verification.problems == [] && verification.batches == 3 && verification.strayRows == 0)
  }

  @Test func `a push that is broken off anywhere is gone on with`() throws {
    let (base, store) = (try base(), ListedStore())
    for batch in 0..<6 { store.add("a\(batch)", "b\(batch)", successes: 1) }
    var requests = 0
    for end in 1...60 {
      // Each time it lasts a little longer.
      let count = RequestCount()
      base.connection.isStopped = { count.next() > end * 3 }
      do {
        let push = try base.push(store)
        push.batchesAtOnce = 2
        try push.run()
        requests = end
        break
      } catch let error as ClusterError {
        #expect(error.cause == .stopped)
      }
    }
    base.connection.isStopped = { false }
    #expect(requests > 3, "it was broken off a few times")
    #expect(try base.rows("SELECT count(), uniqExact(id), sum(id) FROM events") == ["12\t12\t78"])
    #expect(try base.rows("SELECT sum(successes), sum(errors) FROM minutes") == ["6\t12"])
    #expect(try base.verify(store).problems == [])
  }

  @Test func `small batches are sent together, and each can be sent again by itself`() throws {
    let (base, store) = (try base(), ListedStore())
    for batch in 0..<8 { store.add("a\(batch)", successes: 1) }
    let push = try base.push(store)
    push.batchesAtOnce = 3
    var deliveries = 0
    push.onDelivery = { _ in deliveries += 1 }
    try push.run()
    #expect(deliveries == 3 && push.summary.batches == 8)
    #expect(try base.rows("SELECT uniqExact(load) FROM batch") == ["3"])
    store.items[4].events[0].message = "b"
    let again = try base.push(store)
    again.comparesContents = true
    try again.run()
    #expect(again.summary.batches == 1)
    let messages = try base.rows("SELECT message FROM events ORDER BY id")
    #expect(messages == ["a0", "a1", "a2", "a3", "b", "a5", "a6", "a7"])
    #expect(try base.rows("SELECT sum(successes), sum(errors) FROM minutes") == ["8\t8"])
    #expect(try base.verify(store).problems == [])
  }

  @Test(arguments: [true, false])
  func `connections that break anywhere lose and double nothing`(isReset: Bool) throws {
    let (base, store) = (try base("breaks\(isReset)"), ListedStore())
    for batch in 0..<20 { store.add("a\(batch)", "b\(batch)", "c\(batch)", successes: 2) }
    var chance = SystemRandomNumberGenerator()
    guard let port = base.servers.port else { return }
    let proxy = try FaultyProxy(to: port) { _ in
      let isOfRequest = Bool.random(using: &chance)
      let bytes = Int.random(in: 0..<9000, using: &chance)
      return .init(
        request: isOfRequest ? bytes : nil, answer: isOfRequest ? nil : bytes / 6,
        isReset: isReset, delay: Int.random(in: 0..<3, using: &chance))
    }
    let push = try base.push(store, through: proxy)
    push.batchesAtOnce = 3
    try push.run()
    #expect(proxy.connections > 5)
    #expect(
      try base.rows("SELECT count(), uniqExact(id), sum(id) FROM events") == ["60\t60\t1830"])
    #expect(try base.rows("SELECT sum(successes), sum(errors) FROM minutes") == ["40\t60"])
    #expect(try base.rows("SELECT sum(responses) FROM traffic") == ["100"])
    #expect(try base.verify(store).problems == [])
  }

  @Test func `what was read again is sent again, and takes the place of what was there`() throws {
    let (base, store) = (try base(), ListedStore())
    store.add("a", "b", "c")
    store.add("d")
    try base.push(store).run()
    // One more event: the ledger says so.
    store.items[0].events = [(1_700_000_000_000, "a!", nil), (1_700_000_001_000, "b", nil)]
    store.items[0].batch.tally.events = 2
    #expect(try !base.verify(store).isSound)
    let push = try base.push(store)
    try push.run()
    #expect(push.summary.again == 1 && push.summary.known == 1)
    #expect(try base.rows("SELECT message FROM events ORDER BY message") == ["a!", "b", "d"])
    #expect(try base.verify(store).problems == [])
    // Other words alone: the ledger does not.
    store.items[1].events[0].message = "d!"
    let blind = try base.push(store)
    try blind.run()
    #expect(blind.summary.batches == 0)
    #expect(try base.verify(store).problems.count == 1)
    let seeing = try base.push(store)
    seeing.comparesContents = true
    try seeing.run()
    #expect(seeing.summary.again == 1 && seeing.summary.known == 1)
    #expect(try base.rows("SELECT message FROM events ORDER BY message") == ["a!", "b", "d!"])
    #expect(try base.verify(store).problems == [])
  }

  @Test func `what a store has pruned stays in the cluster`() throws {
    let (base, store) = (try base(), ListedStore())
    store.add("a", "b")
    try base.push(store).run()
    store.items[0].events.removeFirst()
    store.items[0].batch.pruned = 1
    let push = try base.push(store)
    push.comparesContents = true
    try push.run()
    #expect(push.summary.batches == 0)
    #expect(try base.rows("SELECT count() FROM events") == ["2"])
    let verification = try base.verify(store)
    #expect(verification.problems == [] && verification.pruned == 1)
  }

  @Test func `each store has its own events, whatever their numbers`() throws {
    let base = try base()
    let stores = (0..<3).map { ListedStore(seed: UInt64($0)) }
    for (number, store) in stores.enumerated() {
      store.add("\(number)a", "\(number)b", successes: 1)
      try base.push(store, as: "edge \(number)").run()
    }
    #expect(try base.rows("SELECT count(), uniqExact(id) FROM events") == ["6\t6"])
    #expect(try base.rows("SELECT sum(successes), sum(errors) FROM minutes") == ["3\t6"])
    #expect(try base.rows("SELECT min(id) FROM events") == ["1"], "the first has its own numbers")
    for (number, store) in stores.enumerated() {
      #expect(try base.verify(store, as: "edge \(number)").problems == [])
    }
  }

  @Test func `stores that come at once get numbers of their own`() async throws {
    let base = try base()
    let address = try base.servers.address(base.name)
    let credentials = base.servers.credentials
    let edges = try await withThrowingTaskGroup(of: Edge.self) { group in
      for number in 0..<12 {
        group.addTask {
          let connection = try ClusterConnection(address, credentials)
          return try EdgeClaim(connection, Dialect(of: connection)).edge(
            "edge \(number)", seed: UInt64(number))
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(edges.map(\.number)).count == 12)
  }

  @Test func `another store of the same name is refused, and so is a copy that went its own way`()
    throws
  {
    let (base, store) = (try base(), ListedStore(seed: 5))
    store.add("a")
    try base.push(store).run()
    let other = ListedStore(seed: 6)
    other.add("b")
    let error = #expect(throws: ClusterError.self) { try base.push(other) }
    #expect(error?.hint == .nameEdge)
    let renamed = #expect(throws: ClusterError.self) { try base.push(store, as: "renamed") }
    #expect(renamed?.hint == .sendAs("edge"))
    let copy = ListedStore(seed: 5)
    copy.add("b")
    copy.items[0].batch.offset = 77
    #expect(throws: ClusterError.self) { try base.push(copy).run() }
    #expect(try base.rows("SELECT message FROM events") == ["a"])
    #expect(throws: ClusterError.self) { try base.verify(store, as: "nobody") }
  }

  @Test func `a store whose texts went is opened anew`() throws {
    let (base, store) = (try base(), ListedStore())
    store.add("a")
    store.staleTimes = 2
    try base.push(store).run()
    #expect(try base.rows("SELECT message FROM events") == ["a"])
  }

  @Test func `logs that were lost sight of are told, and told no more once they are back`() throws {
    let (base, store) = (try base(), ListedStore())
    let gap = StoredGap(path: "/a", offset: 5, size: nil, noticed: 9, after: 3)
    func there() throws -> [String] {
      try base.rows(
        """
        SELECT DISTINCT path, offset, size, after_ms FROM gap
          WHERE version = (SELECT max(version) FROM gap) AND path != ''
        """)
    }
    store.lostLogs = [gap]
    try base.push(store).run()
    try base.push(store).run()
    #expect(try there() == ["/a\t5\t\\N\t3"])
    store.lostLogs = []
    try base.push(store).run()
    #expect(try there() == [])
  }

  @Test func `what is wrong in a cluster is found`() throws {
    let (base, store) = (try base(), ListedStore())
    store.add("a", "b", successes: 3)
    store.add("c")
    store.add("d")
    try base.push(store).run()
    _ = try base.rows("INSERT INTO event SELECT * FROM event WHERE message = 'a'")
    _ = try base.rows("INSERT INTO minute SELECT * FROM minute WHERE successes > 0")
    _ = try base.rows(
      "INSERT INTO identifier SELECT * FROM identifier WHERE batch = 2 AND sort = 0")
    store.items.removeLast()
    store.add("e")
    store.add("f")
    usleep(1_500_000)
    let problems = try base.verify(store).problems
    for words in [
      "batch 1 of the cluster has 3 of its 2 events", "batch 1 of the cluster: its counts",
      "batch 2 of the cluster is not",
      "batch 3, 1000 bytes of /var/log/a.log from byte 2000 on, was read again",
      "batch 4, 1000 bytes of /var/log/a.log from byte 3000 on, was not sent",
    ] {
      #expect(problems.contains { $0.hasPrefix(words) }, "\(words): \(problems)")
    }
  }
}

/// Counts from one thread or another.
private final class RequestCount: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0

  func next() -> Int {
    lock.withLock {
      count += 1
      return count
    }
  }
}
