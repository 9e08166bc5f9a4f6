internal import Times
package import Batches
internal import Events
internal import Files
internal import Questions

// The ids of an event, of which a cluster has the hashes, each edge's by a seed of its own.
extension ClusterReader {
  package func events(
    with id: String, hash: (_ id: String, _ seed: UInt64) -> UInt64
  ) throws -> [Int64] {
    let seeds = try seeds()
    if seeds.isEmpty { return [] }
    let hashes = Set(seeds.map { hash(id, $0.seed) }).map { "\($0)" }.joined(separator: ", ")
    let pairs = seeds.map { "(\($0.edge), \(hash(id, $0.seed)))" }.joined(separator: ", ")
    var found: [(number: Int64, time: Int64)] = []
    try identifiers(
      sort: 0, ["hash IN (\(hashes))", "(edge, hash) IN (\(pairs))"], rest: "ORDER BY c0"
    ) { found.append(($0, $1)) }
    try remember(found)
    return found.map(\.number)
  }

  package func event(_ number: Int64, carries hashes: some Sequence<UInt64>) throws -> Bool {
    let wanted = Set(hashes)
    if wanted.isEmpty { return true }
    var known: Int64 = 0
    try rows(
      TableQuestion(
        name: "ids", columns: [.number("uniqExact(hash)")], table: "identifier",
        conditions: [
          "sort = 0", "hash IN (\(wanted.map { "\($0)" }.joined(separator: ", ")))",
          "event = \(number)",
        ])
    ) { known = $0.integer(0) }
    return known == Int64(wanted.count)
  }

  package func identifierCount(ofEvent number: Int64) throws -> Int {
    guard let event = try event(number) else { return 0 }
    var count = 0
    try rows(
      TableQuestion(
        name: "ids", columns: [.number("count()")], table: "identifier",
        conditions: ["sort = 0", "start_ms = \(event.time ?? 0)", "event = \(number)"])
    ) { count = Int(try $0.integer(0, in: AnswerDomain.count)) }
    return count
  }

  package func events(
    withIDPart part: String, at edge: IDEdge, limit: Int
  ) throws -> (numbers: [Int64], hasMore: Bool) {
    guard let hash = edge.hash(of: part) else { return ([], false) }
    var alike: [(number: Int64, time: Int64)] = []
    // The numbers of one edge say which event came later; those of several say nothing of each other.
    let order = try seeds().count > 1 ? "c1 DESC, c0 DESC" : "c0 DESC"
    try identifiers(
      sort: edge == .beginning ? 1 : 2, ["hash = \(hash)"],
      rest: "ORDER BY \(order) LIMIT \(ClusterReader.mostAlike + 1)"
    ) { alike.append(($0, $1)) }
    let hasMore = alike.count > ClusterReader.mostAlike
    if hasMore { alike.removeLast() }
    var numbers: [Int64] = []
    for start in stride(from: 0, to: alike.count, by: ClusterReader.eventsAtOnce) {
      let some = alike[start..<min(start + ClusterReader.eventsAtOnce, alike.count)]
      let ids = try ids(of: Array(some))
      for event in some {
        guard let id = ids[event.number], edge.isEdge(part, of: id) else { continue }
        if numbers.count >= limit { return (numbers, true) }
        numbers.append(event.number)
      }
    }
    return (numbers, hasMore)
  }

  /// So many events are looked at whose ids may begin or end alike.
  private static let mostAlike = 50_000

  package func someIDs(_ count: Int) throws -> [(id: String, vendor: Int64)] {
    let all = try batches([])
    guard count > 0, !all.isEmpty else { return [] }
    // Of a few batches, spread over all: each has its own place.
    let step = max(1, (all.count + ClusterReader.mostSampled - 1) / ClusterReader.mostSampled)
    let some = stride(from: all.count - 1, through: 0, by: -step).map { all[$0] }.reversed()
    let total = some.reduce(Int64(0)) { $0.addingClamped(Int64($1.numbers.count)) }
    let distance = max(1, total / Int64(count))
    var wanted: [String] = []
    var ways: [String] = []
    var before: Int64 = 0
    for batch in some {
      let end = before + Int64(batch.numbers.count)
      // From the last event on.
      for place in stride(from: total, to: 0, by: -Int64.Stride(distance))
      where place > before && place <= end {
        wanted.append("\(batch.numbers.lowerBound + place - before - 1)")
      }
      ways.append("(\(batch.conditions.joined(separator: " AND ")))")
      before = end
    }
    var ids: [(id: String, vendor: Int64)] = []
    try rows(
      TableQuestion(
        name: "some ids", columns: [.number("id"), .text("request_id"), .text("vendor")],
        table: "event",
        conditions: [
          "(\(ways.joined(separator: " OR ")))", "id IN (\(wanted.joined(separator: ", ")))",
          "request_id IS NOT NULL",
        ], rest: "ORDER BY c0 DESC")
    ) { row in
      ids.append((row.text(1) ?? "", try texts.number(ofName: row.bytes(2), in: .vendor)))
    }
    return ids
  }

  /// Batches of which some ids are looked at.
  private static let mostSampled = 16

  // MARK: Rows

  /// Hands over the events that hashes of ids are of, each once, with its time; 0 where it has none.
  private func identifiers(
    sort: Int, _ conditions: [String], rest: String, _ body: (Int64, Int64) -> Void
  ) throws {
    try rows(
      TableQuestion(
        name: "ids", columns: [.number("event"), .number("start_ms")], table: "identifier",
        conditions: ["sort = \(sort)"] + conditions, keys: 2, rest: rest)
    ) { row in
      body(
        try row.integer(0, in: AnswerDomain.number), try row.integer(1, in: AnswerDomain.time))
    }
  }

  /// The main ids of events.
  private func ids(of events: [(number: Int64, time: Int64)]) throws -> [Int64: String] {
    var ids: [Int64: String] = [:]
    try rows(
      TableQuestion(
        name: "ids", columns: [.number("id"), .text("request_id")], table: "event",
        conditions: ClusterReader.conditions(of: events))
    ) { ids[try $0.integer(0, in: AnswerDomain.number)] = $0.text(1) }
    return ids
  }
}
